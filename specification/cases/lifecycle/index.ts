import type { RecordedCases } from '../../../src/facts/case';
import { lifecycleAuthority } from './authority';
import { lifecycleConfigurations } from './configuration';
import { expirationHeaders } from './headers';

export const recordings: readonly RecordedCases[] = [lifecycleConfigurations, expirationHeaders, lifecycleAuthority];
