import { replay } from '../replay';
import { markerPolicy } from './marker-policy';
import { versionPolicy } from './version-policy';

replay(markerPolicy, versionPolicy);
