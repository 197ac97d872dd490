import type { RecordedCases } from '../../../src/facts/case';
import { multipartAlgorithms } from './algorithms';
import { gaps } from './completions';
import { objectAlgorithms } from './objects';
import { uploads } from './uploads';

export const recordings: readonly RecordedCases[] = [objectAlgorithms, uploads, gaps, multipartAlgorithms];
