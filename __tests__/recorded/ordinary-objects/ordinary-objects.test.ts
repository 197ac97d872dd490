import { replay } from '../replay';
import { binaryHeaders } from './binary-headers';
import { newObjects } from './new-objects';
import { objectDelivery } from './object-delivery';

replay(binaryHeaders, objectDelivery, newObjects);
