import type { RecordedCases } from '../../case';
import { tokens } from './tokens';
import { bearers, rolesOfTokens } from './trust';

/** The recordings of the subject. */
export const recordings: readonly RecordedCases[] = [tokens, rolesOfTokens, bearers];
