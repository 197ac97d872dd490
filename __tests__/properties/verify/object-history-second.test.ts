import { describe } from '@jest/globals';
import { playHistories } from '../object-history';

describe('any history of objects with versions, second half', () => playHistories({ numRuns: 500 }));
