import type { RecordedCases } from '../../case';
import { activeTiers } from './active-tiers';
import { restores } from './restores';
import { tieringConfigurations } from './tiering-configurations';

/** The recordings of the subject. */
export const recordings: readonly RecordedCases[] = [restores, activeTiers, tieringConfigurations];
