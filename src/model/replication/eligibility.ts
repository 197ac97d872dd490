import type { ReplicationRule } from '../configurations/replication-schema';
import { archives } from '../versions/content';
import { isObject, type Version } from '../versions/version';
import { isInFilter, schemaOf } from './replication-rules';

/**
 * Why a rule does not select an object any more that it selected when it was made: the object has changed since, or the rule was put anew
 * (F853). In words; undefined if it still does.
 */
export function whyNotEligible(rule: ReplicationRule, version: Version): string | undefined {
  if (!isObject(version)) return undefined;
  const { storageClass, encryption } = version.content;
  if (archives.has(storageClass)) return `its storage class is ${storageClass}`;
  if (encryption.SSEKMSKeyId !== undefined && !selectsKms(rule)) return 'it is encrypted with a key of KMS';
  return isInFilter(rule, version) ? undefined : 'its key or its tags do not match';
}

/** IBM COS has no selection by encryption. */
function selectsKms(rule: ReplicationRule): boolean {
  const hasCriteria = !schemaOf(rule).lackedMembers.includes('SourceSelectionCriteria');
  return !hasCriteria || rule.SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status === 'Enabled';
}
