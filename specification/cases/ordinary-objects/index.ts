import type { RecordedCases } from '../../../src/facts/case';
import { binaryHeaders } from './binary-headers';
import { bodyClaims } from './body-claims';
import { newObjects } from './new-objects';
import { objectDelivery } from './object-delivery';

export const recordings: readonly RecordedCases[] = [newObjects, objectDelivery, binaryHeaders, bodyClaims];
