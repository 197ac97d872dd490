import type { RecordedCases } from '../../../src/facts/case';
import { presignedHeaders } from './presigned-headers';
import { recreation } from './recreation';
import { recreationAuthority } from './recreation-authority';
import { recreationElsewhere } from './recreation-elsewhere';
import { tags } from './tags';

export const recordings: readonly RecordedCases[] = [
  tags,
  recreation,
  recreationAuthority,
  recreationElsewhere,
  presignedHeaders,
];
