import type { RecordedCases } from '../../case';
import { storageClasses } from './storage-classes';

/** The recordings of the subject. */
export const recordings: readonly RecordedCases[] = [storageClasses];
