import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type MockS3, mockS3 } from '../../../src';
import { facts, factsHelp, factsOptions } from '../../../src/cli/facts';
import { cases } from '../../facts/cases';

/** A run waits for a service by real time. Here the service is a mock, which gets the time instead. */
const mockPause = jest.fn((_milliseconds: number) => {});
jest.mock('node:timers/promises', () => ({ setTimeout: async (milliseconds: number) => mockPause(milliseconds) }));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 's3-versioning-mock-facts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: readonly string[]) {
  const printed: string[] = [];
  const told: string[] = [];
  const print = (text: string) => printed.push(text);
  const code = await facts(args, { version: '1.2.3', print, tell: (line) => told.push(line), cases });
  return { code, printed: printed.join('\n'), told };
}

describe('facts in this process', () => {
  it('are counted by subject', async () => {
    const { code, printed, told } = await run('--only', 'versioning');
    expect({ code, told, lines: printed.split('\n') }).toEqual({
      code: 0,
      told: ['Plays 3 cases against the mock in this process …'],
      lines: [
        'subject     cases  played  same  other  known  new',
        'versioning  3      3       3     0      0      0',
        'all         3      3       3     0      0      0',
        '',
        'played  the cases that were played',
        'same    all answers are as recorded',
        'other   an answer differs, or the case failed',
        "known   cases of 'other' whose differences are in the file of --known",
        "new     cases of 'other' with a new difference",
      ],
    });
  });

  it('are listed by title', async () => {
    const { printed } = await run('--list', '--only', 'F60');
    expect(printed).toBe(
      'versioning: ListObjectVersions continues from version to version, and refuses wrong markers (F60)',
    );
  });

  it.each(['--help', '-h'])('%s prints the options', async (flag) => {
    expect(await run(flag)).toEqual({ code: 0, printed: factsHelp.trimEnd(), told: [] });
  });

  it('have a line of the help for each option', () => {
    const named = [...factsHelp.matchAll(/^ {2}(?:-h, )?--([\w-]+)/gm)].map(([, name]) => name);
    expect(named.toSorted()).toEqual(Object.keys(factsOptions).toSorted());
    expect(factsHelp.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('facts at an address', () => {
  let s3: MockS3;
  let url: string;
  const before = { ...process.env };
  beforeEach(async () => {
    s3 = mockS3({ hosts: { only: [] } });
    mockPause.mockImplementation((milliseconds) => void s3.clock.advance({ milliseconds }));
    ({ url } = await s3.listen());
    const { accessKeyId, secretAccessKey } = s3.account.credentials;
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });
  });
  afterEach(async () => {
    await s3.stop();
    process.env = { ...before };
  });

  it('are planned, and nothing is sent', async () => {
    const { code, printed } = await run('--endpoint', url, '--only', 'versioning');
    expect({ code, sent: s3.requests.length }).toEqual({ code: 0, sent: 0 });
    expect(printed).toMatch(
      /^3 cases of 3 can be played at http:\/\/127\.0\.0\.1:\d+ \(us-east-1\): about \d+ requests, and those that remove the buckets, whose names begin with s3-facts-\. No other bucket is named\. --run plays them\.$/,
    );
  });

  it('are named in the plan if they lack nothing but a second account, and counted', async () => {
    const one = await run('--endpoint', url, '--only', 'F1604');
    expect(one.printed.split('\n').slice(1)).toEqual([
      '1 case needs only a second account, and is not played:',
      '  uploads: S3 checks the document of a completion before the permission (F1604)',
    ]);
    const several = await run('--endpoint', url, '--only', 'F1604', '--only', 'F1603');
    expect(several.printed.split('\n').slice(1)).toEqual([
      '2 cases need only a second account, and are not played:',
      '  uploads: listings of uploads and parts check their parameters before the permission (F1603)',
      '  uploads: S3 checks the document of a completion before the permission (F1604)',
    ]);
  });

  it('are played with --run, and the buckets are removed', async () => {
    const { code, printed } = await run('--endpoint', url, '--only', 'versioning', '--only', 'web-identities', '--run');
    expect({ code, buckets: s3.buckets.length }).toEqual({ code: 0, buckets: 0 });
    expect(printed).toMatch(/^Sent \d+ requests\. All of its buckets are removed\.$/m);
    expect(printed).toContain(
      'Not played, since\n    13  it needs account of its own\n     4  it needs roles of its own',
    );
  });

  it('write what differs into a file, with which a later run knows it', async () => {
    const given = ['--endpoint', url, '--only', 'F51', '--run', '--service', 'a peer'];
    s3.on('DeleteBucket', { Bucket: expect.stringMatching(/vault/) }).fail('AccessDenied', { times: 1 });
    const first = await run(...given, '--write', folder);
    expect(first.code).toBe(1);
    expect(first.printed).toContain(
      '  delete-bucket-with-history: expected 409 BucketNotEmpty, but it is 403 AccessDenied',
    );
    const [file = ''] = readdirSync(folder);
    expect(file).toMatch(/^facts-a-peer-\d{4}-\d\d-\d\d\.json$/);
    expect(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))).toMatchObject({
      service: 'a peer',
      endpoint: url,
      region: 'us-east-1',
      version: '1.2.3',
      outcomes: [{ subject: 'versioning', fact: 'F51', outcome: 'differs' }],
    });
    s3.on('DeleteBucket', { Bucket: expect.stringMatching(/vault/) }).fail('AccessDenied', { times: 1 });
    const second = await run(...given, '--known', path.join(folder, file));
    expect(second.code).toBe(0);
    expect(second.printed).not.toContain('delete-bucket-with-history');
  });

  it.each<[args: readonly string[], message: string]>([
    [['--only', 'nothing such'], '--only nothing such: no case matches. --list lists all cases.'],
    [['--endpint', 'x'], "facts: Unknown option '--endpint'. Did you mean --endpoint? facts --help lists the options."],
    [['--endpoint', 'localhost'], '--endpoint localhost is not an address such as http://127.0.0.1:9000'],
    [
      ['--endpoint', 'ann:hunter2@localhost:9000/?token=x'],
      '--endpoint localhost:9000/ is not an address such as http://127.0.0.1:9000',
    ],
    [
      ['--endpoint', 'https://ann:x@production.s3.amazonaws.com/?y'],
      '--endpoint https://production.s3.amazonaws.com is a host of AWS, where requests cost money. The repository of this package has a tool for it: npm run tool at-aws',
    ],
    [
      ['--endpoint', 'https://s3.cn-north-1.amazonaws.com.cn'],
      '--endpoint https://s3.cn-north-1.amazonaws.com.cn is a host of AWS, where requests cost money. The repository of this package has a tool for it: npm run tool at-aws',
    ],
    [
      ['--endpoint', 'https://s3.dualstack.us-east-1.api.aws'],
      '--endpoint https://s3.dualstack.us-east-1.api.aws is a host of AWS, where requests cost money. The repository of this package has a tool for it: npm run tool at-aws',
    ],
    [
      ['--endpoint', 'http://x', '--prefix', 'A_B'],
      '--prefix A_B: expected up to 30 small letters, digits and hyphens',
    ],
    [['--run'], '--run needs a service: give its address with --endpoint'],
    [['--prefix', 'mine'], '--prefix needs a service: give its address with --endpoint'],
    [['--write', '/no/such/folder'], '--write /no/such/folder is not a folder'],
    [['--endpoint', 'http://x', '--max-requests', 'many'], '--max-requests many: expected a number above 0'],
  ])('%p is refused', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(new Error(message));
  });

  it('write neither the user information nor the query of the address', async () => {
    const address = `${url.replace('//', '//ann:hunter2@')}/base/hunter2?token=hunter2#hunter2`;
    const { code, printed } = await run('--endpoint', address, '--only', 'F51', '--run', '--write', folder);
    const [file = ''] = readdirSync(folder);
    const written = readFileSync(path.join(folder, file), 'utf8');
    expect({ code, endpoint: JSON.parse(written).endpoint, file }).toMatchObject({
      code: 0,
      endpoint: url,
      file: expect.stringMatching(/^facts-127\.0\.0\.1-/),
    });
    expect(`${printed}${written}`).not.toMatch(/hunter2|ann/);
  });

  it('name the buckets that an earlier run left, and do not touch them', async () => {
    await s3.createBucket('s3-facts-0123abcd-vault');
    await s3.createBucket('s3-facts-mine');
    const { code, printed } = await run('--endpoint', url, '--only', 'F51', '--run');
    expect(code).toBe(0);
    expect(printed).toMatch(
      /^1 bucket of an earlier run is left, or belongs to a run that has not ended:\n {2}s3-facts-0123abcd-vault, made \d{4}-.*Z\nThis run does not touch it\. /m,
    );
    expect(printed).not.toContain('s3-facts-mine,');
    expect(s3.buckets.map(({ name }) => name)).toEqual(['s3-facts-0123abcd-vault', 's3-facts-mine']);
  });

  it('say that they cannot look for earlier buckets, and are played', async () => {
    s3.on('ListBuckets').fail('AccessDenied');
    const { code, printed } = await run('--endpoint', url, '--only', 'F51', '--run');
    expect(code).toBe(0);
    expect(printed).toContain('It is not known whether an earlier run left buckets: ListBuckets is 403 AccessDenied.');
  });

  it.each([
    ['a list of objects', '<ListBucketResult><Name>production</Name></ListBucketResult>'],
    ['a refusal of a bucket', '<Error><Code>NoSuchBucket</Code><BucketName>production</BucketName></Error>'],
  ])('end at once if the host of the address names a bucket, which %s shows', async (_what, body) => {
    s3.on('ListBuckets').reply({ status: 200, body });
    const { code, printed } = await run('--endpoint', url, '--only', 'F51', '--run');
    expect({ code, sent: s3.requests.length }).toEqual({ code: 1, sent: 1 });
    expect(printed).toContain(`${url} names a bucket in its host: give the address of the service`);
  });

  it('say what was refused if a bucket is left', async () => {
    s3.on('DeleteBucket').fail('AccessDenied');
    const { code, printed } = await run('--endpoint', url, '--only', 'F53', '--run');
    expect(code).toBe(1);
    expect(printed).toMatch(/could not be removed: s3-facts-[\da-f]{8}-\w+ \(DeleteBucket is 403 AccessDenied\)/);
  });

  it('end if nobody answers, and the exit code says so', async () => {
    await s3.stop();
    const { code, printed } = await run('--endpoint', url, '--only', 'versioning', '--run');
    expect(code).toBe(1);
    expect(printed).toContain(`   3  ${url} does not answer: connect ECONNREFUSED`);
    expect(printed).toContain('All of its buckets are removed.');
  });

  it('end with the budget, and the exit code says so', async () => {
    const { code, printed } = await run('--endpoint', url, '--only', 'versioning', '--run', '--max-requests', '20');
    expect(code).toBe(1);
    expect(printed).toContain('the run may send 20 requests: raise it with --max-requests');
  });

  it('need keys', async () => {
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    await expect(run('--endpoint', url)).rejects.toThrow(
      '--endpoint needs keys: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment',
    );
  });

  it('know an earlier run by its file alone', async () => {
    const file = path.join(folder, 'no.json');
    await expect(run('--known', file)).rejects.toThrow(`--known ${file}: there is no such file.`);
    writeFileSync(file, '{"secretAccessKey": TOPSECRET1}');
    await expect(run('--known', file)).rejects.toThrow(/the file is not JSON: (?!.*TOPSECRET)/);
    writeFileSync(file, '{}');
    await expect(run('--known', file)).rejects.toThrow(`--known ${file} is not the file of a run: it has no outcomes`);
  });
});
