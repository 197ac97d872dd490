import https from 'node:https';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type MockS3, type MockS3Options, mockS3, S3MockError } from '../../src/index';
import { Store } from '../../src/model/store';
import { send } from '../support/wire-client';

const at = '2026-01-31T10:00:00Z';
const enable = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION', 'AWS_EC2_METADATA_DISABLED', 'AWS_PROFILE'];
const environment = () => Object.fromEntries(names.map((name) => [name, process.env[name]]));

let running: MockS3[] = [];

/** Starts a mock that is stopped after the test. */
function start(options?: MockS3Options): MockS3 {
  const s3 = mockS3(options);
  running.push(s3);
  return s3;
}

beforeEach(() => {
  for (const name of [...names, 'AWS_DEFAULT_REGION', 'AWS_SESSION_TOKEN']) delete process.env[name];
});

afterEach(async () => {
  for (const s3 of running) await s3.stop().catch(() => {});
  running = [];
});

/** Returns the error that a call throws. */
function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return 'nothing';
}

const putVersioning = (host = 'vault.s3.amazonaws.com', path = '/?versioning') =>
  send({ method: 'PUT', host, path, body: enable });

/** Sends the head of a PUT and half of its body; `finish` sends the rest and returns the answer. */
async function begin(
  host: string,
): Promise<{ readonly finish: () => Promise<{ status: number | undefined; body: string }> }> {
  const headers = { 'Content-Length': enable.length, Authorization: 'AWS AKIAIOSFODNN7EXAMPLE:c2ln' };
  const request = https.request({ method: 'PUT', host, path: '/?versioning', agent: false, headers });
  const answer = new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
  });
  await new Promise<void>((resolve) => request.write(enable.slice(0, 20), () => resolve()));
  // The head is read in a later turn of the event loop; a whole exchange on another connection takes more turns.
  await send({ path: '/' });
  return {
    finish: () => {
      request.end(enable.slice(20));
      return answer;
    },
  };
}

