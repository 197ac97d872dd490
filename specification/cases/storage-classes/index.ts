import type { RecordedCases } from '../../../src/facts/case';
import { storageClasses } from './storage-classes';

export const recordings: readonly RecordedCases[] = [storageClasses];
