import fc from 'fast-check';
import { writeAccessPointArn } from '../../src/model/access-points';
import type { Store } from '../../src/model/store';
import { isOpen } from '../../src/model/uploads/upload';
import type { BucketFixture } from '../../src/preset/bucket-fixture';
import { AnsweredStore, type DirectCall } from './answered-store';
import { signedWith } from './wire-client';
import { type Aim, writingCalls, writtenBuckets } from './writing-calls';

export const alias = `reports-${'a'.repeat(34)}-s3alias`;
const controlHost = '000000000000.s3-control.us-east-1.amazonaws.com';

/** The buckets of `writingCalls`, and one with an access point, a public policy and MFA Delete. */
const buckets: Readonly<Record<string, BucketFixture>> = {
  ...writtenBuckets,
  guarded: {
    versioning: 'Enabled',
    mfaDelete: 'Enabled',
    objects: { a: ['one', 'two'], b: 'one' },
    publicAccessBlock: null,
    accessPoints: { reports: { alias } },
    policy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::guarded/a' }],
    },
  },
};

const keys = ['a', 'b', 'b/c', 'c'];
const names = ['plain', 'vault', 'paused', 'locked', 'sending', 'copies', 'archives', 'guarded', alias];

type Maker = (store: Store, aim: Aim) => DirectCall;

const choose = <One>(all: readonly One[], choice: number): One => {
  const chosen = all[choice % all.length];
  if (chosen === undefined) throw new Error('there is nothing to choose');
  return chosen;
};

const get =
  (query: string, headers: DirectCall['headers'] = {}): Maker =>
  (_store, { bucket, key }) => ({ method: 'GET', path: `/${bucket}/${key}?${query}`, headers });

const list =
  (query: (aim: Aim) => string): Maker =>
  (_store, aim) => ({ method: 'GET', path: `/${aim.bucket}?${query(aim)}` });

const pageOf = ({ choice }: Aim) =>
  [
    choose(['', '&prefix=a', '&prefix=b', '&prefix=b%2F'], choice),
    choose(['', '&delimiter=%2F'], choice + 1),
    choose(['', '&max-keys=1', '&max-keys=2', '&max-keys=0'], choice * 3 + 1),
  ].join('');

const reading: Readonly<Record<string, Maker>> = {
  get: get(''),
  'get as anybody': get('', { authorization: undefined }),
  'get as another account': (store, { bucket, key }) => {
    const { accessKeyId } = store.findAccount('partner')?.credentials ?? { accessKeyId: '' };
    return {
      method: 'GET',
      path: `/${bucket}/${key}`,
      headers: { authorization: signedWith(accessKeyId).Authorization },
    };
  },
  'get null': get('versionId=null'),
  head: (_store, { bucket, key }) => ({ method: 'HEAD', path: `/${bucket}/${key}` }),
  'get tags': get('tagging'),
  'get attributes': get('attributes', { 'x-amz-object-attributes': 'ETag,ObjectSize,StorageClass' }),
  'get acl': get('acl'),
  'get retention': get('retention'),
  'list objects': list((aim) => `${pageOf(aim)}&marker=${choose(['', 'a', 'b', 'b%2Fb'], aim.choice)}`),
  'list objects v2': list((aim) => `list-type=2${pageOf(aim)}&start-after=${choose(['', 'a', 'b'], aim.choice)}`),
  'list versions': list((aim) => `versions${pageOf(aim)}&key-marker=${choose(['', 'a', 'b'], aim.choice)}`),
  'list uploads': list(({ choice }) => `uploads&prefix=${choose(['', 'a'], choice)}`),
  'list parts': (store, { bucket, choice }) => {
    const upload = choose([...uploadsIn(store, bucket), { id: 'none', key: 'a' }], choice);
    return { method: 'GET', path: `/${bucket}/${upload.key}?uploadId=${upload.id}` };
  },
  'get versioning': list(() => 'versioning'),
  'get bucket tags': list(() => 'tagging'),
  'get policy': list(() => 'policy'),
  'get location': list(() => 'location'),
  'list buckets': () => ({ method: 'GET', path: '/' }),
  'head bucket': (_store, { bucket, choice }) => ({
    method: 'HEAD',
    path: `/${choose([bucket, 'new', 'empty'], choice)}`,
  }),
};