describe('wrong options', () => {
  it.each<[unknown, string]>([
    ['vault', "mockS3: 'vault' is not an object of options. The options are: buckets, hosts, region,"],
    [[], 'mockS3: [] is not an object of options. The options are: buckets, hosts, region,'],
    [
      { bucket: {} },
      "mockS3: there is no option 'bucket'. Did you mean buckets? The options are: buckets, hosts, region,",
    ],
    [{ account: '123' }, "mockS3: account '123'. Give 12 digits in a string."],
    [{ account: 111122223333 }, 'mockS3: account 111122223333. Give 12 digits in a string.'],
    [{ account: '11112222333x' }, "mockS3: account '11112222333x'. Give 12 digits in a string."],
    [{ dialect: 'minio' }, "mockS3: dialect 'minio'. Give 'aws' or 'ibm-cos'."],
    [{ region: '' }, "mockS3: region ''. Give a region, such as 'eu-west-1', or leave it out."],
    [{ region: 1 }, "mockS3: region 1. Give a region, such as 'eu-west-1', or leave it out."],
    [{ seed: 7 }, 'mockS3: seed 7. Give text, or leave it out.'],
    [{ credentials: {} }, 'mockS3: credentials {}. Give true or false, or leave it out.'],
    [{ guard: 'yes' }, "mockS3: guard 'yes'. Give true or false, or leave it out."],
    [
      { serviceInstanceId: '' },
      "mockS3: serviceInstanceId ''. Give the GUID or the CRN of an instance, or leave it out.",
    ],
    [{ propagation: 900 }, 'mockS3: propagation: 900 is not an object of options. The options are: seconds.'],
    [{ propagation: { seconds: -1 } }, 'mockS3: propagation: seconds -1. Give a number from 0 on, such as 900.'],
    [{ reset: 0 }, 'mockS3: reset 0. Give true or false, or leave it out.'],
    [
      { now: 'tomorrow' },
      "not a moment in time: tomorrow. Give a Date, milliseconds since 1970, or text such as '2026-01-31T10:00:00Z'.",
    ],
    [{ journal: 10 }, 'mockS3: journal: 10 is not an object of options. The options are: limit.'],
    [{ journal: { size: 10 } }, "mockS3: journal: there is no option 'size'. The options are: limit."],
    [{ journal: { limit: 0 } }, 'journal: { limit } is a whole number from 1 on; it was 0.'],
    [
      { buckets: ['vault'] },
      "mockS3: buckets ['vault']. Give an object of buckets by name, such as { vault: { versioning: 'Enabled' } }.",
    ],
    [
      { buckets: null },
      "mockS3: buckets null. Give an object of buckets by name, such as { vault: { versioning: 'Enabled' } }.",
    ],
    [
      { buckets: { Vault: {} } },
      "not a bucket's name: 'Vault': a bucket's name has lower-case letters, digits, dots and hyphens only.",
    ],
    [
      { hosts: ['*.test'] },
      "hosts: '*.test' is not a host (a base without * answers every bucket before it); give 'http://localhost:9000', 'minio.test:443', 'storage.test' (any port) or a RegExp on host:port",
    ],
    [{ nock: {} }, "nock: this value is not nock. Give mockS3({ nock }) with const nock = require('nock')."],
  ])('%j is a TypeError, and changes nothing', async (options, message) => {
    const before = environment();
    const error = thrownBy(() => start(options as MockS3Options));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toContain(message);
    expect(environment()).toEqual(before);
    expect(() => start()).not.toThrow();
  });

  it('do not compile', () => {
    const wrong: readonly MockS3Options[] = [
      // @ts-expect-error a misspelt option
      { bucket: {} },
      // @ts-expect-error a state that S3 does not have
      { buckets: { vault: { versioning: 'Disabled' } } },
      // @ts-expect-error an unknown dialect
      { dialect: 'minio' },
      // @ts-expect-error a number instead of a string
      { account: 111122223333 },
    ];
    expect(wrong).toHaveLength(4);
  });
});

describe('a mock', () => {
  it('answers from its model, and records requests', async () => {
    const s3 = start({ buckets: { vault: {} }, now: at });
    const { status, body } = await putVersioning();
    expect([status, body]).toEqual([200, '']);
    expect(s3.bucket('vault').versioning).toBe('Enabled');
    expect(s3.requests.last()).toMatchObject({
      operation: 'PutBucketVersioning',
      bucket: 'vault',
      input: { Bucket: 'vault', VersioningConfiguration: { Status: 'Enabled' } },
      caller: { account: '000000000000', user: undefined },
      status: 200,
      time: new Date(at),
    });
  });

  it('has the account of its options', () => {
    const s3 = start({ account: '111122223333' });
    expect(s3.account.id).toBe('111122223333');
    expect(s3.mfa.serial).toBe('arn:aws:iam::111122223333:mfa/root-account-mfa-device');
    expect(s3.mfa).toBe(s3.account.mfa);
  });

  it('gives the same ids for the same seed', async () => {
    const ids = async (seed: string) => {
      const s3 = start({ seed });
      const answer = await send({ path: '/' });
      await s3.stop();
      return [
        s3.account.canonicalId,
        s3.account.credentials.accessKeyId,
        s3.mfa.secret,
        answer.header('x-amz-request-id'),
      ];
    };
    const first = await ids('one');
    expect(await ids('one')).toEqual(first);
    expect((await ids('two')).filter((id) => first.includes(id))).toEqual([]);
  });

  it('has a clock that is stopped, or runs with the real time', () => {
    const s3 = start({ now: at });
    expect(s3.clock.now()).toEqual(new Date(at));
    s3.clock.advance({ days: 1, hours: 1 });
    expect(s3.clock.now()).toEqual(new Date('2026-02-01T11:00:00Z'));
    s3.clock.set(0);
    expect(s3.clock.now()).toEqual(new Date(0));
    jest.spyOn(Date, 'now').mockReturnValue(5000);
    expect(start({ hosts: { only: ['storage.test'] } }).clock.now()).toEqual(new Date(5000));
  });

  it('may be stopped twice, and stops at the end of its scope', async () => {
    const s3 = mockS3();
    await s3.stop();
    await s3.stop();
    let inside: MockS3 | undefined;
    {
      await using scoped = mockS3({ buckets: { vault: {} } });
      inside = scoped;
      expect((await putVersioning()).status).toBe(200);
    }
    expect(() => start()).not.toThrow();
    expect(inside.requests.length).toBe(1);
  });

  it('throws if another of the same file answers the hosts already, and names both places', () => {
    start();
    const before = environment();
    const error = thrownBy(() => start());
    expect(error).toBeInstanceOf(S3MockError);
    expect(error).toMatchObject({ name: 'S3MockError', code: 'HOSTS_TAKEN' });
    expect((error as S3MockError).message.match(/mock-s3\.test\.ts:\d+:\d+/g)).toHaveLength(2);
    expect(environment()).toEqual(before);
  });

  it('may run beside another that answers other hosts', async () => {
    const one = start({ hosts: { only: ['one.test'] }, buckets: { vault: {} } });
    const two = start({ hosts: { only: ['two.test'] }, buckets: { vault: {} } });
    expect((await putVersioning('vault.one.test')).status).toBe(200);
    expect([one.bucket('vault').versioning, two.bucket('vault').versioning]).toEqual(['Enabled', undefined]);
    expect([one.requests.length, two.requests.length]).toEqual([1, 0]);
    await one.stop();
    expect((await putVersioning('vault.two.test')).status).toBe(200);
    expect(two.bucket('vault').versioning).toBe('Enabled');
  });
});

