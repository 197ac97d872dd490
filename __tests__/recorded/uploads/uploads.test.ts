import { replay } from '../replay';
import { authority } from './authority';
import { places, repeatedCompletions } from './completion';
import { controls } from './controls';
import { endedUploads, listings } from './ended';

replay(repeatedCompletions, places, endedUploads, listings, controls, authority);
