import { replay } from '../replay';
import { binaryHeaders } from './binary-headers';
import { objectDelivery } from './object-delivery';

replay(binaryHeaders, objectDelivery);
