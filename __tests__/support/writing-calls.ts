import { makeTaskId } from '../../src/model/replication/replication-task';
import type { Store } from '../../src/model/store';
import { isOpen } from '../../src/model/uploads/upload';
import { versionIdOf } from '../../src/model/versions/version-lookup';
import type { OperationName } from '../../src/operations/table';
import type { BucketFixture } from '../../src/preset/bucket-fixture';
import { deleteMarker } from '../../src/preset/delete-marker';
import type { DirectCall } from './answered-store';
import { familyCases } from './configuration-families';
import { configurationCases } from './configurations';
import { ofCos, ruleTo } from './cos-replication';
import { type Field, formBody, formType } from './forms';

const objects: NonNullable<BucketFixture['objects']> = {
  a: [
    'one',
    { body: 'null', versionId: 'null' },
    { body: 'three', versionId: 'third', tags: { stage: 'test' }, annotations: { summary: 'Three.' } },
  ],
  b: ['one', deleteMarker, { body: 'null', versionId: 'null' }],
  'b/c': 'plain',
};

export const writtenBuckets: Readonly<Record<string, BucketFixture>> = {
  plain: { objects: { a: 'one', b: 'two' }, ownershipControls: 'ObjectWriter', publicAccessBlock: null },
  vault: { versioning: 'Enabled', objects, ownershipControls: 'ObjectWriter', publicAccessBlock: null },
  paused: { versioning: 'Suspended', objects, ownershipControls: 'ObjectWriter', publicAccessBlock: null },
  locked: { objectLock: true, objects: { a: ['one', 'two'], b: 'one' } },
  sending: {
    versioning: 'Enabled',
    objects,
    replication: {
      Role: 'arn:aws:iam::000000000000:role/replication',
      Rules: [{ ID: 'all', Prefix: '', Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::copies' } }],
    },
  },
  empty: {},
  copies: { versioning: 'Enabled' },
  archives: {
    objects: {
      a: { body: 'one', storageClass: 'GLACIER' },
      b: { body: 'two', storageClass: 'INTELLIGENT_TIERING', accessTier: 'ARCHIVE_ACCESS' },
      'b/c': { body: 'three', storageClass: 'INTELLIGENT_TIERING' },
    },
  },
  kept: {
    protection: {
      Status: 'Retention',
      MinimumRetention: { Days: 0 },
      DefaultRetention: { Days: 1 },
      MaximumRetention: { Days: 36_135 },
    },
    objects: { a: { body: 'one', protection: { RetentionPeriod: 60, LegalHolds: ['first'] } } },
  },
  failing: { ...ofCos, objects: { a: 'one' }, replication: { Rules: [ruleTo('copies')] } },
};

/** The bucket and the key of a call, and a number by which it chooses among versions, uploads and forms. */
export interface Aim {
  readonly bucket: string;
  readonly key: string;
  readonly choice: number;
}

type Maker = (store: Store, aim: Aim) => DirectCall;

const choose = <One>(all: readonly One[], choice: number): One | undefined => all[choice % Math.max(all.length, 1)];

function versionQuery(store: Store, { bucket, key, choice }: Aim): string {
  const ids = [...(store.buckets.get(bucket)?.versions.of(key) ?? [])].map((version) => versionIdOf(store, version));
  const id = choose([undefined, ...ids], choice);
  return id === undefined ? '' : `versionId=${id}`;
}

function uploadOf(store: Store, { bucket, choice }: Aim) {
  const open = [...(store.buckets.get(bucket)?.uploads.values() ?? [])].filter(isOpen);
  return choose(open, choice) ?? { id: 'none', key: 'a', parts: new Map<number, { readonly etag: string }>() };
}

const ofObject = (method: string, query: string, body = '', headers = {}): Maker => {
  return (store, aim) => ({
    method,
    path: `/${aim.bucket}/${aim.key}?${[query, versionQuery(store, aim)].filter(Boolean).join('&')}`,
    body,
    headers,
  });
};
const ofBucket = (method: string, query: string, body = '', headers = {}): Maker => {
  return (_store, { bucket }) => ({ method, path: `/${bucket}?${query}`, body, headers });
};

const tags = '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>';
const rules =
  '<LifecycleConfiguration><Rule><ID>r</ID><Status>Enabled</Status><Filter/><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>';
const retention =
  '<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2030-01-01T00:00:00Z</RetainUntilDate></Retention>';
const kms =
  '<ObjectEncryption><SSE-KMS><KMSKeyArn>arn:aws:kms:us-east-1:000000000000:key/k</KMSKeyArn></SSE-KMS></ObjectEncryption>';

export function formOf(bucket: string, key: string): Pick<DirectCall, 'headers' | 'body'> {
  const policy = { expiration: '2030-01-01T00:00:00Z', conditions: [{ bucket }, { key }] };
  const fields: readonly Field[] = [
    ['key', key],
    ['AWSAccessKeyId', 'KEY'],
    ['policy', Buffer.from(JSON.stringify(policy)).toString('base64')],
    ['signature', 'believed'],
  ];
  const headers = { 'content-type': formType, authorization: undefined };
  return { headers, body: formBody(fields).toString() };
}

const configurationCalls = Object.fromEntries(
  Object.values(configurationCases).flatMap(({ query, root, document, deleted }) => [
    [`PUT ?${query}`, ofBucket('PUT', query, `<${root}>${document}</${root}>`)],
    ...(deleted === undefined ? [] : [[`DELETE ?${query}`, ofBucket('DELETE', query)] as const]),
  ]),
);
const familyCalls = Object.fromEntries(
  Object.values(familyCases).flatMap(({ query, root, document }) => [
    [`PUT ?${query}`, ofBucket('PUT', `${query}&id=a`, `<${root}>${document}</${root}>`)],
    [`DELETE ?${query}`, ofBucket('DELETE', `${query}&id=a`)],
  ]),
);

const atCos =
  (call: Omit<DirectCall, 'dialect'>): Maker =>
  () => ({ ...call, dialect: 'ibm-cos' });

const days = (name: string, number: number) => `<${name}><Days>${number}</Days></${name}>`;
const policy = ['MinimumRetention', 'DefaultRetention', 'MaximumRetention'].map((name, index) => days(name, index * 9));

const protectionCalls: Readonly<Record<string, Maker>> = {
  'put protection': atCos({
    method: 'PUT',
    path: '/kept?protection',
    body: `<ProtectionConfiguration><Status>Retention</Status>${policy.join('')}</ProtectionConfiguration>`,
  }),
  'add hold': atCos({ method: 'POST', path: '/kept/a?legalHold&add=second' }),
  'remove hold': atCos({ method: 'POST', path: '/kept/a?legalHold&remove=first' }),
  'extend retention': atCos({
    method: 'POST',
    path: '/kept/a?extendRetention',
    headers: { 'additional-retention-period': '60' },
  }),
};

/** A reattempt of the copy of an object, which IBM COS has given up: it takes 30 days and no request to get there. */
const reattempt: Maker = (store) => {
  const bucket = store.buckets.get('failing');
  const version = bucket?.versions.current('a');
  if (bucket !== undefined && version !== undefined) {
    const { key, sequence, created } = version;
    const names = { key, versionId: versionIdOf(store, version), part: 'object', destination: 'copies' } as const;
    const failed = { last: created, count: 31, reason: 'DstBucketUnversioned', isDaily: true } as const;
    const times = { begun: created, at: created, sequence, operation: 'PutObject', size: 3, etag: '' };
    const task = { id: makeTaskId(names), ...names, ...times, rule: 'all', failed, isGivenUp: true } as const;
    bucket.replications.set(task.id, task);
    const copies = [{ destination: 'copies', rule: 'all', status: 'FAILED' }] as const;
    bucket.versions.replace({ ...version, replication: { status: 'FAILED', copies } });
  }
  return { method: 'PUT', path: '/failing?ibm-replication-reattempt', dialect: 'ibm-cos' };
};

/** Operations that S3 carries out although nothing changes, such as the deletion of what a bucket cannot have. They need no request below. */
export const unchangingOperations: readonly OperationName[] = [];

export const writingCalls: Readonly<Record<string, Maker>> = {
  put: (_store, { bucket, key, choice }) => ({ method: 'PUT', path: `/${bucket}/${key}`, body: `body ${choice}` }),
  copy: (_store, { bucket, key, choice }) => ({
    method: 'PUT',
    path: `/${bucket}/${key}`,
    headers: { 'x-amz-copy-source': `/vault/${choose(['a', 'b', 'b/c'], choice)}` },
  }),
  form: (_store, { bucket, key }) => ({ method: 'POST', path: `/${bucket}`, ...formOf(bucket, key) }),
  delete: ofObject('DELETE', ''),
  'delete objects': (store, aim) => {
    const entries = ['a', 'b', 'b/c', 'new'].map((key, index) => {
      const id = versionQuery(store, { ...aim, key, choice: aim.choice + index }).replace('versionId=', '');
      return `<Object><Key>${key}</Key>${id === '' ? '' : `<VersionId>${id}</VersionId>`}</Object>`;
    });
    return { method: 'POST', path: `/${aim.bucket}?delete`, body: `<Delete>${entries.join('')}</Delete>` };
  },
  'put tags': ofObject('PUT', 'tagging', tags),
  'delete tags': ofObject('DELETE', 'tagging'),
  'put annotation': ofObject('PUT', 'annotation&annotationName=summary', 'A report.'),
  'delete annotation': ofObject('DELETE', 'annotation&annotationName=summary'),
  'put acl': ofObject('PUT', 'acl', '', { 'x-amz-acl': 'public-read' }),
  'put retention': ofObject('PUT', 'retention', retention),
  'put legal hold': ofObject('PUT', 'legal-hold', '<LegalHold><Status>ON</Status></LegalHold>'),
  'end legal hold': ofObject('PUT', 'legal-hold', '<LegalHold><Status>OFF</Status></LegalHold>'),
  restore: ofObject('POST', 'restore', '<RestoreRequest><Days>1</Days></RestoreRequest>'),
  'restore a tier': ofObject('POST', 'restore', '<RestoreRequest/>'),
  // A read begins the days of an object in INTELLIGENT_TIERING again.
  read: ofObject('GET', ''),
  'put encryption': ofObject('PUT', 'encryption', kms),
  'begin upload': (_store, { bucket, key }) => ({ method: 'POST', path: `/${bucket}/${key}?uploads` }),
  'upload part': (store, aim) => {
    const { id, key } = uploadOf(store, aim);
    return {
      method: 'PUT',
      path: `/${aim.bucket}/${key}?uploadId=${id}&partNumber=${(aim.choice % 2) + 1}`,
      body: 'part',
    };
  },
  'copy part': (store, aim) => {
    const { id, key } = uploadOf(store, aim);
    const headers = { 'x-amz-copy-source': '/plain/b' };
    return { method: 'PUT', path: `/${aim.bucket}/${key}?uploadId=${id}&partNumber=1`, headers };
  },
  'complete upload': (store, aim) => {
    const { id, key, parts } = uploadOf(store, aim);
    const [part] = [...parts];
    const named = part && `<Part><PartNumber>${part[0]}</PartNumber><ETag>${part[1].etag}</ETag></Part>`;
    const body = `<CompleteMultipartUpload>${named ?? ''}</CompleteMultipartUpload>`;
    return { method: 'POST', path: `/${aim.bucket}/${key}?uploadId=${id}`, body };
  },
  'abort upload': (store, aim) => {
    const { id, key } = uploadOf(store, aim);
    return { method: 'DELETE', path: `/${aim.bucket}/${key}?uploadId=${id}` };
  },
  'create bucket': (_store, { bucket, choice }) => ({ method: 'PUT', path: `/${choose([bucket, 'new'], choice)}` }),
  'delete bucket': (_store, { choice }) => ({ method: 'DELETE', path: `/${choose(['empty', 'new'], choice)}` }),
  'put versioning': (_store, { bucket, choice }) => ({
    method: 'PUT',
    path: `/${bucket}?versioning`,
    body: `<VersioningConfiguration><Status>${choose(['Enabled', 'Suspended'], choice)}</Status></VersioningConfiguration>`,
  }),
  'put lock configuration': ofBucket(
    'PUT',
    'object-lock',
    '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>',
  ),
  'put bucket tags': ofBucket('PUT', 'tagging', tags),
  'delete bucket tags': ofBucket('DELETE', 'tagging'),
  'put bucket acl': ofBucket('PUT', 'acl', '', { 'x-amz-acl': 'public-read' }),
  'put lifecycle': ofBucket('PUT', 'lifecycle', rules),
  'delete lifecycle': ofBucket('DELETE', 'lifecycle'),
  'put policy': (_store, { bucket }) => ({
    method: 'PUT',
    path: `/${bucket}?policy`,
    body: JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/x` },
    }),
  }),
  'delete policy': ofBucket('DELETE', 'policy'),
  ...protectionCalls,
  reattempt,
  ...configurationCalls,
  ...familyCalls,
};
