import { inspect } from 'node:util';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { bucketOptions, optionNames } from '../../src/preset/bucket-fixture';
import type { BucketOption } from '../../src/preset/parts/part';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
});
afterEach(() => s3.stop());

// The body of such a function is sloppy code, as a test in plain JavaScript is.
const set = new Function('object', 'name', 'value', 'object[name] = value;') as (
  object: object,
  name: string | symbol,
  value: unknown,
) => void; // the parameters are those of its text
const members = (names: string) => `The members that can be set are: ${names}.`;
const settable = members(
  optionNames
    .filter((name) => {
      const { get, set, isReadOnly }: BucketOption<unknown, never> = bucketOptions[name];
      return get !== undefined && set !== undefined && !isReadOnly;
    })
    .join(', '),
);
const none = 'None of its members can be set.';

type Case = readonly [label: string, name: string, find: (mock: MockS3) => object, hint: string];

const findObject = (mock: MockS3) => {
  mock.bucket('vault').put('a', 'first');
  return mock.bucket('vault').object('a');
};
const makeDevice = (mock: MockS3) => mock.createMfaDevice({ serial: 'GAHT12345678' });
const makeRule = (mock: MockS3) => mock.on('PutObject').fail('SlowDown');

const misspelt: readonly Case[] = [
  ['s3', 'acount', (mock) => mock, `Did you mean account? ${none}`],
  ["bucket 'vault'", 'verisoning', (mock) => mock.bucket('vault'), `Did you mean versioning? ${settable}`],
  ['s3.clock', 'nwo', ({ clock }) => clock, `Did you mean now? ${none}`],
  ['s3.lifecycle', 'paln', ({ lifecycle }) => lifecycle, `Did you mean plan? ${none}`],
  ['s3.kmsKeys', 'sett', ({ kmsKeys }) => kmsKeys, `Did you mean set? ${none}`],
  ['s3.iam', 'refused', ({ iam }) => iam, `Did you mean refuse? ${none}`],
  ["account 'default'", 'nmae', ({ account }) => account, `Did you mean name? ${members('publicAccessBlock')}`],
  ["object 'a'", 'metdata', findObject, `Did you mean metadata? ${none}`],
  ["account 'partner'", 'owner', (mock) => mock.createAccount('partner'), members('publicAccessBlock')],
  ["user 'writer'", 'polcy', ({ account }) => account.user('writer'), `Did you mean policy? ${members('policy')}`],
  [
    "role 'deployer'",
    'sesion',
    ({ account }) => account.role('deployer'),
    `Did you mean session? ${members('policy, trust')}`,
  ],
  [
    'session of arn:aws:sts::000000000000:assumed-role/deployer/session',
    'expires',
    ({ account }) => account.role('deployer').session(),
    none,
  ],
  ["MFA device 'GAHT12345678'", 'digit', makeDevice, `Did you mean digits? ${none}`],
  ['s3.requests', 'lenght', ({ requests }) => requests, `Did you mean length? ${none}`],
  ['s3.requests', '0', ({ requests }) => requests, none],
  ["s3.on('PutObject')", 'time', makeRule, none],
];

describe('setting a member that does not exist', () => {
  it.each(misspelt)('%s: %s throws', (label, name, find, hint) => {
    const object = find(s3);
    const message = `${label}: there is no member '${name}'. ${hint}`;
    expect(() => set(object, name, 'Enabled')).toThrow(new TypeError(message));
    expect(() => Object.assign(object, { [name]: 'Enabled' })).toThrow(new TypeError(message));
    expect(name in object).toBe(false);
  });

  it('of a listener throws', async () => {
    const listener = await s3.listen();
    expect(() => set(listener, 'prot', 1)).toThrow(
      new TypeError(`listener: there is no member 'prot'. Did you mean port? ${none}`),
    );
  });
});

describe('setting a member that cannot be set', () => {
  it.each<Case>([
    ...['name', 'region', 'objects'].map(
      (name): Case => ["bucket 'vault'", name, (mock) => mock.bucket('vault'), settable],
    ),
    ['s3', 'buckets', (mock) => mock, none],
    ['s3', 'clock', (mock) => mock, none],
    ...['length', 'dropped', 'serviceActions'].map(
      (name): Case => ['s3.requests', name, ({ requests }) => requests, none],
    ),
    ["MFA device 'GAHT12345678'", 'active', makeDevice, none],
    ["MFA device 'GAHT12345678'", 'secret', makeDevice, none],
    ["s3.on('PutObject')", 'operation', makeRule, none],
    ["s3.on('PutObject')", 'used', makeRule, none],
    ["account 'default'", 'id', ({ account }) => account, members('publicAccessBlock')],
    ["user 'writer'", 'name', ({ account }) => account.user('writer'), members('policy')],
    ["role 'dev'", 'arn', ({ account }) => account.role('dev'), members('policy, trust')],
    ['session of arn:aws:iam::000000000000:root', 'credentials', ({ account }) => account.session(), none],
  ])('%s: %s throws', (label, name, find, hint) => {
    const object = find(s3);
    const before: unknown = Reflect.get(object, name);
    expect(() => set(object, name, 'other')).toThrow(new TypeError(`${label}: ${name} cannot be set. ${hint}`));
    expect(Reflect.get(object, name)).toEqual(before);
  });
});

it('setting a request that came throws', async () => {
  await fetch('https://s3.amazonaws.com/vault');
  expect(() => set(s3.requests, '0', {})).toThrow(new TypeError(`s3.requests: 0 cannot be set. ${none}`));
  expect(s3.requests[0]).toMatchObject({ bucket: 'vault' });
});

