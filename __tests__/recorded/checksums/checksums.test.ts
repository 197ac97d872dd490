import { replay } from '../replay';
import { multipartAlgorithms } from './algorithms';
import { gaps } from './completions';
import { objectAlgorithms } from './objects';
import { uploads } from './uploads';

replay(gaps, uploads, multipartAlgorithms, objectAlgorithms);
