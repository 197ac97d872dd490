import type { RecordedCases } from '../../../src/facts/case';
import { cors, corsRaw } from './cors';

export const recordings: readonly RecordedCases[] = [cors, corsRaw];
