import type { RecordedCases } from '../../case';
import { dialects } from './dialects';

export const recordings: readonly RecordedCases[] = [dialects];
