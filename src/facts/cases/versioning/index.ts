import type { RecordedCases } from '../../case';
import { nulls, stacks } from './versioning';

export const recordings: readonly RecordedCases[] = [stacks, nulls];
