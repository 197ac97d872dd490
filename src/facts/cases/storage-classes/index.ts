import type { RecordedCases } from '../../case';
import { storageClasses } from './storage-classes';

export const recordings: readonly RecordedCases[] = [storageClasses];
