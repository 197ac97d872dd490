import { beforeAll, describe, expect, it } from '@jest/globals';
import { type JestRun, readJestRun } from '../../support/jest-run';
import { libraryProject } from '../../support/library-project';
import type { Ended } from '../../support/project';

/** A test file of a user: `archive` is the code under test. */
const suite = (archive: string) => `
const { CreateMultipartUploadCommand, DeleteObjectsCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { mockS3 } = require('s3-versioning-mock/jest');

const s3 = mockS3({
  buckets: {
    vault: { versioning: 'Enabled', mfaDelete: 'Enabled', objects: { 'report.pdf': ['first', 'second'] } },
    locked: { objectLock: { defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } } },
  },
});
const client = new S3Client({});
const send = (command) => client.send(command).catch(() => {});

async function archive() {
  ${archive}
}

test('archives', async () => {
  await archive();
  expect(s3.requests).toMatchSnapshot();
  expect(s3.bucket('vault')).toMatchSnapshot();
  expect(s3.bucket('locked')).toMatchSnapshot();
  expect(s3.account).toMatchSnapshot();
  expect(s3.mfa).toMatchSnapshot();
  expect({ handle: s3.bucket('vault'), requests: s3.requests }).toMatchSnapshot();
});
`;

const code = `
  await send(new PutObjectCommand({ Bucket: 'vault', Key: 'notes.txt', Body: 'the notes', Metadata: { author: 'ann' } }));
  await send(new PutObjectCommand({ Bucket: 'locked', Key: 'big.bin', Body: Buffer.alloc(5000) }));
  await send(new CreateMultipartUploadCommand({ Bucket: 'vault', Key: 'film.mp4' }));
  await send(new DeleteObjectsCommand({ Bucket: 'vault', Delete: { Objects: [{ Key: 'report.pdf' }] } }));
  await send(new PutBucketVersioningCommand({
    Bucket: 'vault', MFA: s3.mfa.header(), VersioningConfiguration: { Status: 'Suspended', MFADelete: 'Disabled' },
  }));
  await send(new PutBucketVersioningCommand({ Bucket: 'vault', VersioningConfiguration: { Status: 'Paused' } }));
`;

const changes = {
  'another body': code.replace('the notes', 'other notes'),
  'one byte of a long body': code.replace('Buffer.alloc(5000)', 'Buffer.alloc(5000).fill(1, 4999)'),
  'other metadata': code.replace("author: 'ann'", "author: 'ben'"),
  'another outcome': code.replace('s3.mfa.header()', 's3.mfa.serial + " 000000"'),
  'one request less': code.replace(/await send\(new CreateMultipart.*/, ''),
};

const failing = `
const { PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { mockS3 } = require('s3-versioning-mock/jest');

const s3 = mockS3();
beforeEach(async () => {
  s3.createBucket('vault', { versioning: 'Enabled' });
  await new S3Client({}).send(new PutObjectCommand({ Bucket: 'vault', Key: 'a', Body: 'first' }));
});

test('the requests', () => expect(s3.requests).toEqual([]));
test('a part of the requests', () => expect(s3.requests).toMatchObject([{ status: 403 }]));
test('the bucket', () => expect(s3.bucket('vault')).toEqual({ name: 'vault' }));
test('the account', () => expect(s3.account).toEqual({}));
test('the device', () => expect(s3.mfa).toEqual({}));
`;

describe('a comparison', () => {
  const project = libraryProject('comparisons');

  it('that fails in a worker of jest says how the value differs', async () => {
    // Two files, since jest runs one in its own process.
    project.write('failing.test.js', failing);
    project.write('other.test.js', "test('passes', () => {});");
    const { tests, stderr } = readJestRun(await project.jest(['--json', '-w', '2']));
    const messageOf = (title: string) => tests[`failing: ${title}`]?.[1];
    expect(messageOf('the requests')).toContain('"operation": "PutObject"');
    expect(messageOf('a part of the requests')).toContain('"status": 200');
    expect(messageOf('the bucket')).toMatch(/"body": "first"[\s\S]*"versioning": "Enabled"/);
    expect(messageOf('the account')).toContain('"canonicalId"');
    expect(messageOf('the device')).toContain('"active": true');
    expect(stderr).not.toMatch(/Deprecation|child process/);
  });
});

describe('a snapshot', () => {
  const project = libraryProject('snapshots');
  const writtenBy = (name: string) => project.read(`__snapshots__/${name}.test.js.snap`);
  const names = Object.keys(changes);
  let written: Ended;
  let compared: JestRun;

  beforeAll(async () => {
    project.write('first.test.js', suite(code));
    written = await project.jest(['first']);
    project.write('second.test.js', suite(code));
    await project.jest(['second']);
    project.write('same.test.js', suite(code));
    for (const [index, changed] of Object.values(changes).entries())
      project.write(`change-${index}.test.js`, suite(changed));
    for (const name of ['same', ...names.map((_, index) => `change-${index}`)])
      project.write(`__snapshots__/${name}.test.js.snap`, writtenBy('first'));
    compared = readJestRun(await project.jest(['--ci', '--json', '-i', 'same', 'change']));
  });

  const statusOf = (file: string) => compared.tests[`${file}: archives`]?.[0];

  it('has the requests and the handles', () => {
    expect(written).toMatchObject({ code: 0, stderr: expect.stringContaining('6 snapshots written') });
    const text = writtenBy('first');
    for (const part of [
      '"operation": "PutBucketVersioning",\n    "status": 200,',
      '"code": "MalformedXML"',
      '"MFA": "arn:aws:iam::000000000000:mfa/root-account-mfa-device <code>"',
      '"body": "the notes"',
      '"bytes": 5000',
      '"Days": 30',
      '"mfaDelete": "Disabled"',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/\d{4}-\d\d-\d\dT/);
  });

  it('is the same text in another process, at another time', () => {
    expect(writtenBy('second')).toBe(writtenBy('first'));
    expect(statusOf('same')).toBe('passed');
  });

  it.each(names)('fails when the code under test changes: %s', (name) => {
    expect(changes[name as keyof typeof changes]).not.toBe(code);
    expect(statusOf(`change-${names.indexOf(name)}`)).toBe('failed');
  });
});
