import { replay } from '../replay';
import { cors, corsRaw } from './cors';

replay(cors, corsRaw);
