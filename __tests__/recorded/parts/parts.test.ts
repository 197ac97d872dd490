import { replay } from '../replay';
import { attributesOfMarkers } from './attributes';
import { rawReads, readBounds } from './read-bounds';
import { readers } from './readers';

replay(readBounds, rawReads, readers, attributesOfMarkers);
