import type { RecordedCases } from '../../../src/facts/case';
import { archives } from './archives';
import { authority } from './authority';
import { control } from './control';
import { disclosure } from './disclosure';
import { flow } from './flow';
import { locksOfReplicas } from './locks';
import { readAlias } from './read-alias';
import { signals } from './signals';
import { tagAlias } from './tag-alias';
import { tagFilter } from './tag-filter';

export const recordings: readonly RecordedCases[] = [
  control,
  flow,
  signals,
  tagFilter,
  locksOfReplicas,
  archives,
  authority,
  readAlias,
  tagAlias,
  disclosure,
];
