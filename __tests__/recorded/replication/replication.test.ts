import { replay } from '../replay';
import { control } from './control';
import { flow } from './flow';
import { readAlias } from './read-alias';
import { tagAlias } from './tag-alias';

replay(control, flow, readAlias, tagAlias);
