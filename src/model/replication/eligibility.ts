import type { ReplicationRule } from '../configurations/replication-schema';
import { archives } from '../versions/content';
import { isObject, type Version } from '../versions/version';
import { selectsEncryption } from './replication-rules';

/**
 * Why an object cannot be copied any more although its rule selected it when it was made: it has changed since (F853). In words; undefined if it
 * can. Key and tags are matched once, when the version is made.
 */
export function whyNotEligible(rule: ReplicationRule, version: Version): string | undefined {
  if (!isObject(version)) return undefined;
  const { storageClass } = version.content;
  if (archives.has(storageClass)) return `its storage class is ${storageClass}`;
  return selectsEncryption(rule, version) ? undefined : 'it is encrypted with a key of KMS';
}