function uploadsIn(store: Store, bucket: string) {
  return [...(store.buckets.get(bucket)?.uploads.values() ?? [])].filter(isOpen);
}

const sources = ({ bucket, choice }: Aim) => {
  const point = { name: 'reports', region: 'us-east-1', account: { id: '000000000000' } };
  const key = choose(keys, choice);
  return choose([`/${bucket}/${key}`, `${writeAccessPointArn(point)}/object/${key}`, `${alias}/${key}`], choice);
};

const writing: Readonly<Record<string, Maker>> = {
  ...Object.fromEntries(Object.entries(writingCalls).filter(([name]) => name !== 'reattempt')),
  'put if absent': (_store, { bucket, key }) => ({
    method: 'PUT',
    path: `/${bucket}/${key}`,
    body: 'new',
    headers: { 'if-none-match': '*' },
  }),
  'put if unchanged': (store, { bucket, key }) => ({
    method: 'PUT',
    path: `/${bucket}/${key}`,
    body: 'changed',
    headers: { 'if-match': store.buckets.get(bucket)?.versions.currentObject(key)?.content.etag ?? '"none"' },
  }),
  'copy from anywhere': (_store, aim) => ({
    method: 'PUT',
    path: `/${aim.bucket}/${aim.key}`,
    headers: { 'x-amz-copy-source': sources(aim) },
  }),
  'copy part from anywhere': (store, aim) => {
    const { id, key } = choose([...uploadsIn(store, aim.bucket), { id: 'none', key: 'a' }], aim.choice);
    const headers = { 'x-amz-copy-source': sources(aim) };
    return { method: 'PUT', path: `/${aim.bucket}/${key}?uploadId=${id}&partNumber=${(aim.choice % 3) + 1}`, headers };
  },
  'upload any part': (store, { bucket, choice }) => {
    const { id, key } = choose([...uploadsIn(store, bucket), { id: 'none', key: 'a' }], choice);
    const number = choose([1, 2, 3], Math.floor(choice / 2));
    return { method: 'PUT', path: `/${bucket}/${key}?uploadId=${id}&partNumber=${number}`, body: `part ${choice}` };
  },
  'delete plainly': (_store, { bucket, key }) => ({ method: 'DELETE', path: `/${bucket}/${key}` }),
  'delete two': (_store, { bucket, choice }) => ({
    method: 'POST',
    path: `/${bucket}?delete`,
    body: `<Delete><Object><Key>${choose(keys, choice)}</Key></Object><Object><Key>${choose(keys, choice + 1)}</Key></Object></Delete>`,
  }),
  'delete with MFA': (store, { key, choice }) => ({
    method: 'DELETE',
    path: `/guarded/${key}?versionId=${choose(['null', ...idsOf(store, 'guarded', key)], choice)}`,
    headers: { 'x-amz-mfa': `${store.defaultAccount.mfa.serial} ${store.defaultAccount.mfa.code()}` },
  }),
  'put public policy': (_store, { bucket }) => ({
    method: 'PUT',
    path: `/${bucket}?policy`,
    body: JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${bucket}/*` },
    }),
  }),
  'delete bucket': (_store, { bucket, choice }) => ({
    method: 'DELETE',
    path: `/${choose(['empty', bucket, 'new'], choice)}`,
  }),
  'create access point': (_store, { bucket, choice }) => ({
    ...ofControl('PUT', `accesspoint/${choose(['reports', 'other'], choice)}`),
    body: `<CreateAccessPointRequest><Bucket>${bucket}</Bucket></CreateAccessPointRequest>`,
  }),
  'delete access point': (_store, { choice }) =>
    ofControl('DELETE', `accesspoint/${choose(['reports', 'other'], choice)}`),
  'put account block': () => ({
    ...ofControl('PUT', 'configuration/publicAccessBlock'),
    body: '<PublicAccessBlockConfiguration><RestrictPublicBuckets>true</RestrictPublicBuckets><BlockPublicPolicy>true</BlockPublicPolicy></PublicAccessBlockConfiguration>',
  }),
  'delete account block': () => ofControl('DELETE', 'configuration/publicAccessBlock'),
};

const listing: Readonly<Record<string, Maker>> = {
  'list access points': () => ofControl('GET', 'accesspoint'),
  'get access point': () => ofControl('GET', 'accesspoint/reports'),
  'get account block': () => ofControl('GET', 'configuration/publicAccessBlock'),
};

function ofControl(method: string, path: string): DirectCall {
  const headers = { 'x-amz-account-id': '000000000000', 'content-md5': undefined };
  return { method, path: `/v20180820/${path}`, host: controlHost, service: 's3-control', headers };
}

function idsOf(store: Store, bucket: string, key: string): readonly string[] {
  const versions = [...(store.buckets.get(bucket)?.versions.of(key) ?? [])];
  return versions.map(({ explicitId, sequence }) => explicitId ?? store.versionIds.writeId(sequence));
}

const makers = { ...writing, ...reading, ...listing };

export interface NamedCall {
  readonly name: string;
  readonly aim: Aim;
}

const aims: fc.Arbitrary<Aim> = fc.record({
  bucket: fc.constantFrom(...names),
  key: fc.constantFrom('a', 'a', ...keys),
  choice: fc.nat({ max: 11 }),
});
const inOneBucket = fc.tuple(fc.constantFrom(...names), aims, aims).map(
  ([bucket, one, other]) =>
    [
      { ...one, bucket },
      { ...other, bucket },
    ] as const,
);
/** Most calls are of objects and uploads, since there are many settings. */
const ofObjects =
  /^(?:put$|put if|put tags|copy|form|delete$|delete plainly|delete two|get$|get null|list|begin|upload|complete|abort)/;
const frequent = Object.keys(makers).filter((name) => !name.includes('?'));
const callNames = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...frequent.filter((name) => ofObjects.test(name))) },
  { weight: 3, arbitrary: fc.constantFrom(...frequent) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.keys(makers)) },
);

