import type { RecordedCases } from '../../../src/facts/case';
import { boundaries } from './boundaries';
import { controls } from './controls';
import { data } from './data';
import { replication } from './replication';

export const recordings: readonly RecordedCases[] = [data, controls, boundaries, replication];
