import type { RecordedCases } from '../../../src/facts/case';
import { tokens } from './tokens';
import { bearers, rolesOfTokens } from './trust';

export const recordings: readonly RecordedCases[] = [tokens, rolesOfTokens, bearers];
