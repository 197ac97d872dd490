import { describe } from '@jest/globals';
import { playHistories } from './object-history';

// Those of `verify` are more.
describe('any history of objects with versions', () => playHistories(100));
