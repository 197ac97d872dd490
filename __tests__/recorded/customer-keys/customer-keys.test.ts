import { replay } from '../replay';
import { boundaries } from './boundaries';
import { controls } from './controls';
import { data } from './data';
import { replication } from './replication';

replay(boundaries, controls, data, replication);
