import {
  CreateBucketCommand,
  GetBucketVersioningCommand,
  ListBucketsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { S3MockError } from '../../src/index';
import { S3MockError as exportedByTheEntry, mockS3 } from '../../src/testing/jest';

// Written above the mock's beforeEach, so it runs before it, but still belongs to the test.
beforeEach(() => create('by-the-first-before-each'));

const s3 = mockS3({ buckets: { other: { versioning: 'Enabled' }, vault: { versioning: 'Enabled' } } });

let client: S3Client;
const create = (Bucket: string) => client.send(new CreateBucketCommand({ Bucket }));
const suspend = () =>
  client.send(new PutBucketVersioningCommand({ Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } }));
/** What the hooks of a nested describe create stays for the file, and the describes may run in any order. */
const ofNested = new Set(['by-a-nested-before-all', 'by-the-innermost-before-all', 'by-an-after-all']);
const names = () => s3.buckets.map(({ name }) => name);
const namesOfFile = () => names().filter((name) => !ofNested.has(name));
const fixtures = ['other', 'vault'];
const always = ['by-the-first-before-each', 'by-the-second-before-each', ...fixtures];

s3.createBucket('at-file-level');
beforeAll(async () => {
  client = new S3Client({});
  await create('by-before-all');
});
beforeEach(() => create('by-the-second-before-each'));
const lasting = ['at-file-level', 'by-before-all'];

describe('a test', () => {
  let versioningAfter: unknown;

  afterEach(async () => {
    expect(s3).toHaveReceived('PutBucketVersioning', { Bucket: 'vault' });
    versioningAfter = s3.bucket('vault').versioning;
    const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
    expect(Status).toBe('Suspended');
  });
  afterAll(() => {
    expect(versioningAfter).toBe('Suspended');
    // No test runs any more, so the state that the last one created is gone; its requests can be read until another begins.
    expect(namesOfFile()).toEqual([...lasting, ...fixtures].toSorted());
    expect(s3).toHaveReceivedLast('GetBucketVersioning');
    expect(s3.bucket('vault')).toHaveVersioning('Enabled');
  });

  test('changes the state that its afterEach reads', async () => {
    await suspend();
    await create('by-a-test');
    expect(s3.bucket('vault')).toHaveVersioning('Suspended');
    expect(s3).toHaveReceivedLast('CreateBucket', { Bucket: 'by-a-test' });
  });

  test('starts from the fixtures, with the requests of the beforeEach hooks', async () => {
    expect(namesOfFile()).toEqual([...lasting, ...always].toSorted());
    expect(s3.bucket('vault')).toHaveVersioning('Enabled');
    expect(s3).toHaveReceivedOnly('CreateBucket', { Bucket: expect.stringContaining('before-each') });
    expect(s3).toHaveReceivedTimes('CreateBucket', 2);
    expect(s3).toHaveReceivedNth(2, 'CreateBucket', { Bucket: 'by-the-second-before-each' });
    await suspend();
  });
});

describe('a nested describe', () => {
  beforeAll(async () => {
    expect(names()).toEqual([...lasting, ...fixtures].toSorted());
    await create('by-a-nested-before-all');
    s3.bucket('other').versioning = 'Suspended';
  });
  beforeEach(() => create('by-a-nested-before-each'));
  const nested = [...lasting, 'by-a-nested-before-all'];
  const withoutInnermost = () => names().filter((name) => !/innermost|after-all/.test(name));

  for (const turn of ['first', 'second']) {
    test(`keeps the state that its beforeAll created: ${turn} test`, async () => {
      expect(withoutInnermost()).toEqual([...nested, ...always, 'by-a-nested-before-each'].toSorted());
      expect(s3.bucket('other')).toHaveVersioning('Suspended');
      await create('by-a-test');
    });
  }

  describe('in it', () => {
    beforeAll(() => create('by-the-innermost-before-all'));
    afterAll(async () => {
      await create('by-an-after-all');
    });

    test('another has both', () => {
      expect(names()).toEqual(
        [...nested, ...always, 'by-a-nested-before-each', 'by-the-innermost-before-all'].toSorted(),
      );
    });
  });
});

describe('concurrent tests', () => {
  test.concurrent('share state and requests', async () => {
    await create('by-a-concurrent-test');
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    expect(names()).toContain('by-a-concurrent-test');
    expect(s3).toHaveReceived('CreateBucket', { Bucket: 'by-a-concurrent-test' });
    expect(s3).toHaveReceived('ListBuckets');
  });
  test.concurrent('that end before others', async () => {
    const { $metadata } = await client.send(new ListBucketsCommand({}));
    expect($metadata.httpStatusCode).toBe(200);
  });
  afterAll(() => expect(names()).not.toContain('by-a-concurrent-test'));
});

describe('the entry', () => {
  test('exports all names of the main entry', () => {
    expect(exportedByTheEntry).toBe(S3MockError);
  });

  test('refuses to create a mock in a test', () => {
    let thrown: unknown;
    try {
      mockS3();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(S3MockError);
    expect(thrown).toMatchObject({
      code: 'INSIDE_TEST',
      message:
        "mockS3() of s3-versioning-mock/jest was called in the test 'the entry refuses to create a mock in a test', or in a hook of it. " +
        'It registers hooks, and resets the buckets before each test, so it needs no beforeEach: write const s3 = mockS3({ ... }) at the top ' +
        'of the file or in a describe. For a mock of one test, or of a hook of your own, write ' +
        "import { mockS3 } from 's3-versioning-mock', which has no hooks: call s3.stop() in afterEach, and write " +
        "import 's3-versioning-mock/jest' for the matchers.",
    });
    expect(String((thrown as Error).stack).split('\n')[1]).toMatch(/jest-entry\.test\.ts/);
  });
});

// Written below the mock's afterAll: a client that cleans up is still answered by the mock, not by the network.
afterAll(async () => {
  const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
  expect(Buckets.map(({ Name }) => Name)).toContain('vault');
});
