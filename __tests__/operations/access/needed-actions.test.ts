import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { type ActionName, findAction } from '../../../src/model/access/actions';
import { withAcls } from '../../support/acl';
import { signedBy } from '../../support/documents';
import { as, notAllowed } from '../../support/limited-users';
import { md5Of } from '../../support/objects';
import { actionsFor, rowsWithActions } from '../../support/row-actions';
import { rowCalls } from '../../support/rows';
import { withOpenUpload } from '../../support/uploads';
import { send, type WireAnswer, type WireCall } from '../../support/wire-client';

const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  buckets: {
    vault: { versioning: 'Enabled', objects: { 'report.pdf': { body: 'first', versionId: 'v1' } } },
    open: { ...withAcls, versioning: 'Enabled', objectLock: true, objects: { k: { body: 'first', versionId: 'v1' } } },
  },
});

const partner = s3.createAccount('partner');

type Case = readonly [name: string, call: WireCall, actions: readonly ActionName[]];

const rows = new Map(rowsWithActions);
/** The actions on the source of a copy. */
const ofSource = (name: string): readonly ActionName[] =>
  name === 'CopyObject' || name === 'UploadPartCopy' ? ['s3:GetObject'] : [];

const ofRows: readonly Case[] = rowCalls
  // A batch is decided entry by entry; IBM COS has neither policies nor words for them.
  .filter(({ name, dialect }) => name !== 'DeleteObjects' && dialect === 'aws')
  .flatMap((call): readonly Case[] => {
    const row = rows.get(call.name);
    if (row === undefined) return [];
    const plain: Case = [call.name, call, [...actionsFor(row), ...ofSource(call.name)]];
    const named = actionsFor(row, { VersionId: 'v1' });
    if (row.level !== 'OBJECT' || named.join() === actionsFor(row).join()) return [plain];
    const path = `${call.path}${call.path.includes('?') ? '&' : '?'}versionId=v1`;
    return [plain, [`${call.name} of a version`, { ...call, path }, named]];
  });

