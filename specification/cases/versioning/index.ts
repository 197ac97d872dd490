import type { RecordedCases } from '../../../src/facts/case';
import { nulls, stacks } from './versioning';

export const recordings: readonly RecordedCases[] = [stacks, nulls];
