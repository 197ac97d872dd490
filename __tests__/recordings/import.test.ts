import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src';
import { Budget } from '../../src/facts/budget';
import { mockStage } from '../../src/facts/mock-stage';
import { type ChosenCase, run } from '../../src/facts/run';
import { ServiceStage } from '../../src/facts/service-stage';
import { importRecordings } from './import';

const read = (name: string): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(path.join(__dirname, 'invented', name), 'utf8'));

const vault = { Bucket: 'invented-vault' };
const key = { ...vault, Key: 'k' };
const id = (number: number) => `invented${'0'.repeat(23)}${number}`;

const observed = (operation: string, input: object, http_status = 200, output: object = {}, more: object = {}) => ({
  label: operation,
  service: 's3',
  operation,
  actor: 'owner',
  input,
  result: { code: http_status < 300 ? 'Success' : 'AccessDenied', http_status, output },
  ...more,
});
const created = observed('create-bucket', vault);

function importOf(...observations: readonly object[]): ChosenCase {
  const [chosen] = importRecordings('invented.json', { observations });
  if (chosen === undefined) throw new Error('no case');
  return chosen;
}

const leftOut = (...observations: readonly object[]) => importOf(...observations).recordedCase.leftOut;

describe('a file of recordings', () => {
  it.each([['observations.json'], ['prepared/calls_replay.json'], ['prepared/control_replay.json']])(
    '%s is played, and the mock answers the same',
    async (name) => {
      const outcomes = await run(mockStage, importRecordings(name, read(name)));
      expect(outcomes.map(({ outcome, differences }) => ({ outcome, differences }))).toEqual(
        outcomes.map(() => ({ outcome: 'same', differences: [] })),
      );
    },
  );

  it('is a case for each of its scenarios, with the file as its subject', () => {
    const cases = importRecordings('prepared/calls_replay.json', read('prepared/calls_replay.json'));
    expect(cases.map(({ subject, file, title }) => ({ subject, file, title }))).toEqual([
      { subject: 'calls_replay', file: 'prepared/calls_replay.json', title: 'an invented upload' },
      {
        subject: 'calls_replay',
        file: 'prepared/calls_replay.json',
        title: 'an invented bucket that was there before',
      },
    ]);
  });

  it('is played at a service, in buckets of the run', async () => {
    const s3 = mockS3({ hosts: { only: [] } });
    const { url } = await s3.listen();
    const service = { endpoint: url, region: 'us-east-1', keys: s3.account.credentials, prefix: 'facts' };
    const outcomes = await run(
      new ServiceStage(service, new Budget(1000)),
      importRecordings('observations.json', read('observations.json')),
    );
    const buckets = s3.requests.map(({ bucket }) => bucket);
    await s3.stop();
    expect(outcomes).toMatchObject([{ outcome: 'same', differences: [] }]);
    expect(buckets.every((bucket) => bucket?.startsWith('facts-'))).toBe(true);
  });

  it('says by label what is answered otherwise', async () => {
    const text = JSON.stringify(read('observations.json'))
      .replace('"ContentLength":3', '"ContentLength":4')
      .replace('"http_status":405', '"http_status":404');
    const [outcome] = await run(mockStage, importRecordings('observations.json', JSON.parse(text)));
    expect(outcome?.differences).toEqual([
      'get-first: ContentLength: expected 4, but it is 3',
      expect.stringMatching(/^head-marker: expected 404, but it is 405/),
    ]);
  });

  it.each<[what: string, content: unknown, notPlayed: string]>([
    ['of an unknown form', { rows: [] }, 'its file has neither observations nor Calls'],
    ['that is a list', [], 'its file has neither observations nor Calls'],
    [
      'without a call that can be sent',
      { observations: [observed('fly', {})] },
      'none of its calls can be sent: there is no operation Fly',
    ],
    ['without calls', { Calls: [] }, 'it has no calls'],
    [
      'with answers alone, as snapshots of LocalStack are',
      { 'tests/test_invented.py::test_x': { 'recorded-date': '01-03-2026', 'recorded-content': { get: {} } } },
      'a snapshot of LocalStack has answers without their requests, which only its tests can send: run them against s3.listen()',
    ],
  ])('%s is a case that is not played', (_what, content, notPlayed) => {
    const cases = importRecordings('invented.json', content);
    expect(cases.map(({ recordedCase }) => recordedCase.notPlayed)).toEqual([notPlayed]);
  });
});

