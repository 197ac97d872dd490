import type { RecordedCases } from '../../../src/facts/case';
import { authority } from './authority';
import { bypasses } from './bypass';
import { eventHoldAuthority, eventHolds } from './event-holds';
import { locks } from './locks';

export const recordings: readonly RecordedCases[] = [locks, authority, bypasses, eventHolds, eventHoldAuthority];
