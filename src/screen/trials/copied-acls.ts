import type { RequestEntry } from '../../journal/entry';
import { writeCall } from '../../journal/entry-text';
import { aclOfVersion, makeAclRules, makeObjectAcl } from '../../model/access/acl';
import type { ObjectAclWord } from '../../model/access/canned-acl';
import { groups, isGroup } from '../../model/access/grants';
import { serviceOf } from '../../model/configurations/services';
import type { Store } from '../../model/store';
import { isObject } from '../../model/versions/version';
import { readCopySource } from '../../protocol/request/copy-source-address';
import { memberOf } from '../../text/value-kinds';
import { writeKey } from '../../text/values';
import type { Asked, Hint } from '../hint';
import { findLastWrite } from './locks';

/** How the sentence says it, by which a screen knows that the refused request lacked no signature. */
export const leavesAcl = 'a copy does not take along the ACL of ';

/** The ACLs that let others read. */
const ofReaders = [
  'public-read',
  'public-read-write',
  'authenticated-read',
] as const satisfies readonly ObjectAclWord[];

/** A copy is read by whoever could read its source, by the ACL of the source. */
export const tryAclOfCopy: Hint = {
  tries: 'a copy that has the ACL of its source, where the copy has none',
  of: 'refused requests',
  changes: (asked) => {
    const { entry, entries, store } = asked;
    const { bucket: name = '', key = '' } = entry;
    const isRead = entry.operation === 'GetObject' || entry.operation === 'HeadObject';
    if (!isRead || entry.status !== 403) return [];
    const copy = findLastWrite(entries, entry);
    const bucket = store.buckets.get(name);
    if (copy?.operation !== 'CopyObject' || bucket === undefined || namesAcl(copy)) return [];
    const address = readCopySource(String(memberOf(copy.input, 'CopySource')));
    const word = findAcl(asked, copy, address);
    // S3 would refuse the copy with that ACL.
    if (word === undefined || makeAclRules(bucket, serviceOf(bucket)).aclBlocker !== undefined) return [];
    return [
      {
        wire: {},
        options: { verifySignatures: 'as the mock', arrange: (changed) => giveAcl(changed, { name, key }, word) },
        says: () =>
          `${leavesAcl}${writeKey(`${address.bucket}/${address.key}`)}, which was ${word}: name ACL: '${word}' in ${writeCall(copy)}, and this request is answered.`,
      },
    ];
  },
};

function namesAcl({ input }: RequestEntry): boolean {
  return Object.entries(input).some(([name, value]) => /^(?:ACL|Grant[A-Z].*)$/.test(name) && value !== undefined);
}

/** The ACL that the test gave the source before the copy, or that the source has. */
function findAcl(
  { entries, store }: Pick<Asked, 'entries' | 'store'>,
  copy: RequestEntry,
  { bucket: name, key, versionId }: ReturnType<typeof readCopySource>,
): (typeof ofReaders)[number] | undefined {
  const at = entries.indexOf(copy);
  const isGiven = (one: RequestEntry) =>
    ofAcls.test(one.operation ?? '') && one.bucket === name && one.key === key && !one.error;
  const given = entries.slice(0, at).findLast(isGiven);
  // Each version has an ACL of its own.
  if (versionId !== undefined) return undefined;
  if (given !== undefined) return ofReaders.find((word) => memberOf(given.input, 'ACL') === word);
  // What the source has now, it can have got after the copy.
  if (entries.slice(at + 1).some(isGiven)) return undefined;
  const bucket = store.buckets.get(name);
  const source = bucket?.versions.current(key);
  const grants = bucket && source ? aclOfVersion(bucket, source).grants : [];
  const isReadBy = ({ uri }: { readonly uri: string }) =>
    grants.some(
      ({ grantee, permission }) =>
        isGroup(grantee) && grantee.uri === uri && /^(?:READ|FULL_CONTROL)$/.test(permission),
    );
  if (isReadBy(groups.allUsers)) return 'public-read';
  return isReadBy(groups.authenticatedUsers) ? 'authenticated-read' : undefined;
}

/** What gives an object its ACL. */
const ofAcls = /^(?:PutObject|CopyObject|CreateMultipartUpload|PutObjectAcl)$/;

function giveAcl(store: Store, { name, key }: { readonly name: string; readonly key: string }, word: ObjectAclWord) {
  const bucket = store.buckets.get(name);
  const version = bucket?.versions.current(key);
  if (bucket === undefined || version === undefined || !isObject(version)) return;
  const rules = makeAclRules(bucket, serviceOf(bucket));
  // A bucket without ACLs accepts none, and the trial then leaves the object as it is.
  if (rules.ownership === 'BucketOwnerEnforced') return;
  const parties = { writer: aclOfVersion(bucket, version).owner, bucketOwner: bucket.owner };
  bucket.versions.replace({ ...version, acl: makeObjectAcl({ word, grants: undefined }, parties, rules) });
}