it.each<{ content: object }>`
  content
  ${{ observations: [null, 1, {}, [], { input: [], result: [] }, { operation: 'put-object', input: 'x', result: { http_status: 200 } }] }}
  ${{ Calls: [null, 1, { Raw: 1, SDK: 2 }, { Method: 'GET', Status: 200 }, { Operation: 'PutObject', Input: { Key: {} }, Status: '200' }] }}
  ${{ Scenarios: [null, { Calls: [] }, { Calls: 'x', Setup: 1 }, { Name: 1, Calls: [{ Bind: { a: 'B.0.C' }, Output: { B: [1] }, Status: 200 }] }] }}
`('says of each call of broken files why it is left out: $content', async ({ content }) => {
  const cases = importRecordings('broken.json', content);
  expect(cases.flatMap(({ recordedCase }) => recordedCase.calls).length).toBe(0);
  expect(cases.every(({ recordedCase }) => recordedCase.notPlayed !== undefined)).toBe(true);
});

describe('an imported case', () => {
  it('has names for ids, the account and any date', () => {
    const { recordedCase } = importOf(
      created,
      observed('put-object', key, 200, { VersionId: id(1) }, { observed_at: '2026-03-01T08:00:00.5+00:00' }),
      observed('get-object', { ...key, VersionId: id(1), ExpectedBucketOwner: '123456789012' }, 200, {
        VersionId: id(1),
        LastModified: '2026-03-01T08:00:01+00:00',
      }),
      observed('copy-object', { ...key, CopySource: `invented-vault/k?versionId=${id(1)}` }, 403),
    );
    expect(recordedCase.calls.map(([, , input, , output]) => ({ input, output }))).toEqual([
      { input: vault, output: {} },
      { input: key, output: { VersionId: '$(version-1)' } },
      {
        input: { ...key, VersionId: '$(version-1)', ExpectedBucketOwner: '$(account)' },
        output: { VersionId: '$(version-1)', LastModified: '$(date)' },
      },
      { input: { ...key, CopySource: 'invented-vault/k?versionId=$(version-1)' }, output: {} },
    ]);
  });

  it('compares a date that a request gave', () => {
    const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: '2026-04-01T00:00:00Z' };
    const { recordedCase } = importOf(
      observed('put-object-retention', { ...key, Retention }),
      observed('get-object-retention', key, 200, {
        Retention: { ...Retention, RetainUntilDate: '2026-04-01T00:00:00+00:00' },
      }),
    );
    expect(recordedCase.calls[1]?.[4]).toEqual({
      Retention: { ...Retention, RetainUntilDate: '2026-04-01T00:00:00.000Z' },
    });
  });

  it('is played at the moments of its recording', () => {
    const at = (observed_at: string) => ({ observed_at });
    const { recordedCase } = importOf(
      observed('create-bucket', vault, 200, {}, at('2026-03-01T08:00:00Z')),
      observed('head-bucket', vault),
      observed('head-bucket', vault, 200, {}, at('2026-03-01T09:00:00Z')),
    );
    expect(recordedCase.state).toEqual({ now: '2026-03-01T08:00:00.000Z' });
    expect(recordedCase.calls.map(([, , , , , more]) => more?.at)).toEqual([
      '2026-03-01T08:00:00.000Z',
      '2026-03-01T08:00:01.000Z',
      '2026-03-01T09:00:00.000Z',
    ]);
  });

  it('begins just before its first moment, if that is not of the first call', () => {
    const { recordedCase } = importOf(
      created,
      observed('head-bucket', vault, 200, {}, { observed_at: '2026-03-01T08:00:01Z' }),
    );
    expect(recordedCase.calls.map(([, , , , , more]) => more?.at)).toEqual([
      '2026-03-01T08:00:00.000Z',
      '2026-03-01T08:00:01.000Z',
    ]);
  });

  it('that waited for an hour is not played at a service', () => {
    const { recordedCase } = importOf(
      observed('create-bucket', vault, 200, {}, { observed_at: '2026-03-01T08:00:00Z' }),
      observed('head-bucket', vault, 200, {}, { observed_at: '2026-03-01T09:00:00Z' }),
    );
    const keys = { accessKeyId: 'a', secretAccessKey: 'b' };
    const service = { endpoint: 'http://localhost:1', region: 'us-east-1', keys, prefix: 'facts' };
    expect(new ServiceStage(service, new Budget(1)).whyNot(recordedCase)).toBe('it waits for the clock');
  });

  it('begins with the buckets that no recorded call makes', () => {
    const versioned = observed('put-object', key, 200, { VersionId: id(1) });
    const enable = observed('put-bucket-versioning', { ...vault, VersioningConfiguration: { Status: 'Enabled' } });
    const buckets = (...calls: readonly object[]) => importOf(...calls).recordedCase.state?.buckets;
    expect(buckets(created, enable, versioned)).toBeUndefined();
    expect(buckets(enable, versioned)).toEqual({ 'invented-vault': {} });
    expect(buckets(versioned)).toEqual({ 'invented-vault': { versioning: 'Enabled' } });
    expect(buckets(observed('head-bucket', vault, 404))).toBeUndefined();
    expect(buckets({ ...versioned, result: { code: 'CLIError' } }, enable)).toEqual({ 'invented-vault': {} });
  });

  it('has the users and roles that its requests name, and is sent by the user of whom answers speak', () => {
    const principal = (kind: string) => `arn:aws:iam::123456789012:${kind}`;
    const Policy = JSON.stringify({
      Statement: [{ Principal: { AWS: [principal('user/ann'), principal('role/reader')] } }],
    });
    const { recordedCase } = importOf(
      created,
      observed('put-bucket-policy', { ...vault, Policy }),
      observed('get-object', key, 403, { message: `User: ${principal('user/ann')} is not authorized` }),
    );
    expect(recordedCase.state).toMatchObject({ users: { ann: {} }, roles: { reader: {} } });
    expect(recordedCase.calls.map(([, , , , , more]) => more?.by)).toEqual(['ann', 'ann', 'ann']);
    expect(recordedCase.calls[2]?.[4]).toEqual({ Message: 'User: arn:aws:iam::$(account):user/ann is not authorized' });
  });

  it('reads the document of a refusal in the forms in which clients print it', () => {
    const Message = 'Access Denied';
    const headers = { 'x-amz-delete-marker': 'true', date: 'Sun, 01 Mar 2026 08:00:04 GMT' };
    const refused = (more: object) => ({
      ...observed('get-object', key),
      result: { code: 'AccessDenied', http_status: 403, ...more },
    });
    const { recordedCase } = importOf(
      created,
      refused({ message: Message }),
      refused({ error: { Code: 'AccessDenied', Message, RequestId: 'x' } }),
      refused({ output: { message: Message } }),
      refused({ error: { Error: { Code: 'AccessDenied', Message }, ResponseMetadata: { HTTPHeaders: headers } } }),
    );
    const calls = recordedCase.calls.slice(1);
    expect(calls.map(([, , , , output]) => output)).toEqual([{ Message }, { Message }, { Message }, { Message }]);
    expect(calls[3]?.[5]?.headers).toEqual({ 'x-amz-delete-marker': 'true' });
  });

  it('accepts any caller in a text, if no request names the user', () => {
    const { recordedCase } = importOf(
      observed('get-object', key, 403, { message: 'User: arn:aws:iam::123456789012:user/ann is not authorized' }),
    );
    expect(recordedCase.calls[0]?.[4]).toEqual({ Message: 'User: $(any) is not authorized' });
  });

  it('sends the checksum that the client computed, and asks for the one that was answered', () => {
    const checksum = { ChecksumCRC32: 'AAAAAA==', ChecksumType: 'FULL_OBJECT' };
    const { recordedCase } = importOf(
      created,
      observed('put-object', key, 200, checksum),
      observed('get-object', key, 200, checksum),
      observed('put-object', key, 200, { ChecksumCRC64NVME: 'AAAAAAAAAAA=', ChecksumType: 'FULL_OBJECT' }),
    );
    expect(recordedCase.calls.slice(1).map(([, , input]) => input)).toEqual([
      { ...key, ChecksumAlgorithm: 'CRC32' },
      { ...key, ChecksumMode: 'ENABLED' },
      key,
    ]);
  });

  it('lacks the members that a whole answer lacked, but those that a client asks for by itself', () => {
    const { recordedCase } = importOf(
      created,
      observed('get-bucket-versioning', vault),
      observed('list-object-versions', vault, 200, { EncodingType: 'url', Versions: [] }),
    );
    expect(recordedCase.calls[1]?.[5]?.absent).toEqual(['Status', 'MFADelete']);
    expect(recordedCase.calls[2]?.[4]).toEqual({});
    expect(recordedCase.calls[2]?.[5]?.absent).toEqual(
      expect.arrayContaining(['Versions', 'DeleteMarkers', 'NextKeyMarker']),
    );
  });

  it('is sent to the region in which it was recorded', () => {
    const { recordedCase } = importOf(created, observed('head-bucket', vault, 200, {}, { region: 'eu-west-1' }));
    expect(recordedCase.calls.map(([, , , , , more]) => more?.region)).toEqual([undefined, 'eu-west-1']);
  });

  it('has the names that the journal has for the block of an account', () => {
    const { recordedCase } = importOf(
      observed('get-public-access-block', vault),
      observed('get-public-access-block', { AccountId: '123456789012' }, 200, {}, { service: 's3control' }),
    );
    expect(recordedCase.calls.map(([, operation]) => operation)).toEqual([
      'GetPublicAccessBlock',
      'GetAccountPublicAccessBlock',
    ]);
  });

  it('has an empty list where its element is there without entries', () => {
    const { recordedCase } = importOf(
      created,
      observed('get-object-tagging', key, 200, { TagSet: [] }),
      observed('list-objects-v2', vault, 200, { Contents: [], KeyCount: 0 }),
    );
    expect(recordedCase.calls[1]?.[4]).toEqual({ TagSet: [] });
    expect(recordedCase.calls[2]?.[4]).toEqual({ KeyCount: 0 });
    expect(recordedCase.calls[2]?.[5]?.absent).toContain('Contents');
  });

  it('has the entries of a batch in the order of its request', () => {
    const Delete = { Objects: [{ Key: 'a' }, { Key: 'b' }] };
    const { recordedCase } = importOf(
      created,
      observed('delete-objects', { ...vault, Delete }, 200, { Deleted: [{ Key: 'b' }, { Key: 'a' }] }),
    );
    expect(recordedCase.calls[1]?.[4]).toEqual({ Deleted: [{ Key: 'a' }, { Key: 'b' }] });
  });

  it('reads a body as its text or its base64, by the entity tag', () => {
    const put = (Body: string, ETag: string) => observed('put-object', { ...key, Body }, 200, { ETag });
    const { recordedCase } = importOf(
      created,
      put('b25l', '"f97c5d29941bfb1b2fdab0874906ab82"'),
      put('b25l', '"d20ae3bebbbd2eb34b4e2e3c53e4a9c3"'),
      put('one!', '"of a multipart upload-1"'),
    );
    expect(recordedCase.calls.slice(1).map(([, , input]) => (input as { Body: object }).Body)).toEqual([
      { base64: 'b25l' },
      { base64: 'b25l' },
      { base64: 'b25lIQ==' },
    ]);
  });
});