describe('reading a name that a handle lacks', () => {
  it('throws for a letter less, more or wrong, or two swapped', () => {
    const bucket = s3.bucket('vault');
    for (const name of ['verioning', 'versionning', 'versionimg', 'verisoning'])
      expect(() => Reflect.get(bucket, name)).toThrow(
        new TypeError(`bucket 'vault': there is no member '${name}'. Did you mean versioning?`),
      );
    expect(() => Reflect.get(s3.clock, 'nwo')).toThrow("s3.clock: there is no member 'nwo'. Did you mean now?");
  });

  it('is undefined for another case, for two letters, and for a short name', () => {
    const names = ['Versioning', 'VERSIONING', 'vrsionng', 'Name', 'Keys'];
    expect(names.map((name) => Reflect.get(s3.bucket('vault'), name))).toEqual(names.map(() => undefined));
    expect([Reflect.get(s3.clock, 'get'), Reflect.get(s3.clock, 'not')]).toEqual([undefined, undefined]);
  });

  it('throws for a habit with a cure, whoever reads it, and for a misspelt habit', async () => {
    const cure = "Write s3.requests.of('PutObject').";
    expect(() => Reflect.get(s3, 'commandCals')).toThrow(`s3: there is no member 'commandCals'. ${cure}`);
    expect(() => expect(s3).toHaveProperty('commandCalls')).toThrow(`s3: there is no member 'commandCalls'. ${cure}`);
    await expect(getSignedUrl(s3 as never, new GetObjectCommand({ Bucket: 'vault', Key: 'a' }))).rejects.toThrow(
      "s3: there is no member 'config'.",
    );
  });

  it('is undefined for what the language and runners ask of every object', () => {
    const probed = ['then', 'toJSON', 'asymmetricMatch', 'sample', '$$typeof', 'nodeType', '_isMockFunction'];
    expect(probed.map((name) => Reflect.get(s3.clock, name))).toEqual(probed.map(() => undefined));
  });

  it('is undefined for a part that only other objects have', () => {
    const parts = ['acl', 'encryption', 'retention', 'metadata', 'tags', 'checksums', 'annotations'];
    const object = findObject(s3);
    const missing = parts.filter((name) => !(name in object));
    expect(missing.map((name) => Reflect.get(object, name))).toEqual(missing.map(() => undefined));
    expect(missing).not.toEqual([]);
    expect(() => Reflect.get(object, 'encrypton')).toThrow('Did you mean encryption?');
  });
});

describe('a closed object', () => {
  it('takes values if it has a setter', () => {
    set(s3.bucket('vault'), 'versioning', 'Suspended');
    expect(s3.bucket('vault').versioning).toBe('Suspended');
  });

  it('can be spied on, and restored', () => {
    const { reset } = s3;
    const spy = jest.spyOn(s3, 'reset');
    s3.reset();
    expect(spy).toHaveBeenCalledTimes(1);
    spy.mockRestore();
    expect(s3.reset).toBe(reset);
    expect(Object.keys(s3)).not.toContain('reset');
    const moment = new Date(0);
    const now = jest.spyOn(s3.clock, 'now').mockReturnValue(moment);
    expect(s3.clock.now()).toBe(moment);
    now.mockRestore();
    expect(s3.clock.now()).not.toBe(moment);
    const code = jest.spyOn(s3.mfa, 'code').mockReturnValue('123456');
    expect({ ofMock: s3.mfa.code(), ofAccount: s3.account.mfa.code() }).toEqual({
      ofMock: '123456',
      ofAccount: '123456',
    });
    code.mockRestore();
    const requests = jest.spyOn(s3, 'requests', 'get');
    expect(s3.requests.length).toBe(0);
    expect(requests).toHaveBeenCalledTimes(1);
    requests.mockRestore();
    expect(() => set(s3, 'requests', [])).toThrow(`s3: requests cannot be set. ${none}`);
  });

  it('is one object wherever it is reached', () => {
    expect({ iam: s3.iam, mfa: s3.mfa, account: s3.account }).toEqual({
      iam: s3.iam,
      mfa: s3.account.mfa,
      account: s3.account,
    });
    expect(s3.iam).toBe(s3.iam);
    expect(s3.mfa).toBe(s3.account.mfa);
    expect(s3.account).toBe(s3.account);
  });

  it('takes the marks of tools, which are symbols, and names that every object has', () => {
    const mark = Symbol('mark');
    set(s3, mark, 1);
    expect(Reflect.get(s3, mark)).toBe(1);
    set(s3.clock, 'toString', () => 'clock');
    expect(String(s3.clock)).toBe('clock');
  });

  it('prints, compares and serialises by its values', () => {
    const device = s3.createMfaDevice({ serial: 'GAHT12345678', secret: 'JBSWY3DPEHPK3PXP' });
    expect(inspect(device)).toContain("serial: 'GAHT12345678',\n  secret: 'JBSWY3DPEHPK3PXP'");
    expect(inspect({ within: { s3 } }, { depth: 1 })).not.toContain('Getter');
    expect(JSON.parse(JSON.stringify(device))).toEqual({
      serial: 'GAHT12345678',
      secret: 'JBSWY3DPEHPK3PXP',
      digits: 6,
      period: 30,
      active: true,
    });
    expect({ ...device }).toEqual(JSON.parse(JSON.stringify(device)));
    expect(s3.mfa).not.toEqual(device);
    expect(s3).toBeInstanceOf(Object);
    expect(inspect(s3.bucket('vault'))).toBe(String(s3.bucket('vault')));
  });
});
