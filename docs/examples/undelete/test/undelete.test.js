const { execFile } = require('node:child_process');
const { join } = require('node:path');
const { promisify } = require('node:util');
const { deleteMarker, mockS3 } = require('s3-versioning-mock/jest');
const { main } = require('../main');
const { show } = require('../../show');

const deletedAt = (lastModified) => ({ deleteMarker: true, lastModified });
const past = '2026-01-01';

const s3 = mockS3({
  now: '2026-03-31T12:00:00Z',
  pageSize: 2, // the command has to read several pages
  users: { guest: { policy: { Version: '2012-10-17', Statement: mayOnlyList() } } },
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: {
        'reports/january.pdf': [{ body: 'first', lastModified: past }, deletedAt('2026-02-01')],
        'reports/tom & jerry + co.pdf': [{ body: 'first', lastModified: past }, deletedAt('2026-03-15')],
        'reports/march.pdf': [{ body: 'first', lastModified: past }, deletedAt('2026-02-01'), 'written again'],
        'notes.txt': [{ body: 'first', lastModified: past }, deletedAt('2026-02-01')],
      },
    },
  },
});

function mayOnlyList() {
  const Action = ['s3:ListBucketVersions', 's3:DeleteObject'];
  return [{ Effect: 'Allow', Action, Resource: ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'] }];
}

/** Runs the command; returns its exit code and what it printed. */
async function run(...args) {
  const lines = [];
  const code = await main(args, (line) => lines.push(line));
  return { code, output: lines.join('\n') };
}

afterEach(() => show(s3));

test('restores the objects that were deleted below a prefix', async () => {
  expect(await run('s3://vault/reports/')).toEqual({
    code: 0,
    output: [
      'reports/january.pdf  deleted 2026-02-01T00:00:00.000Z',
      'reports/tom & jerry + co.pdf  deleted 2026-03-15T00:00:00.000Z',
      '2 objects came back',
    ].join('\n'),
  });

  const vault = s3.bucket('vault');
  expect(vault).toHaveVersions('reports/january.pdf', ['first']);
  expect(vault).toHaveVersions('reports/tom & jerry + co.pdf', ['first']);
  expect(vault).toHaveVersions('reports/march.pdf', ['first', deleteMarker, 'written again']);
  expect(vault).toHaveDeleteMarker('notes.txt');
});

test('only prints what it would restore', async () => {
  const before = s3.bucket('vault').objects;

  const { code, output } = await run('s3://vault', '--dry-run');

  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('3 objects would come back') });
  expect(s3).not.toHaveReceived('DeleteObject');
  expect(s3.bucket('vault').objects).toEqual(before);
});

test('does not restore objects that were deleted later', async () => {
  const { output } = await run('s3://vault/reports/', '--before', '2026-03-01');

  expect(output).toMatch(/^1 object came back$/m);
  expect(s3.bucket('vault')).toHaveObject('reports/january.pdf', { body: 'first' });
  expect(s3.bucket('vault')).toHaveDeleteMarker('reports/tom & jerry + co.pdf');
});

test.each([
  ['s3://vault --before yesterday', '--before yesterday is not a date.'],
  ['vault', 'Give one place, such as s3://vault/reports/.'],
  ['s3://vault --dryrun', "Unknown option '--dryrun'"],
])('explains itself: undelete %s', async (line, message) => {
  const { code, output } = await run(...line.split(' '));

  expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining(message) });
  expect(output).toContain('Usage: undelete');
  expect(s3.requests).toHaveLength(0);
});

test('reports what S3 refused', async () => {
  expect(await run('s3://valut/')).toEqual({
    code: 1,
    output: 'S3 answered 404 NoSuchBucket: The specified bucket does not exist',
  });

  s3.actAs('guest');
  expect(await run('s3://vault/notes.txt')).toMatchObject({
    code: 1,
    output: expect.stringContaining('403 AccessDenied'),
  });
  expect(s3).toHaveRefused('DeleteObject', { Key: 'notes.txt' }, { code: 'AccessDenied' });
  expect(s3.account.user('guest')).toDeny('s3:DeleteObjectVersion', 'vault/notes.txt');
});

test('runs as a command', async () => {
  const { close } = await s3.listen({ env: true });
  const bin = join(__dirname, '../bin.js');
  const { stdout } = await promisify(execFile)(process.execPath, [bin, 's3://vault/notes.txt']);
  await close();

  expect(stdout).toBe('notes.txt  deleted 2026-02-01T00:00:00.000Z\n1 object came back\n');
  expect(s3.bucket('vault')).toHaveVersions('notes.txt', ['first']);
});
