import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readArguments } from '../../src/cli/arguments';
import { flags, help, helpOfAll, leftOut } from '../../src/cli/flags';
import { thrownBy } from '../support/thrown';

const folder = mkdtempSync(path.join(tmpdir(), 'arguments-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const place = path.join(folder, name);
  writeFileSync(place, JSON.stringify(content));
  return place;
}

function read(args: readonly string[]) {
  const command = readArguments(args);
  if (typeof command === 'string') throw new Error(command);
  return command;
}

const mockOf = (...args: readonly string[]) => read(args).mock;

const policy = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

describe('an account', () => {
  const credentials = { accessKeyId: 'KEY', secretAccessKey: 'se:cret' };
  it.each<[text: string, accounts: object]>([
    ['partner', { partner: {} }],
    ['partner:111122223333', { partner: { id: '111122223333' } }],
    ['partner:KEY:se:cret', { partner: { credentials } }],
    ['partner:111122223333:KEY:se:cret', { partner: { id: '111122223333', credentials } }],
    [
      'partner:111122223333:secret',
      { partner: { credentials: { accessKeyId: '111122223333', secretAccessKey: 'secret' } } },
    ],
  ])('%s', (text, accounts) => {
    expect(mockOf('--account', text)).toEqual({ buckets: {}, accounts });
  });

  it.each(['partner:KEY', 'partner:', 'partner:1111:', ':KEY:secret', 'partner::secret'])('%s is refused', (text) => {
    expect(() => mockOf('--account', text)).toThrow(/^--account: invalid value /);
  });

  it('of a file of fixtures is not replaced', () => {
    const state = file('partner.json', { buckets: {}, accounts: { partner: { id: '111122223333' } } });
    expect(() => mockOf('--fixtures', state, '--account', 'partner')).toThrow(
      '--account partner: there is an account partner already. Give each account once.',
    );
  });
});

describe('an argument', () => {
  it.each<{ args: readonly string[]; options: object }>`
    args                                                      | options
    ${['--account-id', '123456789012']}                       | ${{ account: '123456789012' }}
    ${['--organization-id', 'o-exampleorgid']}                | ${{ organizationId: 'o-exampleorgid' }}
    ${['--service-instance-id', 'guid']}                      | ${{ serviceInstanceId: 'guid' }}
    ${['--users', JSON.stringify({ writer: { policy } })]}    | ${{ users: { writer: { policy } } }}
    ${['--users', `@${file('users.json', { writer: {} })}`]}  | ${{ users: { writer: {} } }}
    ${['--roles', `@${file('roles.json', { worker: {} })}`]}  | ${{ roles: { worker: {} } }}
    ${['--replication-delay', 'minutes=5,seconds=30']}        | ${{ replicationDelay: { minutes: 5, seconds: 30 } }}
    ${['--propagation', '900']}                               | ${{ propagation: { seconds: 900 } }}
    ${['--page-size', '2']}                                   | ${{ pageSize: 2 }}
    ${['--source-ip', '2001:db8::1']}                         | ${{ sourceIp: '2001:db8::1' }}
    ${['--conditions', 'aws:SourceVpc=vpc-1,aws:userid=a=b']} | ${{ conditions: { 'aws:SourceVpc': 'vpc-1', 'aws:userid': 'a=b' } }}
    ${['--conditions', '{ "aws:TagKeys": ["a", "b"] }']}      | ${{ conditions: { 'aws:TagKeys': ['a', 'b'] } }}
    ${['--sse-c', 'allowed']}                                 | ${{ sseC: 'allowed' }}
    ${['--acls', 'allowed']}                                  | ${{ acls: 'allowed' }}
    ${['--kms-keys', 'alias/vault=pending deletion']}         | ${{ kmsKeys: { 'alias/vault': 'pending deletion' } }}
    ${['--journal', 'limit=100']}                             | ${{ journal: { limit: 100 } }}
    ${['--events', 'version=2.1,duplicates=true']}            | ${{ events: { version: '2.1', duplicates: true } }}
    ${['--events', 'outOfOrder=false,onHandlerError=record']} | ${{ events: { outOfOrder: false, onHandlerError: 'record' } }}
    ${['--no-sts']}                                           | ${{ sts: false }}
    ${['--verify-signatures']}                                | ${{ verifySignatures: true }}
    ${['--no-verify-signatures']}                             | ${{ verifySignatures: false }}
  `('$args is an option of the mock', ({ args, options }) => {
    expect(mockOf(...args)).toEqual({ buckets: {}, ...options });
  });

  it.each<{ args: readonly string[]; options: object }>`
    args                                                             | options
    ${[]}                                                            | ${{}}
    ${['--port', '0']}                                               | ${{ port: 0 }}
    ${['--address', '0.0.0.0', '--host', 's3.test']}                 | ${{ hostname: '0.0.0.0', base: 's3.test' }}
    ${['--no-door']}                                                 | ${{ door: false }}
    ${['--door-path', '/_door']}                                     | ${{ door: { path: '/_door' } }}
    ${['--door-host', 'a.test', '--door-host', 'b.test']}            | ${{ door: { hosts: ['a.test', 'b.test'] } }}
    ${['--deliver-host', 'python.test', '--door-host', 'mock.test']} | ${{ door: { deliverHosts: ['python.test'], hosts: ['mock.test'] } }}
  `('$args is an option of the port', ({ args, options }) => {
    expect(read(args).listen).toEqual({ port: 9000, ...options });
  });

  it('of the door is refused beside --no-door', () => {
    expect(() => read(['--door-path', '/_door', '--no-door'])).toThrow(
      '--no-door cannot be combined with the other flags for door. Leave out one of them.',
    );
  });

  it('is refused beside its opposite', () => {
    expect(() => read(['--verify-signatures', '--no-verify-signatures'])).toThrow(
      '--no-verify-signatures cannot be combined with the other flags for verifySignatures. Leave out one of them.',
    );
  });

  it('wins over the same option of a file of fixtures, and leaves the others', () => {
    const state = { buckets: { vault: {} }, pageSize: 1, seed: 'x', accounts: { partner: {} }, journal: { limit: 5 } };
    const given = ['--fixtures', file('state.json', state)];
    expect(mockOf(...given)).toEqual(state);
    expect(mockOf(...given, '--page-size', '2', '--account', 'auditor', '--journal', 'limit=6')).toEqual({
      ...state,
      pageSize: 2,
      accounts: { partner: {}, auditor: {} },
      journal: { limit: 6 },
    });
  });

  it.each(leftOut)('$flag, which the command does not have, is refused with the reason', ({ flag, why }) => {
    expect(() => mockOf(flag)).toThrow(`This command has no option ${flag}: ${why}. --help all lists the options.`);
  });
});

it('a setting of a bucket that is written as an option is refused with the way to write it', () => {
  expect(() => read(['--versioning', 'Enabled'])).toThrow(
    '--versioning is no option: it is a setting of a bucket. Write --bucket NAME:versioning=…',
  );
});

describe('the arguments', () => {
  it('are all in the help of all, each once', () => {
    const names = flags.map(({ flag }) => flag);
    expect(new Set(names).size).toBe(names.length);
    const timesInHelp = (name: string) =>
      helpOfAll.match(new RegExp(`^ {2}(?:-\\w, )?${name}(?![\\w-])`, 'gm'))?.length;
    expect(names.map((name) => [name, timesInHelp(name)])).toEqual(names.map((name) => [name, 1]));
  });

  it('stand in that help under titles, in lines of 80 columns at most', () => {
    expect(helpOfAll.match(/^[A-Z].*(?=\n {2}-)/gm)).toEqual([
      'Server',
      'Buckets and their versions',
      'Accounts and who sends the requests',
      'The door: paths below /_mock, by which other programs control the mock',
      'Behaviour',
    ]);
    expect(helpOfAll.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('that are used on most days fill two screens at most, and the others are named', () => {
    expect(help.split('\n').length).toBeLessThan(80);
    expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(help).toContain('--help all lists all options');
    expect(help).toMatch(/^ {2}--fixtures <path>/m);
    expect(help).not.toMatch(/^ {2}--kms-keys/m);
  });

  it('may have a negative number as their value, which the option judges', () => {
    expect(read(['--seed', '-1']).mock).toMatchObject({ seed: '-1' });
    expect(() => read(['--port', '-1'])).toThrow('--port: invalid value -1; expected a number up to 65535');
    expect(() => read(['--seed', '--quiet'])).toThrow("Option '--seed' has no value");
  });

  it('may be repeated only if their values are put together', () => {
    const repeatable = flags.filter((one) => 'isRepeatable' in one).map(({ flag }) => flag);
    expect(repeatable).toEqual(['--door-host', '--deliver-host', '--fixtures', '--bucket', '--account']);
    const others = flags.filter((one) => 'value' in one && !('isRepeatable' in one)).map(({ flag }) => flag);
    for (const flag of others)
      expect(() => mockOf(flag, 'one', flag, 'two')).toThrow(`${flag} is given twice: one and two. Give it once.`);
  });
});

describe('a flag whose value is a file', () => {
  const write = (name: string, content: string | Buffer) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const give = `Give an object as JSON, such as '{ "writer": {} }', or @ and the path of a file with it.`;

  it.each([
    ['is missing', () => path.join(folder, 'missing.json'), `there is no such file. ${give}`],
    ['is a folder', () => folder, `it is a folder. ${give}`],
    ['is empty', () => write('empty.json', '\ufeff\n'), `the file is empty. ${give}`],
    ['is not JSON', () => write('text.json', 'writer'), /^the file is not JSON: .*\. Give an object as JSON, /],
  ])('says so if it %s', (_what, make, problem) => {
    const file = make();
    const error = thrownBy(() => readArguments(['--users', `@${file}`]));
    const message = String(error instanceof Error ? error.message : error).replace(`--users @${file}: `, '');
    expect(message).toEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
  });

  it('reads one with a byte order mark', () => {
    const file = write('mark.json', '\ufeff{ "writer": {} }');
    expect(thrownBy(() => readArguments(['--users', `@${file}`]))).toBe('nothing');
  });
});
