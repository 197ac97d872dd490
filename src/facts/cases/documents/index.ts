import type { RecordedCases } from '../../case';
import { dialects } from './dialects';

/** The recordings of the subject. */
export const recordings: readonly RecordedCases[] = [dialects];
