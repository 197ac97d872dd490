import { replay } from '../replay';
import { nulls, stacks } from './versioning';

replay(stacks, nulls);
