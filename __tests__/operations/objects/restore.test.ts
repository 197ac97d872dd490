import { describe, expect, it } from '@jest/globals';
import { type Duration, mockS3 } from 's3-versioning-mock/jest';
import { errorDocument } from '../../support/documents';
import { answered } from '../../support/objects';
import { archiveOf, ongoing, type SentRestore, sendRestore, until } from '../../support/restores';
import { send } from '../../support/wire-client';

// User Guide, "Restoring an archived object": the example of 15 October.
const s3 = mockS3({
  now: '2026-10-15T10:30:00Z',
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: {
        old: { body: 'old', storageClass: 'GLACIER' },
        deep: { body: 'deep', storageClass: 'DEEP_ARCHIVE' },
        warm: { body: 'warm', storageClass: 'GLACIER_IR' },
        two: [
          { body: 'one', versionId: 'v1', storageClass: 'GLACIER' },
          { body: 'two', versionId: 'v2' },
        ],
      },
    },
  },
});

const list = (query = '') =>
  send({ path: `/vault?${query}&prefix=old`, headers: { 'x-amz-optional-object-attributes': 'RestoreStatus' } });
const copyOf = (source: string) =>
  send({ method: 'PUT', path: '/vault/copy', headers: { 'x-amz-copy-source': source } });

// F800, F801
describe('a restore', () => {
  it.each<{ key: string; sent: SentRestore; time: Duration; why: string; end: string }>`
    key       | sent                              | time              | why                  | end
    ${'old'}  | ${{ days: 3, tier: 'Expedited' }} | ${{ minutes: 5 }} | ${'1 to 5 minutes'}  | ${'Mon, 19'}
    ${'old'}  | ${{ days: 3 }}                    | ${{ hours: 5 }}   | ${'Standard'}        | ${'Mon, 19'}
    ${'deep'} | ${{ days: 3, tier: 'Bulk' }}      | ${{ hours: 48 }}  | ${'within 48 hours'} | ${'Wed, 21'}
  `('of $key with $sent is ready after $time: $why', async ({ key, sent, time, end }) => {
    await sendRestore(key, sent);
    s3.clock.advance({ milliseconds: -1 });
    s3.clock.advance(time);
    const before = await archiveOf(key);
    s3.clock.advance({ milliseconds: 1 });
    const storageClass = s3.bucket('vault').object(key).storageClass;
    expect({ before, after: await archiveOf(key) }).toEqual({
      before: { status: 403, restore: ongoing, storageClass },
      after: { status: 200, restore: until(`${end} Oct 2026 00:00:00 GMT`), storageClass },
    });
  });

  it('answers 202 without a body', async () => {
    const { status, body, header } = await sendRestore('old');
    expect({ status, body, version: header('x-amz-version-id') }).toEqual({
      status: 202,
      body: '',
      version: s3.bucket('vault').object('old').versionId,
    });
  });

  it('leaves nothing in the heads of objects that nobody restored', async () => {
    expect(await archiveOf('old')).toEqual({ status: 403, restore: undefined, storageClass: 'GLACIER' });
    expect(await archiveOf('warm')).toEqual({ status: 200, restore: undefined, storageClass: 'GLACIER_IR' });
  });
});

// F803
describe('a restored copy', () => {
  it('is removed at the midnight after the request and its days', async () => {
    await sendRestore('old', { days: 3, tier: 'Expedited' });
    s3.clock.set('2026-10-18T23:59:59.999Z');
    const before = await archiveOf('old');
    s3.clock.advance({ milliseconds: 1 });
    expect({ before, after: await archiveOf('old') }).toEqual({
      before: { status: 200, restore: until('Mon, 19 Oct 2026 00:00:00 GMT'), storageClass: 'GLACIER' },
      after: { status: 403, restore: undefined, storageClass: 'GLACIER' },
    });
  });

  it.each<{ days: number; expiry: string }>`
    days  | expiry
    ${1}  | ${'Sun, 18 Oct 2026 00:00:00 GMT'}
    ${10} | ${'Tue, 27 Oct 2026 00:00:00 GMT'}
  `('stays $days days from the request that changes them, which answers 200', async ({ days, expiry }) => {
    await sendRestore('old');
    s3.clock.set('2026-10-16T11:00:00Z');
    const { status, body } = await sendRestore('old', { days, tier: 'Bulk' });
    expect({ status, body, after: await archiveOf('old') }).toEqual({
      status: 200,
      body: '',
      after: { status: 200, restore: until(expiry), storageClass: 'GLACIER' },
    });
  });

  it('may be asked for again once it was removed', async () => {
    await sendRestore('old', { days: 1, tier: 'Expedited' });
    s3.clock.advance({ days: 3 });
    expect((await sendRestore('old')).status).toBe(202);
  });
});

