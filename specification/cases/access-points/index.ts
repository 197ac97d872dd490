import type { RecordedCases } from '../../../src/facts/case';
import { blocks, hosts, tags } from './account-blocks';
import { authority } from './authority';
import { control } from './control';
import { audit, multipart, regions } from './requests';

export const recordings: readonly RecordedCases[] = [
  control,
  authority,
  audit,
  multipart,
  regions,
  hosts,
  blocks,
  tags,
];
