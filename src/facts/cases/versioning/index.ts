import type { RecordedCases } from '../../case';
import { nulls, stacks } from './versioning';

/** The recordings of the subject. */
export const recordings: readonly RecordedCases[] = [stacks, nulls];