describe('the environment', () => {
  it('has keys and a region while the mock runs, and is restored afterwards', async () => {
    process.env['AWS_PROFILE'] = 'work';
    const s3 = start({ region: 'eu-west-1' });
    const { accessKeyId, secretAccessKey } = s3.account.credentials;
    expect(environment()).toEqual({
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: 'eu-west-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PROFILE: undefined,
    });
    await s3.stop();
    expect(environment()).toEqual({
      ...Object.fromEntries(names.map((name) => [name, undefined])),
      AWS_PROFILE: 'work',
    });
  });

  it('keeps what the user has set', () => {
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'eu-north-1',
    });
    const before = environment();
    start({ region: 'eu-west-1' });
    expect(environment()).toEqual(before);
  });

  it('is unchanged if credentials is false', () => {
    const before = environment();
    start({ credentials: false });
    expect(environment()).toEqual(before);
  });
});

describe('accounts and devices', () => {
  it('are made by name, and own what they make', async () => {
    const s3 = start();
    const partner = s3.createAccount({ name: 'partner' });
    expect(partner.name).toBe('partner');
    const headers = { Authorization: `AWS ${partner.credentials.accessKeyId}:c2ln` };
    expect((await send({ method: 'PUT', host: 'vault.s3.amazonaws.com', path: '/', headers })).status).toBe(200);
    expect(s3.bucket('vault').owner).toBe(partner.id);
    expect(s3.requests.last()?.caller).toEqual({
      account: partner.id,
      user: undefined,
      accessKeyId: partner.credentials.accessKeyId,
    });
  });

  it.each<[unknown, string]>([
    [undefined, 'createAccount: undefined is not an object of options. The options are: name.'],
    ['partner', "createAccount: 'partner' is not an object of options. The options are: name."],
    [{}, "createAccount: name undefined. Give text, such as 'partner'."],
    [{ name: '' }, "createAccount: name ''. Give text, such as 'partner'."],
    [{ name: 7 }, "createAccount: name 7. Give text, such as 'partner'."],
    [{ name: 'partner', id: '1' }, "createAccount: there is no option 'id'. The options are: name."],
  ])('cannot be made of %j: a TypeError', (options, message) => {
    const s3 = start();
    const error = thrownBy(() => s3.createAccount(options as { name: string }));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toBe(message);
  });

  it('have different names', () => {
    const s3 = start();
    s3.createAccount({ name: 'partner' });
    for (const name of ['partner', 'default', '000000000000']) {
      expect(thrownBy(() => s3.createAccount({ name }))).toMatchObject({
        code: 'ACCOUNT_EXISTS',
        message: `createAccount: there is an account '${name}' already. Give another name.`,
      });
    }
  });

  it('turn MFA Delete on with any device of the root user', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const device = s3.createMfaDevice({ serial: 'GAHT12345678', digits: 8 });
    const body = enable.replace('</Version', '<MfaDelete>Enabled</MfaDelete></Version');
    const headers = { 'x-amz-mfa': device.header() };
    const { status } = await send({
      method: 'PUT',
      host: 'vault.s3.amazonaws.com',
      path: '/?versioning',
      headers,
      body,
    });
    expect(status).toBe(200);
    expect(s3.bucket('vault').mfaDelete).toBe('Enabled');
    expect(device.code()).toHaveLength(8);
  });

  it('accept no unknown option', () => {
    const s3 = start();
    expect(thrownBy(() => s3.createMfaDevice({ serail: 'GAHT12345678' } as object))).toEqual(
      new TypeError(
        "createMfaDevice: there is no option 'serail'. Did you mean serial? The options are: serial, secret, digits, period.",
      ),
    );
  });
});

