import type { RecordedCases } from '../../case';
import { attributesOfMarkers } from './attributes';
import { rawReads, readBounds } from './read-bounds';
import { readers } from './readers';

export const recordings: readonly RecordedCases[] = [readBounds, rawReads, readers, attributesOfMarkers];
