import type { RecordedCases } from '../../case';
import { binaryHeaders } from './binary-headers';
import { newObjects } from './new-objects';
import { objectDelivery } from './object-delivery';

export const recordings: readonly RecordedCases[] = [binaryHeaders, objectDelivery, newObjects];
