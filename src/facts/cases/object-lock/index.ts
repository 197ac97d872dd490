import type { RecordedCases } from '../../case';
import { authority } from './authority';
import { eventHoldAuthority, eventHolds } from './event-holds';
import { locks } from './locks';

/** The recordings of the subject. */
export const recordings: readonly RecordedCases[] = [locks, authority, eventHolds, eventHoldAuthority];
