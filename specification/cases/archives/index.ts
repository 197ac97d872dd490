import type { RecordedCases } from '../../../src/facts/case';
import { activeTiers } from './active-tiers';
import { restores } from './restores';
import { tieringConfigurations } from './tiering-configurations';

export const recordings: readonly RecordedCases[] = [restores, activeTiers, tieringConfigurations];
