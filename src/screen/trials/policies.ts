import type { RequestEntry } from '../../journal/entry';
import { writeCall } from '../../journal/entry-text';
import { findOwnPolicies } from '../../model/access/access';
import { makeAclRules, makeObjectAcl, ownerOfObject } from '../../model/access/acl';
import { readOperator } from '../../model/access/condition-operators';
import { isSameAccount } from '../../model/access/grants';
import { makeCondition, type PolicyCondition } from '../../model/access/policy-conditions';
import { makeDocument } from '../../model/access/statement';
import type { Bucket } from '../../model/bucket';
import { serviceOf } from '../../model/configurations/services';
import type { Store } from '../../model/store';
import { isObject, type ObjectVersion } from '../../model/versions/version';
import type { Asked, Change, Hint } from '../hint';
import { findMember } from './members';
import { withHeader } from './wire';

/** Headers that say how S3 keeps what is written. A policy can want them, and the write is the same with them. */
const wanted =
  /^(?:if-none-match|x-amz-(?:acl|grant-[a-z-]+|server-side-encryption|server-side-encryption-aws-kms-key-id|storage-class))$/;

/** The values of a header that a policy wants without naming one. */
const usual: Readonly<Record<string, readonly string[]>> = {
  'if-none-match': ['*'],
  'x-amz-acl': ['bucket-owner-full-control'],
  'x-amz-server-side-encryption': ['aws:kms', 'AES256'],
};

interface Header {
  readonly name: string;
  readonly value: string;
}

const MOST = 8;

/** A header is missing, or has another value, that a condition of a policy names. */
export const tryHeaderOfPolicy: Hint = {
  tries: 'the headers that a condition of a policy asks for',
  of: 'refused requests',
  changes: (asked) => {
    const { entry, wire } = asked;
    if (entry.error?.code !== 'AccessDenied' || (entry.method !== 'PUT' && entry.method !== 'POST')) return [];
    const headers = listConditions(asked)
      .flatMap((condition) => readHeaders(condition, wire.headers.get('x-amz-tagging')))
      .filter(({ name }) => findMember(entry, name) !== undefined);
    const first = new Map(headers.toReversed().map((header) => [header.name, header]));
    const all = first.size > 1 ? [[...first.values()].toReversed()] : [];
    return [...headers.slice(0, MOST).map((header) => [header]), ...all].map((some) => withHeaders(asked, some));
  },
};

function listConditions({ wire, store, entry: { bucket = '' } }: Asked): readonly PolicyCondition[] {
  const sent = /Credential=([^/,\s]+)/.exec(wire.headers.get('authorization') ?? '')?.[1];
  const caller = sent === undefined ? undefined : store.findCaller(sent);
  const own = caller === undefined ? undefined : findOwnPolicies(caller);
  const ofCaller = [own?.identity, own?.session, own?.boundary].flat().flatMap((one) => one?.document ?? []);
  return [store.buckets.get(bucket)?.policy?.document, ...ofCaller].flatMap((policy) =>
    (policy?.statements ?? []).flatMap(({ conditions }) => conditions),
  );
}

function readHeaders({ key, name, values }: PolicyCondition, tagging: string | undefined): readonly Header[] {
  const [, of = ''] = /^s3:(.+)$/is.exec(key) ?? [];
  const texts = name === 'Null' ? [] : values.filter((value) => !/[*?$]/.test(value));
  const [, tag] = /^RequestObjectTag\/(.+)$/is.exec(of) ?? [];
  if (tag !== undefined) {
    const others = tagging === undefined || tagging === '' ? '' : `${tagging}&`;
    return texts.map((value) => ({
      name: 'x-amz-tagging',
      value: `${others}${encodeURIComponent(tag)}=${encodeURIComponent(value)}`,
    }));
  }
  const header = of.toLowerCase();
  if (!wanted.test(header)) return [];
  return [...new Set([...texts, ...(usual[header] ?? [])])].map((value) => ({ name: header, value }));
}

function withHeaders({ entry, wire, store }: Asked, headers: readonly Header[]): Change {
  let changed = wire;
  for (const { name, value } of headers) changed = { ...changed, ...withHeader(changed, name, value) };
  const members = headers.map(({ name, value }) => `${findMember(entry, name)}: '${value}'`);
  return {
    wire: { headers: changed.headers, rawHeaders: changed.rawHeaders },
    says: () => `it would have been answered with ${members.join(' and ')}.`,
    or: acceptDefault({ entry, store }, headers),
  };
}

