import type { RecordedCases } from '../../case';
import { authority } from './authority';
import { eventHoldAuthority, eventHolds } from './event-holds';
import { locks } from './locks';

export const recordings: readonly RecordedCases[] = [locks, authority, eventHolds, eventHoldAuthority];
