import { replay } from '../replay';
import { dialects } from './dialects';

replay(dialects);