const ofEncryption = 's3:x-amz-server-side-encryption';

/** A statement denies writes that name no encryption, and the default encryption of the bucket is the one that it asks for. */
function acceptDefault(
  { entry: { bucket: name = '' }, store }: Pick<Asked, 'entry' | 'store'>,
  headers: readonly Header[],
): Change['or'] {
  const bucket = store.buckets.get(name);
  const policy = bucket?.policy;
  const algorithm = bucket?.settings.encryption?.Rules[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
  const isDefault = headers.some((header) => `s3:${header.name}` === ofEncryption && header.value === algorithm);
  const denying = policy?.document.statements.find(
    ({ effect, conditions }) =>
      effect === 'Deny' && conditions.some((one) => one.key.toLowerCase() === ofEncryption && one.name !== 'Null'),
  );
  if (policy === undefined || denying === undefined || !isDefault) return undefined;
  const { version, id, statements } = policy.document;
  const sent = makeCondition({ ...readOperator('Null', ''), key: ofEncryption, values: ['false'] }, true);
  const changed = { ...denying, conditions: [...denying.conditions, sent] };
  const document = makeDocument({
    version,
    id,
    statements: statements.map((one) => (one === denying ? changed : one)),
  });
  const statement = denying.sid === undefined ? `statement ${denying.number}` : `statement ${denying.sid}`;
  return {
    wire: {},
    options: {
      verifySignatures: 'as the mock',
      arrange: (copy) => copy.buckets.get(name)?.change({ policy: { ...policy, document } }),
    },
    says: () =>
      `Or leave it to the default encryption of the bucket: with Null: { '${ofEncryption}': 'false' } added to its Condition, ${statement} denies only writes that name another encryption.`,
  };
}

const ACL = 'bucket-owner-full-control';

/** Another account has written an object into the bucket, and kept it for itself. */
export const tryWriteForOwner: Hint = {
  tries: 'the object as if its writer, of another account, had sent ACL bucket-owner-full-control',
  of: 'refused requests',
  changes: ({ entry, entries, store }) => {
    const { bucket: name = '', key, caller } = entry;
    const bucket = store.buckets.get(name);
    const isOwners = caller !== 'anonymous' && caller.account === bucket?.owner.id;
    if (bucket === undefined || key === undefined || !isOwners || entry.error?.code !== 'AccessDenied') return [];
    const version = findForeign(bucket, key);
    const write = entries
      .slice(0, entries.indexOf(entry))
      .findLast(
        (one) => isWriteOf(one, name, key) && one.caller !== 'anonymous' && one.caller.account !== caller.account,
      );
    if (version === undefined || write === undefined) return [];
    return [
      {
        wire: {},
        options: { verifySignatures: 'as the mock', arrange: (copy) => handOver(copy, name, version) },
        says: () => `it would have been answered if ${writeCall(write)} had been sent with ACL: '${ACL}'.`,
      },
    ];
  },
};

function isWriteOf(one: RequestEntry, bucket: string, key: string): boolean {
  const { operation, status } = one;
  const writes = /^(?:PutObject|CopyObject|CreateMultipartUpload)$/.test(operation ?? '');
  return writes && one.bucket === bucket && one.key === key && status < 300;
}

function findForeign(bucket: Bucket, key: string): ObjectVersion | undefined {
  return bucket.unobserved(() => {
    const version = bucket.versions.current(key);
    if (!isObject(version)) return undefined;
    return isSameAccount(ownerOfObject(bucket, version, serviceOf(bucket)), bucket.owner) ? undefined : version;
  });
}

function handOver(store: Store, name: string, version: ObjectVersion): void {
  const bucket = store.buckets.get(name);
  if (bucket === undefined || version.acl === undefined) return;
  const parties = { writer: version.acl.owner, bucketOwner: bucket.owner };
  const acl = makeObjectAcl({ word: ACL, grants: undefined }, parties, makeAclRules(bucket, serviceOf(bucket)));
  bucket.versions.replace({ ...version, acl });
}
