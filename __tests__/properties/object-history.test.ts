import { describe } from '@jest/globals';
import { runs } from '../support/runs';
import { playHistories } from './object-history';

// Those of `verify` are more.
describe('any history of objects with versions', () => playHistories(runs(50)));
