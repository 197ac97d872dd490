import type { RecordedCases } from '../../../src/facts/case';
import { dialects } from './dialects';

export const recordings: readonly RecordedCases[] = [dialects];