// F804
describe('a restore that is under way', () => {
  it('ends with its version', async () => {
    await sendRestore('two&versionId=v1');
    await send({ method: 'DELETE', path: '/vault/two?versionId=v1' });
    s3.clock.advance({ days: 1 });
    expect(s3.requests.serviceActions).toEqual([]);
    expect((await send({ path: '/vault/two?versionId=v1' })).status).toBe(404);
  });

  it('goes on below a delete marker, and below a newer version', async () => {
    await sendRestore('old');
    s3.bucket('vault').put('old', 'newer');
    await send({ method: 'DELETE', path: '/vault/old' });
    s3.clock.advance({ hours: 5 });
    const [marker, newer, version] = s3.bucket('vault').versions('old');
    expect({ isMarker: marker?.deleteMarker, newer: newer?.restore, ongoing: version?.restore?.ongoing }).toEqual({
      isMarker: true,
      newer: undefined,
      ongoing: false,
    });
    expect((await send({ path: `/vault/old?versionId=${version?.versionId}` })).body).toBe('old');
  });
});

// F805
describe('a restore of a version', () => {
  it('is one of that version alone, though it is noncurrent', async () => {
    expect((await sendRestore('two&versionId=v1')).status).toBe(202);
    s3.clock.advance({ hours: 5 });
    const restored = await send({ path: '/vault/two?versionId=v1' });
    expect({ body: restored.body, restore: restored.header('x-amz-restore') }).toEqual({
      body: 'one',
      restore: until('Mon, 19 Oct 2026 00:00:00 GMT'),
    });
    expect((await archiveOf('two')).restore).toBeUndefined();
  });

  it('is not one of the version that takes the place of the null version', async () => {
    s3.bucket('vault').versioning = 'Suspended';
    s3.bucket('vault').put('null', 'old', { storageClass: 'GLACIER' });
    await sendRestore('null');
    s3.bucket('vault').put('null', 'new', { storageClass: 'GLACIER' });
    s3.clock.advance({ hours: 5 });
    expect(await archiveOf('null')).toEqual({ status: 403, restore: undefined, storageClass: 'GLACIER' });
  });
});

describe('a version in an archive', () => {
  it.each<{ what: string; path: string; method: string; status: number }>`
    what              | path            | method      | status
    ${'its deletion'} | ${'/vault/old'} | ${'DELETE'} | ${204}
    ${'an overwrite'} | ${'/vault/old'} | ${'PUT'}    | ${200}
  `('allows $what', async ({ path, method, status }) => {
    expect((await send({ path, method })).status).toBe(status);
  });

  it.each(['a request', 'a restore under way'])('is not read after %s', async (what) => {
    if (what !== 'a request') await sendRestore('old');
    const { status, text } = await send({ path: '/vault/old' });
    const { why } = s3.requests.at(-1) ?? {};
    expect({ status, text, why }).toEqual({
      why:
        what === 'a request'
          ? 'the object is in GLACIER, and has no restored copy: RestoreObject creates a copy'
          : expect.stringMatching(
              /^a restore by Standard is ready at [-\dT:.]+Z by the mock's clock, which s3.clock.advance moves$/,
            ),
      status: 403,
      text: errorDocument(
        'InvalidObjectState',
        "The operation is not valid for the object's storage class",
        '<StorageClass>GLACIER</StorageClass>',
      ),
    });
  });

  it('is not copied, whole or in parts, before it is restored', async () => {
    const upload = await send({ method: 'POST', path: '/vault/copy?uploads' });
    const id = /<UploadId>(.*)<\/UploadId>/.exec(upload.body)?.[1];
    const copyPart = () =>
      send({
        method: 'PUT',
        path: `/vault/copy?partNumber=1&uploadId=${id}`,
        headers: { 'x-amz-copy-source': '/vault/old' },
      });
    await sendRestore('old');
    const before = [(await copyOf('/vault/old')).text, (await copyPart()).text];
    s3.clock.advance({ hours: 5 });
    const refusal = errorDocument(
      'InvalidObjectState',
      "Operation is not valid for the source object's storage class",
      '<StorageClass>GLACIER</StorageClass>',
    );
    expect(before.map((one) => one.replace(/^.*<Error>/s, '<Error>'))).toEqual(
      [refusal, refusal].map((one) => one.replace(/^.*<Error>/s, '<Error>')),
    );
    const copied = { whole: (await copyOf('/vault/old')).status, part: (await copyPart()).status };
    expect(copied).toEqual({ whole: 200, part: 200 });
    expect(s3.bucket('vault').object('copy')).toMatchObject({ storageClass: 'STANDARD', restore: undefined });
  });
});

