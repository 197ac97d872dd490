import { replay } from '../replay';
import { activeTiers } from './active-tiers';
import { restores } from './restores';
import { tieringConfigurations } from './tiering-configurations';

replay(restores, activeTiers, tieringConfigurations);