describe('reset', () => {
  it('restores the fixtures: buckets, accounts, clock, ids, codes; and clears the journal', async () => {
    const s3 = start({ buckets: { vault: { versioning: 'Suspended' } }, now: at });
    const ids = async () => (await send({ path: '/' })).header('x-amz-request-id');
    const header = s3.mfa.header();
    const firstId = await ids();
    await putVersioning();
    s3.createBucket('scratch');
    s3.createAccount({ name: 'partner' });
    s3.clock.advance({ days: 1 });

    s3.reset();

    expect(s3.buckets.map(({ name, versioning }) => [name, versioning])).toEqual([['vault', 'Suspended']]);
    expect(s3.clock.now()).toEqual(new Date(at));
    expect(s3.requests.length).toBe(0);
    expect(s3.mfa.header()).toBe(header);
    expect(await ids()).toBe(firstId);
    expect(() => s3.createAccount({ name: 'partner' })).not.toThrow();
  });

  it('invalidates the keys of accounts that it removes', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const { accessKeyId } = s3.createAccount({ name: 'partner' }).credentials;
    s3.reset();
    const answer = await send({ path: '/', headers: { Authorization: `AWS ${accessKeyId}:c2ln` } });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('<Code>InvalidAccessKeyId</Code>');
    expect(s3.requests.last()?.why).toBe(`the account of ${accessKeyId} is gone since the mock was reset`);
  });

  it('refuses requests that began before it: answered, not applied, not recorded', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const early = await begin('vault.s3.amazonaws.com');
    s3.reset();
    const { status, body } = await early.finish();
    expect(status).toBe(400);
    expect(body).toContain('<Code>S3MockReset</Code>');
    expect(s3.bucket('vault').versioning).toBeUndefined();
    expect(s3.requests.length).toBe(0);
    expect((await putVersioning()).status).toBe(200);
  });
});

describe('stop', () => {
  it('refuses requests in flight: answered, not applied, not recorded', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const early = await begin('vault.s3.amazonaws.com');
    s3.requests.clear();
    const answer = early.finish();
    await s3.stop();
    const { status, body } = await answer;
    expect(status).toBe(400);
    expect(body).toContain('<Code>S3MockStopped</Code>');
    expect(s3.bucket('vault').versioning).toBeUndefined();
    expect(s3.requests.length).toBe(0);
  });
});

