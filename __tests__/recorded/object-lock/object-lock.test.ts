import { replay } from '../replay';
import { authority } from './authority';
import { eventHoldAuthority, eventHolds } from './event-holds';
import { locks } from './locks';

replay(locks, authority, eventHolds, eventHoldAuthority);
