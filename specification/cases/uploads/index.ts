import type { RecordedCases } from '../../../src/facts/case';
import { authority } from './authority';
import { places, repeatedCompletions } from './completion';
import { controls } from './controls';
import { endedUploads, listings } from './ended';
import { orders } from './orders';

export const recordings: readonly RecordedCases[] = [
  controls,
  endedUploads,
  listings,
  places,
  repeatedCompletions,
  authority,
  orders,
];