// F806
describe('a listing that is asked for RestoreStatus', () => {
  it.each(['', 'list-type=2', 'versions'])('?%s has it as the last element of an object', async (query) => {
    const inner = async () =>
      /<StorageClass>GLACIER<\/StorageClass>(.*?)<\/(?:Contents|Version)>/.exec((await list(query)).body)?.[1];
    const never = await inner();
    await sendRestore('old');
    const before = await inner();
    s3.clock.advance({ hours: 5 });
    expect({ never, before, after: await inner() }).toEqual({
      never: '',
      before: '<RestoreStatus><IsRestoreInProgress>true</IsRestoreInProgress></RestoreStatus>',
      after:
        '<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress><RestoreExpiryDate>2026-10-19T00:00:00.000Z</RestoreExpiryDate></RestoreStatus>',
    });
  });

  it('leaves it out if it is not asked for', async () => {
    await sendRestore('old');
    expect((await send({ path: '/vault?list-type=2' })).body).not.toContain('RestoreStatus');
  });

  it('is refused if it is asked for something else', async () => {
    expect(
      await answered(
        send({
          path: '/vault?versions',
          headers: { 'x-amz-optional-object-attributes': 'RestoreStatus,Size' },
        }),
      ),
    ).toEqual({
      status: 400,
      text: errorDocument(
        'InvalidArgument',
        'Invalid attribute name specified.',
        '<ArgumentName>x-amz-optional-object-attributes</ArgumentName><ArgumentValue>Size</ArgumentValue>',
      ),
    });
  });
});

// F807
describe('lifecycle over a restored copy', () => {
  it('expires the object, and its copy with it', async () => {
    s3.bucket('vault').lifecycle = {
      Rules: [{ ID: 'end', Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }],
    };
    await sendRestore('two&versionId=v1', { days: 10 });
    s3.clock.advance({ days: 3 });
    expect(s3.bucket('vault')).toHaveVersions('two', ['two']);
    expect(s3.requests.serviceActions.map(({ action, at }) => `${at.toISOString()} ${action}`)).toEqual([
      '2026-10-15T15:30:00.000Z restore',
      '2026-10-17T00:00:00.000Z remove',
    ]);
  });

  it('moves the object to a colder archive, where its copy is still read', async () => {
    s3.bucket('vault').lifecycle = {
      Rules: [
        {
          ID: 'cold',
          Status: 'Enabled',
          Filter: { And: { Prefix: 'old', ObjectSizeGreaterThan: 1 } },
          Transitions: [{ Days: 1, StorageClass: 'DEEP_ARCHIVE' }],
        },
      ],
    };
    await sendRestore('old', { days: 5 });
    s3.clock.advance({ days: 3 });
    expect(await archiveOf('old')).toEqual({
      status: 200,
      restore: until('Wed, 21 Oct 2026 00:00:00 GMT'),
      storageClass: 'DEEP_ARCHIVE',
    });
  });
});

describe('the journal', () => {
  // F808
  it('has what S3 did by itself, at its time', async () => {
    await sendRestore('old');
    s3.clock.advance({ days: 10 });
    const versionId = s3.bucket('vault').current('old')?.versionId;
    const action = { bucket: 'vault', key: 'old', versionId, accessTier: undefined, rule: undefined };
    expect(s3.requests.serviceActions).toEqual([
      { ...action, action: 'restore', operation: 'S3.RESTORE.OBJECT', at: new Date('2026-10-15T15:30:00Z') },
      { ...action, action: 'discard', operation: 'S3.EXPIRE.RESTORED_COPY', at: new Date('2026-10-19T00:00:00Z') },
    ]);
    expect(String(s3.requests)).toContain(`2026-10-15 15:30  S3.RESTORE.OBJECT  vault/old  version ${versionId}\n`);
  });

  it('has the request with its input', async () => {
    await sendRestore('two&versionId=v1', { days: 2, tier: 'Bulk' });
    expect(s3).toHaveReceived('RestoreObject', {
      Bucket: 'vault',
      Key: 'two',
      VersionId: 'v1',
      RestoreRequest: { Days: 2, GlacierJobParameters: { Tier: 'Bulk' } },
    });
  });
});

it('a restore that a test makes fail restores nothing', async () => {
  s3.on('RestoreObject', { Key: 'old' }).fail('GlacierExpeditedRetrievalNotAvailable', { times: 1 });
  const { status, body } = await sendRestore('old', { days: 1, tier: 'Expedited' });
  expect({ status, body, restore: s3.bucket('vault').object('old').restore }).toEqual({
    status: 503,
    body: expect.stringContaining('<Code>GlacierExpeditedRetrievalNotAvailable</Code>'),
    restore: undefined,
  });
  expect((await sendRestore('old', { days: 1, tier: 'Expedited' })).status).toBe(202);
});
