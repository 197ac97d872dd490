import type { RecordedCases } from '../../../src/facts/case';
import { conditionalBatches } from './conditional-batches';
import { conditionalDeletions } from './conditional-deletions';
import { deletionsOfVersions } from './deletions-of-versions';
import { deletionsUnderPolicies } from './deletions-under-policies';

export const recordings: readonly RecordedCases[] = [
  conditionalDeletions,
  deletionsOfVersions,
  deletionsUnderPolicies,
  conditionalBatches,
];
