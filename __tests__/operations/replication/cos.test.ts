import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { copiedBuckets, listedFailures, ofCos, ruleTo, setVersioning } from '../../support/cos-replication';
import { testKey } from '../../support/customer-keys';
import { legalHold, retained } from '../../support/locks';
import { askCos, done, outcomeOf } from '../../support/protection';
import { sendRestore } from '../../support/restores';

const lockedSource = (bucket: string) => ({
  region: ofCos.region,
  objectLock: true,
  replication: { Rules: [ruleTo(bucket)] },
});

const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  buckets: {
    ...copiedBuckets,
    locked: lockedSource('open'),
    open: ofCos,
    'locked-too': lockedSource('monthly'),
    monthly: {
      region: ofCos.region,
      objectLock: { defaultRetention: { Mode: 'COMPLIANCE', Days: 30 } },
    },
  },
});

const keysIn = (bucket: string) => Object.keys(s3.bucket(bucket).objects);
const tagging = (value: string) =>
  `<Tagging><TagSet><Tag><Key>state</Key><Value>${value}</Value></Tag></TagSet></Tagging>`;
const put = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  askCos(`PUT ${path}`, { body: 'data', ...headers });

// F869
describe('a rule of IBM COS', () => {
  it('copies a version with its id, its time, its ETag, its metadata and its tags', async () => {
    await put('/vault/a', { 'x-amz-meta-by': 'me', 'x-amz-tagging': 'state=new', 'content-type': 'text/plain' });
    const [version] = s3.bucket('vault').versions();
    const heads = await Promise.all(['/vault/a', '/replica/a'].map((path) => askCos(`HEAD ${path}`)));
    const factsOf = ({ header }: (typeof heads)[number]) =>
      ['x-amz-version-id', 'last-modified', 'etag', 'content-type', 'x-amz-meta-by', 'x-amz-tagging-count'].map(header);
    expect(heads.map(factsOf)).toEqual(
      heads.map(() => [
        version?.versionId,
        'Sun, 01 Mar 2026 12:00:00 GMT',
        '"8d777f385d3dfec8815d20f7496026dc"',
        'text/plain',
        'me',
        '1',
      ]),
    );
  });

  // F870
  it('has no status on the wire, at neither bucket', async () => {
    await put('/vault/copied');
    await setVersioning('replica', 'Suspended');
    await put('/vault/failed');
    const answers = await Promise.all(
      ['HEAD /vault/copied', 'GET /vault/copied', 'HEAD /replica/copied', 'HEAD /vault/failed'].map((line) =>
        askCos(line),
      ),
    );
    expect(answers.map(({ status, header }) => ({ status, replication: header('x-amz-replication-status') }))).toEqual(
      answers.map(() => ({ status: 200, replication: undefined })),
    );
  });

  it.each([
    ['an archived object', { 'x-amz-storage-class': 'GLACIER' }],
    ['an object with a key of the customer', testKey('k').headers],
  ])('does not copy %s', async (_what, headers) => {
    const { status } = await put('/vault/a', headers);
    expect({ status, keys: keysIn('replica'), failures: await listedFailures() }).toEqual({
      status: 200,
      keys: [],
      failures: [],
    });
  });

  it('does not copy an object because it is restored', async () => {
    s3.bucket('vault').put('old', 'data', { storageClass: 'GLACIER' });
    await sendRestore('old', { days: 2, host: cosHost });
    s3.clock.advance({ days: 1 });
    expect({ status: (await askCos('GET /vault/old')).status, keys: keysIn('replica') }).toEqual({
      status: 200,
      keys: [],
    });
  });

  it('copies no ACL, with an object or later', async () => {
    await put('/vault/a', { 'x-amz-acl': 'public-read' });
    await put('/vault/b');
    await askCos('PUT /vault/b?acl', { 'x-amz-acl': 'public-read' });
    const isPublic = async (path: string) => (await askCos(`GET ${path}?acl`)).body.includes('AllUsers');
    const found = await Promise.all(['/vault/a', '/vault/b', '/replica/a', '/replica/b'].map(isPublic));
    expect(found).toEqual([true, true, false, false]);
    expect(s3.requests.serviceActions).toHaveLength(2);
  });
});

// F869
describe('versioning beside a rule of IBM COS', () => {
  it('can be suspended in the destination, and then fails every copy', async () => {
    expect(outcomeOf(await setVersioning('replica', 'Suspended'))).toEqual(done);
    await put('/vault/a');
    expect({ keys: keysIn('replica'), listed: await listedFailures() }).toEqual({
      keys: [],
      listed: [expect.objectContaining({ key: 'a', cause: 'Versioning disabled on destination bucket' })],
    });
  });
});

// F869
describe('object lock and replication of IBM COS', () => {
  const until = '2026-06-01T00:00:00Z';
  const lock = { 'x-amz-object-lock-mode': 'COMPLIANCE', 'x-amz-object-lock-retain-until-date': until };
  const listed = async () => (await askCos('GET /locked?ibm-replication-failures')).body;

  it('fail for locked objects alone if the destination has no lock', async () => {
    await put('/locked/free');
    await put('/locked/kept', lock);
    expect({ keys: keysIn('open'), body: await listed() }).toEqual({
      keys: ['free'],
      body: expect.stringMatching(
        /<KeyCount>1<.*<Key>kept<.*<SyncFailureCause>Object lock is not enabled on the destination bucket</,
      ),
    });
  });

  it('go on once the destination has it', async () => {
    await put('/locked/kept', lock);
    s3.bucket('open').objectLock = true;
    s3.clock.set('2026-03-02T00:00:00Z');
    expect((await askCos('HEAD /open/kept')).header('x-amz-object-lock-retain-until-date')).toBe(
      '2026-06-01T00:00:00Z',
    );
    expect(await listed()).toContain('<KeyCount>0</KeyCount>');
  });

  it('fail for later locks by their own words, while tags go on', async () => {
    await put('/locked/a');
    await askCos('PUT /locked/a?retention', { body: retained('COMPLIANCE', until) });
    await askCos('PUT /locked/a?legal-hold', { body: legalHold('ON') });
    await askCos('PUT /locked/a?tagging', { body: tagging('done') });
    expect((await askCos('GET /open/a?tagging')).body).toContain('done');
    expect([...(await listed()).matchAll(/<SyncType>(.*?)</g)].map(([, type]) => type)).toEqual([
      'LegalHold',
      'Retention',
    ]);
  });

  it('copy later locks to a destination that has it', async () => {
    await put('/locked-too/a', lock);
    await askCos('PUT /locked-too/a?legal-hold', { body: legalHold('ON') });
    const { header } = await askCos('HEAD /monthly/a');
    expect({
      mode: header('x-amz-object-lock-mode'),
      until: header('x-amz-object-lock-retain-until-date'),
      hold: header('x-amz-object-lock-legal-hold'),
    }).toEqual({ mode: 'COMPLIANCE', until: '2026-06-01T00:00:00Z', hold: 'ON' });
  });

  it('give an unlocked object the default retention of the destination', async () => {
    await put('/locked-too/a');
    const { header } = await askCos('HEAD /monthly/a');
    expect(header('x-amz-object-lock-retain-until-date')).toBe('2026-03-31T12:00:00Z');
  });
});
