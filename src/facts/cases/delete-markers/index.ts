import type { RecordedCases } from '../../case';
import { markerPolicy } from './marker-policy';
import { versionPolicy } from './version-policy';

export const recordings: readonly RecordedCases[] = [markerPolicy, versionPolicy];
