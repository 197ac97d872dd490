import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { copiedBuckets, failuresIn, listedFailures, setVersioning } from '../../support/cos-replication';
import { answerDocument } from '../../support/documents';
import { askCos, invalid, outcomeOf } from '../../support/protection';
import { send } from '../../support/wire-client';

const s3 = mockS3({ now: '2026-03-01T12:00:00Z', buckets: copiedBuckets });

const failures = 'GET /vault?ibm-replication-failures';
const answerOfCos = (content: string) =>
  answerDocument('ListReplicationFailureResult', content).replace('?>', ' standalone="yes"?>');
const unversioned = 'Versioning disabled on destination bucket';
const statuses = () =>
  s3.requests.serviceActions.map((one) => (one.action === 'replicate' ? `${one.key} ${one.result}` : one.action));

async function fail(...keys: readonly string[]): Promise<void> {
  await setVersioning('replica', 'Suspended');
  for (const key of keys) {
    await askCos(`PUT /vault/${encodeURIComponent(key)}`, { body: key });
    s3.clock.advance({ seconds: 1 });
  }
}

// F865
describe('the failures of replication that IBM COS lists', () => {
  it('are an empty list at first', async () => {
    const { status, text, header } = await askCos(failures);
    expect({ status, type: header('content-type'), text }).toEqual({
      status: 200,
      type: 'application/xml',
      text: answerOfCos(
        '<Name>vault</Name><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><KeyCount>0</KeyCount>',
      ),
    });
  });

  it('are written in the order of IBM’s documentation, the newest first', async () => {
    await fail('old', 'new');
    const [newer, older] = s3.bucket('vault').versions();
    const entry = (key: string, id: string | undefined, time: string) =>
      `<Contents><Key>${key}</Key><VersionId>${id}</VersionId><SyncType>Content</SyncType>` +
      `<FirstSyncAttempted>${time}</FirstSyncAttempted><LastSyncAttempted>${time}</LastSyncAttempted>` +
      `<SyncFailureCause>${unversioned}</SyncFailureCause></Contents>`;
    const { text } = await askCos(
      `${failures}&first-sync-attempted-before=1772366460000&max-keys=10&encoding-type=url`,
    );
    expect(text).toBe(
      answerOfCos(
        '<Name>vault</Name><FirstSyncAttemptedBefore>2026-03-01T12:01:00.000Z</FirstSyncAttemptedBefore>' +
          '<MaxKeys>10</MaxKeys><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType><KeyCount>2</KeyCount>' +
          entry('new', newer?.versionId, '2026-03-01T12:00:01.000Z') +
          entry('old', older?.versionId, '2026-03-01T12:00:00.000Z'),
      ),
    );
  });

  it('have keys that are encoded if the request asks for it', async () => {
    await fail('a b+ü');
    const keysOf = async (query: string) => (await listedFailures(query)).map(({ key }) => key);
    expect({ plain: await keysOf(''), encoded: await keysOf('&encoding-type=url') }).toEqual({
      plain: ['a b+ü'],
      encoded: ['a+b%2B%C3%BC'],
    });
  });

  it.each([
    ['a time in milliseconds', String(Date.UTC(2026, 2, 1, 12, 0, 1))],
    ['a date', '2026-03-01T12:00:01Z'],
  ])('begin with those of %s, and go back from there', async (_what, time) => {
    await fail('first', 'second', 'third');
    const listed = await listedFailures(`&first-sync-attempted-before=${time}`);
    expect(listed.map(({ key }) => key)).toEqual(['second', 'first']);
  });

  it('come page by page, by the token of the page before', async () => {
    await fail('one', 'two', 'three');
    const textIn = (body: string, name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(body)?.[1];
    const first = await askCos(`${failures}&max-keys=2`);
    const token = textIn(first.body, 'NextContinuationToken') ?? '';
    const second = await askCos(`${failures}&max-keys=2&continuation-token=${encodeURIComponent(token)}`);
    const pages = [first, second].map(({ body }) => ({
      keys: failuresIn(body).map(({ key }) => key),
      isTruncated: textIn(body, 'IsTruncated'),
      count: textIn(body, 'KeyCount'),
      token: textIn(body, 'ContinuationToken'),
    }));
    expect(pages).toEqual([
      { keys: ['three', 'two'], isTruncated: 'true', count: '2', token: undefined },
      { keys: ['one'], isTruncated: 'false', count: '1', token },
    ]);
  });

  const tag = (key: string) =>
    askCos(`PUT /vault/${key}?tagging`, {
      body: '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>',
    });

  it.each<readonly [what: string, act: () => Promise<void>, listed: readonly string[]]>([
    [
      'of one moment',
      async () => {
        await fail();
        for (const key of ['one', 'two']) await askCos(`PUT /vault/${key}`, { body: key });
      },
      ['two Content', 'one Content'],
    ],
    [
      'of one version and one moment',
      async () => {
        s3.bucket('vault').objectLock = true;
        await askCos('PUT /vault/one', { body: 'one' });
        s3.clock.advance({ days: 1 });
        await fail();
        await tag('one');
        await askCos('PUT /vault/one?legal-hold', { body: '<LegalHold><Status>ON</Status></LegalHold>' });
      },
      ['one LegalHold', 'one Tag'],
    ],
    [
      'about versions that are older than others which failed before',
      async () => {
        for (const key of ['one', 'two']) await askCos(`PUT /vault/${key}`, { body: key });
        s3.clock.advance({ days: 1 });
        await fail();
        for (const key of ['two', 'one']) {
          await tag(key);
          s3.clock.advance({ seconds: 1 });
        }
      },
      ['one Tag', 'two Tag'],
    ],
  ])('come page by page if they are %s', async (_what, act, expected) => {
    await act();
    const listed: string[] = [];
    let token: string | undefined;
    do {
      const more = token === undefined ? '' : `&continuation-token=${encodeURIComponent(token)}`;
      const { body } = await askCos(`${failures}&max-keys=1${more}`);
      listed.push(...failuresIn(body).map(({ key, type }) => `${key} ${type}`));
      token = /<NextContinuationToken>(.*?)</.exec(body)?.[1];
    } while (token !== undefined && listed.length < 5);
    expect(listed).toEqual(expected);
  });

  it('go on at the place of the token, without what was copied meanwhile and what failed since', async () => {
    await fail('one', 'two', 'three');
    const { body } = await askCos(`${failures}&max-keys=1`);
    const token = /<NextContinuationToken>(.*?)</.exec(body)?.[1] ?? '';
    await askCos(`DELETE /vault/one?versionId=${s3.bucket('vault').current('one')?.versionId}`);
    await setVersioning('replica', 'Enabled');
    s3.clock.advance({ days: 1 });
    await fail('four');
    const listed = await listedFailures(`&continuation-token=${encodeURIComponent(token)}`);
    expect(listed.map(({ key, cause }) => ({ key, cause }))).toEqual([{ key: 'one', cause: 'Local object not found' }]);
  });

  it('are a thousand at most on a page, whatever max-keys says', async () => {
    const { body } = await askCos(`${failures}&max-keys=1001`);
    expect(body).toContain('<MaxKeys>1000</MaxKeys>');
  });

  it('are an empty list if max-keys is 0', async () => {
    await fail('a');
    const { body } = await askCos(`${failures}&max-keys=0`);
    expect(body).toContain('<MaxKeys>0</MaxKeys><IsTruncated>false</IsTruncated><KeyCount>0</KeyCount>');
  });

  it.each([
    ['max-keys=ten'],
    ['max-keys=-1'],
    ['encoding-type=xml'],
    ['continuation-token=made-up'],
    ['continuation-token='],
    ['first-sync-attempted-before=yesterday'],
    ['first-sync-attempted-before='],
    ['first-sync-attempted-before=99999999999999999'],
  ])('are refused with %s', async (parameter) => {
    expect(outcomeOf(await askCos(`${failures}&${parameter}`))).toEqual(invalid);
    const [, value = ''] = parameter.split('=');
    expect(s3.requests.last()?.why).toContain(`'${value}'`);
  });

  it.each(['GET /vault?ibm-replication-failures', 'PUT /vault?ibm-replication-reattempt'])(
    'are not known to AWS: %s',
    async (line) => {
      const [method = '', path = ''] = line.split(' ');
      await send({ method, path });
      expect(s3.requests.at(-1)?.operation).not.toMatch(/Replication/);
    },
  );
});

// F861
describe('what IBM COS could not copy', () => {
  it('is tried again at each midnight UTC, and then has the cause of the last attempt', async () => {
    await fail('a');
    const first = '2026-03-01T12:00:00.000Z';
    s3.clock.advance({ hours: 11 });
    const sameDay = await listedFailures();
    s3.bucket('replica').versioning = 'Enabled';
    await askCos('DELETE /replica');
    s3.clock.advance({ days: 1 });
    const nextDay = await listedFailures();
    expect({ sameDay, nextDay }).toEqual({
      sameDay: [{ key: 'a', type: 'Content', first, last: first, cause: unversioned }],
      nextDay: [
        { key: 'a', type: 'Content', first, last: '2026-03-02T00:00:00.000Z', cause: 'Remote bucket not found' },
      ],
    });
  });

  it('is copied at the midnight after its destination is as it has to be', async () => {
    await fail('a');
    await setVersioning('replica', 'Enabled');
    const before = s3.bucket('replica').objects;
    s3.clock.set('2026-03-02T00:00:00Z');
    expect({ before, after: s3.bucket('replica').objects, listed: await listedFailures() }).toEqual({
      before: {},
      after: { a: [expect.objectContaining({ body: 'a' })] },
      listed: [],
    });
    const [copy] = s3.bucket('replica').versions();
    const [version] = s3.bucket('vault').versions();
    expect({ id: copy?.versionId, time: copy?.lastModified }).toEqual({
      id: version?.versionId,
      time: version?.lastModified,
    });
  });

  it('is given up after 30 days, and stays in the list', async () => {
    await fail('a');
    s3.clock.advance({ days: 40 });
    const listed = await listedFailures();
    await setVersioning('replica', 'Enabled');
    s3.clock.advance({ days: 40 });
    expect({ listed, after: s3.bucket('replica').objects }).toEqual({
      listed: [expect.objectContaining({ key: 'a', last: '2026-03-31T00:00:00.000Z', cause: unversioned })],
      after: {},
    });
    expect(statuses()).toEqual([...Array.from({ length: 30 }, () => 'a PENDING'), 'a FAILED']);
  });

  it('is in JSON, and in no plan, once it is given up', async () => {
    await fail('a');
    const planned = s3.replication.plan().map(({ at }) => at.toISOString());
    s3.clock.advance({ days: 40 });
    const failed = { last: '2026-03-31T00:00:00.000Z', count: 31, reason: 'DstBucketUnversioned', daily: true };
    expect({
      planned,
      plan: s3.replication.plan(),
      queue: JSON.parse(JSON.stringify(s3)).buckets.vault.replicationQueue,
    }).toEqual({
      planned: ['2026-03-02T00:00:00.000Z'],
      plan: [],
      queue: [expect.objectContaining({ key: 'a', failed, givenUp: true })],
    });
  });

  it('is copied at once if its tags change again, though they are tried once a day', async () => {
    await askCos('PUT /vault/a', { body: 'a' });
    const putTags = (value: string) =>
      askCos('PUT /vault/a?tagging', {
        body: `<Tagging><TagSet><Tag><Key>state</Key><Value>${value}</Value></Tag></TagSet></Tagging>`,
      });
    await setVersioning('replica', 'Suspended');
    await putTags('one');
    await setVersioning('replica', 'Enabled');
    await putTags('two');
    expect((await askCos('GET /replica/a?tagging')).body).toContain('<Value>two<');
    expect(await listedFailures()).toEqual([]);
  });

  it('is over for good if its rule is gone, and leaves the list', async () => {
    await fail('a');
    await askCos('DELETE /vault?replication');
    s3.clock.advance({ days: 1 });
    expect({ listed: await listedFailures(), statuses: statuses() }).toEqual({
      listed: [],
      statuses: ['a PENDING', 'a FAILED'],
    });
    expect(s3.requests.serviceActions.at(-1)).toMatchObject({ reason: 'SrcBucketReplicationConfigMissing' });
  });
});

// F868
describe('a reattempt of IBM COS', () => {
  const reattempt = () => askCos('PUT /vault?ibm-replication-reattempt');
  const scheduled = 'x-ibm-replication-reattempt-scheduled-time';

  it.each([
    ['2026-03-01T12:00:00Z', 'Mon, 02 Mar 2026 00:00:00 GMT'],
    ['2026-03-01T23:59:59.999Z', 'Mon, 02 Mar 2026 00:00:00 GMT'],
    ['2026-03-02T00:00:00Z', 'Tue, 03 Mar 2026 00:00:00 GMT'],
  ])('at %s answers 204 and the midnight UTC that comes next', async (now, time) => {
    s3.clock.set(now);
    const { status, body, header } = await reattempt();
    expect({ status, body, time: header(scheduled) }).toEqual({ status: 204, body: '', time });
  });

  it('copies at midnight what was given up', async () => {
    await fail('a', 'b');
    s3.clock.set('2026-04-10T08:00:00Z');
    await setVersioning('replica', 'Enabled');
    await reattempt();
    const notes = s3.requests.at(-1)?.notes;
    s3.clock.set('2026-04-10T23:59:59Z');
    const before = Object.keys(s3.bucket('replica').objects);
    s3.clock.set('2026-04-11T00:00:00Z');
    expect({ notes, before, after: Object.keys(s3.bucket('replica').objects), listed: await listedFailures() }).toEqual(
      {
        notes: ['at 2026-04-11T00:00:00.000Z, IBM COS retries 2 copies that it had given up'],
        before: [],
        after: ['a', 'b'],
        listed: [],
      },
    );
    expect(statuses().slice(-2)).toEqual(['a COMPLETED', 'b COMPLETED']);
  });

  it('is one attempt, however often it is asked for', async () => {
    await fail('a');
    s3.clock.set('2026-04-10T08:00:00Z');
    const tried = statuses().length;
    const times = [(await reattempt()).header(scheduled), (await reattempt()).header(scheduled)];
    s3.clock.advance({ days: 40 });
    expect({ times, statuses: statuses().slice(tried), listed: await listedFailures() }).toEqual({
      times: ['Sat, 11 Apr 2026 00:00:00 GMT', 'Sat, 11 Apr 2026 00:00:00 GMT'],
      statuses: ['a FAILED'],
      listed: [expect.objectContaining({ key: 'a', last: '2026-04-11T00:00:00.000Z' })],
    });
  });

  it('changes nothing for what is tried again anyway', async () => {
    await fail('a');
    await reattempt();
    const notes = s3.requests.at(-1)?.notes;
    s3.clock.advance({ days: 2 });
    expect({ notes, statuses: statuses() }).toEqual({
      notes: ['IBM COS has not given up any copy from this bucket, and retries the others without this request'],
      statuses: ['a PENDING', 'a PENDING', 'a PENDING'],
    });
  });

  it('is refused in a bucket without a replication configuration, whose list is empty', async () => {
    expect(outcomeOf(await askCos('PUT /replica?ibm-replication-reattempt'))).toEqual({
      status: 404,
      code: 'ReplicationConfigurationNotFoundError',
      message: 'The replication configuration was not found',
    });
    expect(s3.requests.last()?.why).toContain("BucketName is 'replica'");
    expect((await askCos('GET /replica?ibm-replication-failures')).status).toBe(200);
  });
});
