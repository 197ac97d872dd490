import type { RecordedCases } from '../../../src/facts/case';
import { markerPolicy } from './marker-policy';
import { versionPolicy } from './version-policy';

export const recordings: readonly RecordedCases[] = [markerPolicy, versionPolicy];