describe('a recorded call is left out, with its reason', () => {
  const tag = { ETag: '"f97c5d29941bfb1b2fdab0874906ab82"' };
  it.each<
    [what: string, observation: { readonly operation: string; readonly [part: string]: unknown }, reason: string]
  >([
    ['an unknown operation', observed('fly', vault), 'there is no operation Fly'],
    ['an unknown member', observed('head-bucket', { ...vault, Wings: 2 }), 'HeadBucket has no member Wings'],
    [
      'an unknown member of a document',
      observed('put-bucket-versioning', { ...vault, VersioningConfiguration: { Wings: 2 } }),
      'the document has no member Wings',
    ],
    ['an unknown part', observed('head-bucket', vault, 200, {}, { signer: 'x' }), 'it has the unknown part signer'],
    ['another service', observed('get-caller-identity', {}, 200, {}, { service: 'sts' }), 'it calls sts'],
    ['another caller', observed('head-bucket', vault, 200, {}, { actor: 'stranger' }), 'it has another caller'],
    [
      'a website',
      observed('head-bucket', { host: 'vault.s3-website-us-east-1.amazonaws.com' }),
      'it calls a website endpoint',
    ],
    [
      'what a client refused',
      { ...observed('head-bucket', vault), result: { code: 'CLIError' } },
      'its client did not send it',
    ],
    ['no status', observed('head-bucket', vault, Number.NaN), 'its status is not in the recording'],
    ['a body that nobody recorded', observed('put-object', key, 200, tag), 'its body is not in the recording'],
    [
      'a version of before',
      observed('head-object', { ...key, VersionId: id(7) }),
      'it names an id that no played call answered',
    ],
    [
      'a name of before',
      observed('head-object', { ...key, VersionId: `\${before}` }),
      'it names an id that no played call answered',
    ],
  ])('%s', (_what, observation, reason) => {
    const all = leftOut(created, observation);
    expect(all).toEqual([{ label: observation.operation, reason }]);
  });

  it('and all later calls of its bucket, if it changed something', () => {
    const other = { Bucket: 'invented-other' };
    const change = observed('put-bucket-versioning', { ...vault, Wings: 2 });
    const reasons = leftOut(
      created,
      observed('create-bucket', other),
      change,
      observed('get-bucket-versioning', vault),
      observed('get-bucket-versioning', other),
      observed('copy-object', { ...other, Key: 'k', CopySource: 'invented-vault/k' }),
    )?.map(({ reason }) => reason);
    const lost = 'it follows a call of its bucket that is left out';
    expect(reasons).toEqual(['PutBucketVersioning has no member Wings', lost, lost]);
  });

  it('and all later calls of its bucket, if S3 Control changed that', () => {
    const input = { AccountId: '123456789012', ResourceArn: 'arn:aws:s3:::invented-vault', Wings: [] };
    const tag = observed('tag-resource', input, 204, {}, { service: 's3control' });
    expect(leftOut(created, tag, observed('get-bucket-tagging', vault))).toHaveLength(2);
    const other = {
      ...tag,
      input: { ...input, ResourceArn: 'arn:aws:s3:us-east-1:123456789012:accesspoint/invented' },
    };
    expect(leftOut(created, other, observed('get-bucket-tagging', vault))).toHaveLength(1);
  });

  it('and all later calls through an access point of its bucket', () => {
    const control = { service: 's3control' };
    const named = { AccountId: '123456789012', Name: 'invented-point' };
    const made = { AccessPointArn: 'arn:aws:s3:us-east-1:123456789012:accesspoint/invented-point' };
    const create = observed('create-access-point', { ...named, ...vault }, 200, made, control);
    const list = observed('list-objects-v2', { Bucket: made.AccessPointArn });
    const unknown = observed('put-bucket-versioning', { ...vault, Wings: 2 });
    expect(leftOut(created, create, list)).toEqual([]);
    expect(leftOut(created, create, unknown, list)).toHaveLength(2);
  });

  it.each([
    ['was refused', observed('put-bucket-versioning', { ...vault, Wings: 2 }, 403)],
    ['reads', observed('get-bucket-versioning', { ...vault, Wings: 2 })],
    ['calls another service', observed('create-user', { UserName: 'ann' }, 200, {}, { service: 'iam' })],
  ])('but no later call, if it %s', (_what, observation) => {
    expect(leftOut(created, observation, observed('get-bucket-versioning', vault))).toHaveLength(1);
  });
});
