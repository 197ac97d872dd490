import type { RecordedCases } from '../../case';
import { markerPolicy } from './marker-policy';
import { versionPolicy } from './version-policy';

/** The recordings of the subject. */
export const recordings: readonly RecordedCases[] = [markerPolicy, versionPolicy];
