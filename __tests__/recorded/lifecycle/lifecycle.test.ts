import { replay } from '../replay';
import { lifecycleAuthority } from './authority';
import { lifecycleConfigurations } from './configuration';
import { expirationHeaders } from './headers';

replay(lifecycleConfigurations, expirationHeaders, lifecycleAuthority);