const put = (headers: WireCall['headers'], path = '/open/k'): WireCall => ({ method: 'PUT', path, headers, body: 'x' });
const copy = (headers: WireCall['headers'], source = '/vault/report.pdf'): WireCall => {
  return { method: 'PUT', path: '/open/copy', headers: { 'x-amz-copy-source': source, ...headers } };
};
const begin = (headers: WireCall['headers']): WireCall => ({ method: 'POST', path: '/open/k?uploads', headers });
const digest = { 'Content-MD5': md5Of('x') };
const retention = {
  'x-amz-object-lock-mode': 'GOVERNANCE',
  'x-amz-object-lock-retain-until-date': '2027-01-01T00:00:00Z',
};
const etag = { 'If-Match': '"8b04d5e3775d298e78455efc5ca404d5"' };
const create = (headers: WireCall['headers'] = {}, body = ''): WireCall => {
  return { method: 'PUT', path: '/fresh', headers, body };
};
const tags = '<Tags><Tag><Key>a</Key><Value>b</Value></Tag></Tags>';

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html F520, F523
const ofRequests: readonly Case[] = [
  ['ListBuckets', { path: '/' }, ['s3:ListAllMyBuckets']],
  ['PutObject with tags', put({ 'x-amz-tagging': 'a=b' }), ['s3:PutObject', 's3:PutObjectTagging']],
  ['PutObject with no tags', put({ 'x-amz-tagging': '' }), ['s3:PutObject']],
  ['PutObject with an ACL', put({ 'x-amz-acl': 'public-read' }), ['s3:PutObject', 's3:PutObjectAcl']],
  ['PutObject with a grant', put({ 'x-amz-grant-read': 'id="1"' }), ['s3:PutObject', 's3:PutObjectAcl']],
  ["PutObject with the bucket owner's ACL", put({ 'x-amz-acl': 'bucket-owner-full-control' }), ['s3:PutObject']],
  [
    "PutObject with the bucket owner's ACL, where it changes nothing",
    put({ 'x-amz-acl': 'bucket-owner-full-control' }, '/vault/report.pdf'),
    ['s3:PutObject'],
  ],
  ['PutObject with a private ACL', put({ 'x-amz-acl': 'private' }), ['s3:PutObject']],
  ['PutObject with a retention', put({ ...retention, ...digest }), ['s3:PutObject', 's3:PutObjectRetention']],
  [
    'PutObject with a legal hold',
    put({ 'x-amz-object-lock-legal-hold': 'ON', ...digest }),
    ['s3:PutObject', 's3:PutObjectLegalHold'],
  ],
  ['PutObject with If-Match', put(etag), ['s3:PutObject', 's3:GetObject']],
  ['PutObject with If-None-Match', put({ 'If-None-Match': '*' }), ['s3:PutObject']],
  [
    'CreateMultipartUpload with all of them',
    begin({ ...retention, 'x-amz-tagging': 'a=b', 'x-amz-acl': 'public-read', 'x-amz-object-lock-legal-hold': 'OFF' }),
    ['s3:PutObject', 's3:PutObjectTagging', 's3:PutObjectAcl', 's3:PutObjectRetention', 's3:PutObjectLegalHold'],
  ],
  [
    'CompleteMultipartUpload with If-Match',
    { method: 'POST', path: '/open/k?uploadId=x', headers: etag },
    ['s3:PutObject', 's3:GetObject'],
  ],
  [
    'DeleteObject with If-Match',
    { method: 'DELETE', path: '/open/k', headers: etag },
    ['s3:DeleteObject', 's3:GetObject'],
  ],
  [
    'DeleteObject with If-Match of any object',
    { method: 'DELETE', path: '/open/k', headers: { 'If-Match': '*' } },
    ['s3:DeleteObject'],
  ],
  ['CreateBucket', create(), ['s3:CreateBucket']],
  ['CreateBucket with a private ACL', create({ 'x-amz-acl': 'private' }), ['s3:CreateBucket']],
  [
    'CreateBucket with an ACL and an ownership',
    create({ 'x-amz-acl': 'log-delivery-write', 'x-amz-object-ownership': 'ObjectWriter' }),
    ['s3:CreateBucket', 's3:PutBucketAcl', 's3:PutBucketOwnershipControls'],
  ],
  // F285
  [
    'CreateBucket with all rights for its owner',
    create({ 'x-amz-grant-full-control': `id=${s3.account.canonicalId}` }),
    ['s3:CreateBucket'],
  ],
  [
    'CreateBucket with all rights for another account',
    create({ 'x-amz-grant-full-control': `id=${partner.canonicalId}`, 'x-amz-object-ownership': 'ObjectWriter' }),
    ['s3:CreateBucket', 's3:PutBucketAcl', 's3:PutBucketOwnershipControls'],
  ],
  [
    'CreateBucket with object lock',
    create({ 'x-amz-bucket-object-lock-enabled': 'true' }),
    ['s3:CreateBucket', 's3:PutBucketObjectLockConfiguration', 's3:PutBucketVersioning'],
  ],
  [
    'CreateBucket with tags',
    create({}, `<CreateBucketConfiguration>${tags}</CreateBucketConfiguration>`),
    ['s3:CreateBucket', 's3:TagResource'],
  ],
  ['CopyObject of a version', copy({}, '/vault/report.pdf?versionId=v1'), ['s3:PutObject', 's3:GetObjectVersion']],
];

/** A HEAD has no document. */
const said = ({ status, text, body }: WireAnswer) => ({ status, text: body.includes('<UploadId>') ? '' : text });

async function answerTo(named: WireCall, headers: WireCall['headers']) {
  const call = await withOpenUpload(named);
  return said(await send({ ...call, headers: { ...call.headers, ...headers } }));
}

const resourceOf = (action: ActionName, { path }: WireCall) => {
  const [, bucket = '', key] = /^\/([^/?]*)\/?([^?]*)/.exec(path) ?? [];
  const kind = findAction(action)?.kind;
  if (kind === 'none') return undefined;
  return kind === 'bucket' ? bucket : `${bucket}/${key}`;
};

describe.each([...ofRows, ...ofRequests])('%s', (_name, call, actions) => {
  it('is answered to a user with the actions that it needs as to the root user', async () => {
    const expected = await answerTo(call, { Authorization: signedBy(s3.account) });
    s3.reset();
    expect(await answerTo(call, as(s3, 'exact', ...actions))).toEqual(expected);
  });

  it.each(actions)('is refused without %s, which the refusal names', async (missing) => {
    const others = actions.filter((name) => name !== missing);
    await answerTo(call, as(s3, 'short', ...others));
    const isOfSource = call.headers?.['x-amz-copy-source'] !== undefined && missing !== 's3:PutObject';
    const resource = isOfSource ? 'vault/report.pdf' : resourceOf(missing, call);
    const { status, error } = s3.requests.last() ?? {};
    expect({ status, error }).toMatchObject({
      status: 403,
      error: { code: 'AccessDenied', message: notAllowed('short', missing, resource) },
    });
  });
});
