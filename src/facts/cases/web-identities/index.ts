import type { RecordedCases } from '../../case';
import { tokens } from './tokens';
import { bearers, rolesOfTokens } from './trust';

export const recordings: readonly RecordedCases[] = [tokens, rolesOfTokens, bearers];
