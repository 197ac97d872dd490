import type { RecordedCases } from '../../case';
import { cors, corsRaw } from './cors';

/** The recordings of the subject. */
export const recordings: readonly RecordedCases[] = [cors, corsRaw];
