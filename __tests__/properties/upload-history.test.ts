import { describe } from '@jest/globals';
import { uploadSteps } from '../support/history-steps';
import { playHistories } from './object-history';

describe('any history of uploads of a key', () => playHistories(60, uploadSteps, 24));