describe('a snapshot', () => {
  it('restores the whole state, and keeps the journal', async () => {
    const s3 = start({ buckets: { vault: {} }, now: at });
    const before = s3.snapshot();
    await putVersioning();
    const [, after] = [s3.createBucket('scratch'), s3.snapshot()];
    s3.clock.advance({ days: 1 });

    s3.restore(before);
    expect(s3.buckets.map(({ name, versioning }) => [name, versioning])).toEqual([['vault', undefined]]);
    expect(s3.clock.now()).toEqual(new Date(at));
    expect(s3.requests.length).toBe(1);

    s3.restore(after);
    expect(s3.buckets.map(({ name, versioning }) => [name, versioning])).toEqual([
      ['scratch', undefined],
      ['vault', 'Enabled'],
    ]);
  });

  it.each([[undefined], [{}], [{ store: 'all' }], ['before']])(
    'is what snapshot() returned; %j is a TypeError',
    (given) => {
      const error = thrownBy(() => start().restore(given as never));
      expect(error).toEqual(
        new TypeError('restore: this value is not a snapshot. Give the value that snapshot() returned.'),
      );
      expect(error).toBeInstanceOf(TypeError);
    },
  );
});

describe('a bug of the mock', () => {
  const broken = new RangeError('broken on purpose');
  const breakStore = () =>
    jest.spyOn(Store.prototype, 'deleteBucket').mockImplementation(() => {
      throw broken;
    });
  const deleteVault = () => send({ method: 'DELETE', host: 'vault.s3.amazonaws.com', path: '/' });

  it('is answered 400, which no SDK retries, and recorded with its stack', async () => {
    const s3 = start({ buckets: { vault: {} } });
    breakStore();
    const answer = await deleteVault();
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(
      '<Code>S3MockInternalError</Code><Message>A fault of s3-versioning-mock, not of the code under test: broken on purpose</Message>',
    );
    expect(s3.requests.last()).toMatchObject({
      operation: 'DeleteBucket',
      status: 400,
      error: { code: 'S3MockInternalError' },
      why: broken.stack,
    });
  });

  it('is thrown once at reset, which resets all the same', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const break1 = breakStore();
    await deleteVault();
    break1.mockRestore();
    s3.createBucket('scratch');
    expect(thrownBy(() => s3.reset())).toBe(broken);
    expect(s3.buckets.map(({ name }) => name)).toEqual(['vault']);
    expect(thrownBy(() => s3.reset())).toBe('nothing');
    await expect(s3.stop()).resolves.toBeUndefined();
  });

  it('is thrown once at stop, which stops all the same', async () => {
    const s3 = start({ buckets: { vault: {} } });
    breakStore();
    await deleteVault();
    await expect(s3.stop()).rejects.toBe(broken);
    await expect(s3.stop()).resolves.toBeUndefined();
    expect(() => start()).not.toThrow();
  });

  it('is thrown together with all others since the last reset', async () => {
    const s3 = start({ buckets: { vault: {} } });
    breakStore();
    await deleteVault();
    await deleteVault();
    const error = thrownBy(() => s3.reset());
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).message).toBe('s3-versioning-mock met several bugs of its own');
    expect((error as AggregateError).errors).toEqual([broken, broken]);
  });

  it('in the journal is answered, too', async () => {
    const s3 = start({ buckets: { vault: {} } });
    jest.spyOn(s3.requests, 'append').mockImplementation(() => {
      throw broken;
    });
    const answer = await putVersioning();
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('<Code>S3MockInternalError</Code>');
    expect(thrownBy(() => s3.reset())).toBe(broken);
  });
});

describe('printed', () => {
  it('a mock shows its requests and buckets', async () => {
    const s3 = start({ buckets: { vault: { versioning: 'Enabled', mfaDelete: 'Disabled' } } });
    expect(inspect(s3.bucket('vault'))).toBe('vault  versioning Enabled, MFA Delete Disabled');
    await send({ path: '/' });
    expect(inspect(s3.requests)).toContain('ListBuckets');
  });
});
