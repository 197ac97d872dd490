import { replay } from '../replay';
import { presignedHeaders } from './presigned-headers';
import { recreation } from './recreation';
import { recreationAuthority } from './recreation-authority';
import { tags } from './tags';

replay(recreation, recreationAuthority, tags, presignedHeaders);
