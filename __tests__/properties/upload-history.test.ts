import { describe } from '@jest/globals';
import { uploadSteps } from '../support/history-steps';
import { runs } from '../support/runs';
import { playHistories } from './object-history';

describe('any history of uploads of a key', () => playHistories(runs(60), uploadSteps, 24));
