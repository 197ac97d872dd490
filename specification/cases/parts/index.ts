import type { RecordedCases } from '../../../src/facts/case';
import { attributesOfMarkers } from './attributes';
import { rawReads, readBounds } from './read-bounds';
import { readers } from './readers';

export const recordings: readonly RecordedCases[] = [readBounds, rawReads, readers, attributesOfMarkers];
