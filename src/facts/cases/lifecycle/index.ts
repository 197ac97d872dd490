import type { RecordedCases } from '../../case';
import { lifecycleAuthority } from './authority';
import { lifecycleConfigurations } from './configuration';
import { expirationHeaders } from './headers';

/** The recordings of the subject. */
export const recordings: readonly RecordedCases[] = [lifecycleConfigurations, expirationHeaders, lifecycleAuthority];
