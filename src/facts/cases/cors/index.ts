import type { RecordedCases } from '../../case';
import { cors, corsRaw } from './cors';

export const recordings: readonly RecordedCases[] = [cors, corsRaw];
