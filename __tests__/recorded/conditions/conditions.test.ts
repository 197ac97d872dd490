import { replay } from '../replay';
import { conditionalBatches } from './conditional-batches';
import { conditionalDeletions } from './conditional-deletions';
import { deletionsOfVersions } from './deletions-of-versions';
import { deletionsUnderPolicies } from './deletions-under-policies';

replay(conditionalDeletions, deletionsOfVersions, deletionsUnderPolicies, conditionalBatches);