export const histories: fc.Arbitrary<readonly NamedCall[]> = fc.array(fc.record({ name: callNames, aim: aims }), {
  maxLength: 4,
});
export const pairs: fc.Arbitrary<readonly [NamedCall, NamedCall]> = fc
  .tuple(
    callNames,
    callNames,
    fc.oneof({ weight: 4, arbitrary: inOneBucket }, { weight: 1, arbitrary: fc.tuple(aims, aims) }),
  )
  .map(([first, second, [one, other]]) => [
    { name: first, aim: one },
    { name: second, aim: other },
  ]);

export function makeCall(store: Store, { name, aim }: NamedCall): DirectCall {
  const make = Object.entries(makers).find(([known]) => known === name)?.[1];
  if (make === undefined) throw new Error(`there is no call ${name}`);
  return make(store, aim);
}

/** A store with open uploads and parts, after some calls. */
export function makeHistory(calls: readonly NamedCall[], replicationDelay: number): AnsweredStore {
  const answered = new AnsweredStore(buckets, { replicationDelay });
  answered.store.addAccount('partner');
  for (const bucket of ['plain', 'vault', 'paused', 'guarded', 'sending'])
    for (const name of ['begin upload', 'begin upload', 'upload part'])
      answered.ask(makeCall(answered.store, { name, aim: { bucket, key: 'a', choice: 0 } }));
  for (const call of calls) answered.ask(makeCall(answered.store, call));
  return answered;
}
