import type { RecordedCases } from '../../case';
import { multipartAlgorithms } from './algorithms';
import { gaps } from './completions';
import { objectAlgorithms } from './objects';
import { uploads } from './uploads';

/** The recordings of the subject. */
export const recordings: readonly RecordedCases[] = [gaps, uploads, multipartAlgorithms, objectAlgorithms];
