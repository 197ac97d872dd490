import type { RecordedCases } from '../../case';
import { admission, control } from './admission';
import { data, management, presigned } from './charges';

/** The recordings of the subject. */
export const recordings: readonly RecordedCases[] = [admission, control, data, management, presigned];
