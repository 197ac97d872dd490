import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { configurationNames } from '../../src/preset/configurations';

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
const settable = `The members that can be set are: versioning, mfaDelete, lifecycle, objectLock, tags, ${configurationNames.join(', ')}, acl, accessPoints.`;
const none = 'None of its members can be set.';

type Case = readonly [what: string, find: (mock: MockS3) => object, misspelt: string, message: string];

const misspelt: readonly Case[] = [
  ['the mock', (mock) => mock, 'acount', `s3: there is no member 'acount'. Did you mean account? ${none}`],
  [
    'a bucket',
    (mock) => mock.bucket('vault'),
    'verisoning',
    `bucket 'vault': there is no member 'verisoning'. Did you mean versioning? ${settable}`,
  ],
  ['the clock', ({ clock }) => clock, 'nwo', `s3.clock: there is no member 'nwo'. Did you mean now? ${none}`],
  [
    'lifecycle',
    ({ lifecycle }) => lifecycle,
    'paln',
    `s3.lifecycle: there is no member 'paln'. Did you mean plan? ${none}`,
  ],
  ['kmsKeys', ({ kmsKeys }) => kmsKeys, 'sett', `s3.kmsKeys: there is no member 'sett'. Did you mean set? ${none}`],
  ['iam', ({ iam }) => iam, 'refused', `s3.iam: there is no member 'refused'. Did you mean refuse? ${none}`],
  [
    'an account',
    ({ account }) => account,
    'nmae',
    "account 'default': there is no member 'nmae'. Did you mean name? The members that can be set are: publicAccessBlock.",
  ],
  [
    'an object',
    (mock) => {
      mock.bucket('vault').put('a', 'first');
      return mock.bucket('vault').object('a');
    },
    'metdata',
    `object 'a': there is no member 'metdata'. Did you mean metadata? ${none}`,
  ],
  [
    'an account that a test created',
    (mock) => mock.createAccount({ name: 'partner' }),
    'owner',
    "account 'partner': there is no member 'owner'. The members that can be set are: publicAccessBlock.",
  ],
  [
    'a user',
    ({ account }) => account.user('writer'),
    'polcy',
    "user 'writer': there is no member 'polcy'. Did you mean policy? The members that can be set are: policy.",
  ],
  [
    'a role',
    ({ account }) => account.role('deployer'),
    'sesion',
    "role 'deployer': there is no member 'sesion'. Did you mean session? The members that can be set are: policy, trust.",
  ],
  [
    'a session',
    ({ account }) => account.role('deployer').session(),
    'expires',
    `session of arn:aws:sts::000000000000:assumed-role/deployer/session: there is no member 'expires'. ${none}`,
  ],
  [
    'a device',
    (mock) => mock.createMfaDevice({ serial: 'GAHT12345678' }),
    'digit',
    `MFA device 'GAHT12345678': there is no member 'digit'. Did you mean digits? ${none}`,
  ],
  [
    'the requests',
    ({ requests }) => requests,
    'lenght',
    `s3.requests: there is no member 'lenght'. Did you mean length? ${none}`,
  ],
  ['a request', ({ requests }) => requests, '0', `s3.requests: there is no member '0'. ${none}`],
  [
    'a rule',
    (mock) => mock.on('PutObject').fail('SlowDown'),
    'time',
    `s3.on('PutObject'): there is no member 'time'. ${none}`,
  ],
];

describe('setting a member that does not exist', () => {
  it.each(misspelt)('of %s throws', (_what, find, name, message) => {
    const object = find(s3);
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
    ['name of a bucket', (mock) => mock.bucket('vault'), 'name', `bucket 'vault': name cannot be set. ${settable}`],
    [
      'region of a bucket',
      (mock) => mock.bucket('vault'),
      'region',
      `bucket 'vault': region cannot be set. ${settable}`,
    ],
    ['buckets', (mock) => mock, 'buckets', `s3: buckets cannot be set. ${none}`],
    ['clock', (mock) => mock, 'clock', `s3: clock cannot be set. ${none}`],
    ['length of the requests', ({ requests }) => requests, 'length', `s3.requests: length cannot be set. ${none}`],
    ['dropped of the requests', ({ requests }) => requests, 'dropped', `s3.requests: dropped cannot be set. ${none}`],
    [
      'serviceActions of the requests',
      ({ requests }) => requests,
      'serviceActions',
      `s3.requests: serviceActions cannot be set. ${none}`,
    ],
    [
      'objects of a bucket',
      (mock) => mock.bucket('vault'),
      'objects',
      `bucket 'vault': objects cannot be set. ${settable}`,
    ],
    [
      'active of a device',
      (mock) => mock.createMfaDevice({ serial: 'GAHT12345678' }),
      'active',
      `MFA device 'GAHT12345678': active cannot be set. ${none}`,
    ],
    ...['operation', 'used'].map(
      (name): Case => [
        `${name} of a rule`,
        (mock) => mock.on('PutObject').fail('SlowDown'),
        name,
        `s3.on('PutObject'): ${name} cannot be set. ${none}`,
      ],
    ),
    [
      'id of an account',
      ({ account }) => account,
      'id',
      "account 'default': id cannot be set. The members that can be set are: publicAccessBlock.",
    ],
    [
      'name of a user',
      ({ account }) => account.user('writer'),
      'name',
      "user 'writer': name cannot be set. The members that can be set are: policy.",
    ],
    [
      'arn of a role',
      ({ account }) => account.role('dev'),
      'arn',
      "role 'dev': arn cannot be set. The members that can be set are: policy, trust.",
    ],
    [
      'credentials of a session',
      ({ account }) => account.session(),
      'credentials',
      `session of arn:aws:iam::000000000000:root: credentials cannot be set. ${none}`,
    ],
    [
      'secret of a device',
      (mock) => mock.createMfaDevice({ serial: 'GAHT12345678' }),
      'secret',
      `MFA device 'GAHT12345678': secret cannot be set. ${none}`,
    ],
  ])('%s throws', (_what, find, name, message) => {
    const object = find(s3);
    const before: unknown = Reflect.get(object, name);
    expect(() => set(object, name, 'other')).toThrow(new TypeError(message));
    expect(Reflect.get(object, name)).toEqual(before);
  });
});

it('setting a request that came throws', async () => {
  await fetch('https://s3.amazonaws.com/vault');
  expect(() => set(s3.requests, '0', {})).toThrow(new TypeError(`s3.requests: 0 cannot be set. ${none}`));
  expect(s3.requests[0]).toMatchObject({ bucket: 'vault' });
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
    expect(Object.hasOwn(s3, 'reset')).toBe(false);
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
    expect(inspect(device)).toContain("serial: 'GAHT12345678',\n  secret: '<secret>'");
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
