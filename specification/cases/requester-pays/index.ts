import type { RecordedCases } from '../../../src/facts/case';
import { admission, control } from './admission';
import { data, management, presigned } from './charges';

export const recordings: readonly RecordedCases[] = [control, admission, data, management, presigned];
