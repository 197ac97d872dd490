import http from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { MockS3, MockS3Options } from '../../src';
import { presignV2, presignV4, type Signer, signV4 } from '../support/clients/signer';
import { textOf } from '../support/documents';
import { post, type SignedForm } from '../support/forms';
import { startedMocks } from '../support/started-mocks';
import { send, type WireAnswer } from '../support/wire-client';

const host = 's3.amazonaws.com';
const foreign = { accessKeyId: 'AKIAFOREIGN', secretAccessKey: 'of-nobody' };
const timers = ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'setTimeout'] as const;
const startMock = startedMocks();
let s3: MockS3;

async function restart(options: MockS3Options = {}): Promise<void> {
  await s3?.stop();
  s3 = startMock({ buckets: { vault: { objects: { k: 'first' } } }, users: { ann: {} }, ...options });
}

const noon = Date.parse('2026-03-31T12:00:00.200Z');
beforeEach(async () => {
  jest.useFakeTimers({ now: noon, doNotFake: [...timers, 'clearTimeout', 'clearInterval', 'performance', 'hrtime'] });
  await restart();
});
afterEach(() => {
  jest.useRealTimers();
});

const pass = (seconds: number) => jest.setSystemTime(Date.now() + seconds * 1000);

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const versions = {
  SigV4: (asked: Asked = {}, signer: Partial<Signer> = {}, seconds = 60) =>
    presignV4({ method: 'GET', host, path: '/vault/k', ...asked }, { ...s3.account.credentials, ...signer }, seconds),
  SigV2: (asked: Asked = {}, signer: Partial<Signer> = {}, seconds = 60) => {
    const request = { method: 'GET', host, path: '/vault/k', ...asked };
    return presignV2({ ...request, resource: request.path }, { ...s3.account.credentials, ...signer }, { seconds });
  },
};
const { SigV4, SigV2 } = versions;

const use = (path: string, { method, headers, host: to }: Asked = {}) =>
  send({
    method,
    path,
    host: to,
    body: method === 'PUT' ? 'second' : undefined,
    headers: { ...headers, Authorization: undefined },
  });
const sendSigned = (at = Date.now()) => {
  const request = { method: 'GET', host, path: '/vault/k' };
  const { headers } = signV4(request, { ...s3.account.credentials, at: new Date(at) });
  return send({ path: request.path, headers });
};
const getFrom = (port: string, path: string, to: string) =>
  new Promise<Pick<WireAnswer, 'status' | 'body'>>((resolve, reject) => {
    const call = http.get(`${port}${path}`, { headers: { host: to } }, async (response) => {
      resolve({ status: response.statusCode ?? 0, body: await text(response) });
    });
    call.on('error', reject);
  });
const errorOf = ({ status, body }: Pick<WireAnswer, 'status' | 'body'>) =>
  status === 200 ? '200' : `${status} ${textOf('Code', { body })}: ${textOf('Message', { body })}`;
const mismatch =
  '403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method.';
const expired = '403 AccessDenied: Request has expired';
const lastNotes = () => s3.requests.last()?.notes;

// F140, F147
describe.each(Object.entries(versions))('by default, a URL of %s', (_version, presign) => {
  it.each([
    ['another method', (url: string) => use(url, { method: 'PUT' })],
    ['another key', (url: string) => use(url.replace('/vault/k', '/vault/l'))],
    ['another version', (url: string) => use(`${url}&versionId=null`)],
    ['metadata', (url: string) => use(`${url}&x-amz-meta-a=1`)],
  ])('is refused with %s', async (_what, act) => {
    expect(errorOf(await act(presign()))).toBe(mismatch);
    expect(s3.bucket('vault').versions()).toHaveLength(1);
  });

  it.each<[who: string, signer: () => Partial<Signer>]>([
    ['the account', () => ({})],
    ['a user', () => s3.account.user('ann').credentials],
    [
      'the environment',
      () => ({ accessKeyId: process.env['AWS_ACCESS_KEY_ID'], secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] }),
    ],
  ])('has to be signed with the secret of its key: %s', async (_who, signer) => {
    expect(errorOf(await use(presign({}, signer())))).toBe('200');
    expect(lastNotes()).toEqual([]);
    expect(errorOf(await use(presign({}, { ...signer(), secretAccessKey: 'wrong' })))).toBe(mismatch);
  });

  it('may have any secret with a key that nobody was given', async () => {
    expect(errorOf(await use(presign({}, foreign)))).toBe('200');
    expect(lastNotes()).toEqual([]);
  });

  it.each<[who: string, signer: () => Partial<Signer>]>([
    ['a key of the mock', () => ({})],
    ['a key that nobody was given', () => foreign],
  ])('expires with %s', async (_who, signer) => {
    const url = presign({}, signer());
    pass(59);
    expect(errorOf(await use(url))).toBe('200');
    pass(2);
    const late = await use(url);
    expect(errorOf(late)).toBe(expired);
    expect({ until: textOf('Expires', late), now: textOf('ServerTime', late) }).toEqual({
      until: '2026-03-31T12:01:00Z',
      now: '2026-03-31T12:01:01Z',
    });
  });

  it('is not checked with false', async () => {
    await restart({ verifySignatures: false });
    expect(errorOf(await use(presign(), { method: 'HEAD' }))).toBe('200');
    const url = presign();
    pass(61);
    expect(errorOf(await use(url))).toBe('200');
    expect(s3.requests.map(({ notes }) => notes)).toEqual([[], []]);
  });

  it('only expires at an open port, since its sender may know the port by another name', async () => {
    const { url: port, close } = await s3.listen();
    const atPort = async (path: string, to: string) => errorOf(await getFrom(port, path, to));
    for (const to of ['mock.internal:9000', host]) {
      expect(await atPort(presign({ path: '/vault/k' }, { secretAccessKey: 'wrong' }), to)).toBe('200');
    }
    const url = presign();
    pass(61);
    expect(await atPort(url, host)).toBe(expired);
    await close();
  });
});

describe('a key of the environment that the user has set', () => {
  const { env } = process;
  const before = { ...env };
  const own = { accessKeyId: 'AKIAOFTHEUSER', secretAccessKey: 'of-the-user' };
  afterEach(() => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) {
      if (before[name] === undefined) delete env[name];
      else env[name] = before[name];
    }
  });
  const setKeys = (token?: string) =>
    Object.assign(env, {
      AWS_ACCESS_KEY_ID: own.accessKeyId,
      AWS_SECRET_ACCESS_KEY: own.secretAccessKey,
      ...(token !== undefined && { AWS_SESSION_TOKEN: token }),
    });

  it('has the secret that is there when the request comes', async () => {
    const wrong = SigV4({}, { ...own, secretAccessKey: 'wrong' });
    expect(errorOf(await use(wrong))).toBe('200');
    setKeys();
    expect(errorOf(await use(wrong))).toBe(mismatch);
    expect(errorOf(await use(SigV4({}, own)))).toBe('200');
    expect(errorOf(await use(SigV2({}, own)))).toBe('200');
  });

  it('may have a token that the mock did not give', async () => {
    setKeys('token-of-the-user');
    const path = '/vault/k?X-Amz-Security-Token=token-of-the-user';
    expect(errorOf(await use(SigV4({ path }, own)))).toBe('200');
    expect(errorOf(await use(SigV4({ path }, own).replace('token-of', 'other-of')))).toBe(mismatch);
  });

  it('is unknown with true, like every key that the mock did not give', async () => {
    await restart({ verifySignatures: true });
    setKeys();
    expect(errorOf(await use(SigV4({}, own)))).toMatch(/^403 InvalidAccessKeyId: /);
  });
});

describe('by default, a URL of SigV4', () => {
  it.each([
    [
      'the form of its date',
      /X-Amz-Date=[^&]*/,
      'X-Amz-Date=today',
      /^400 AuthorizationQueryParametersError: X-Amz-Date/,
    ],
    [
      'a duration that is no number',
      /X-Amz-Expires=60/,
      'X-Amz-Expires=1e9',
      /^400 AuthorizationQueryParametersError: X-Amz-Expires should be a number/,
    ],
    [
      'a negative duration',
      /X-Amz-Expires=60/,
      'X-Amz-Expires=-1',
      /^400 AuthorizationQueryParametersError: X-Amz-Expires must be non-negative/,
    ],
    [
      'a duration of more than a week',
      /X-Amz-Expires=60/,
      'X-Amz-Expires=604801',
      /^400 AuthorizationQueryParametersError: X-Amz-Expires must be less than a week/,
    ],
  ])('is refused for %s, whoever signed it', async (_what, part, changed, error) => {
    for (const signer of [{}, foreign])
      expect(errorOf(await use(SigV4({}, signer).replace(part, changed)))).toMatch(error);
  });

  it('is refused if its date is an hour ahead', async () => {
    const ahead = SigV4({}, { at: new Date(Date.now() + 3_600_000) });
    expect(errorOf(await use(ahead))).toBe('403 AccessDenied: Request is not yet valid');
  });

  it('is refused beside a header that is not signed', async () => {
    const answer = await use(SigV4(), { headers: { 'x-amz-acl': 'private' } });
    expect(errorOf(answer)).toBe('403 AccessDenied: There were headers present in the request which were not signed');
  });

  it('may be of a session, with its token', async () => {
    const { sessionToken, ...signer } = s3.account.session().credentials;
    const path = `/vault/k?X-Amz-Security-Token=${encodeURIComponent(sessionToken)}`;
    expect(errorOf(await use(SigV4({ path }, signer)))).toBe('200');
    expect(errorOf(await use(SigV4({}, signer)))).toMatch(/^403 InvalidAccessKeyId: /);
  });
});

// docs/decisions/0007-clocks-of-signatures.md
describe('a URL and a move of the clock', () => {
  const inDoubt =
    "the mock's clock was moved within the second in which the url was signed, and the mock takes the url for signed after that; if it was signed before, S3 would answer 403 AccessDenied, Request has expired; mockS3({ verifySignatures: true }) takes it for signed before";

  it('expires by a move in a later second', async () => {
    const url = SigV4();
    pass(1);
    s3.clock.advance({ minutes: 5 });
    expect(errorOf(await use(url))).toBe(expired);
    expect(s3.requests.last()?.why).toBe(
      "the url was signed at 2026-03-31T12:00:00Z for 60 seconds; the mock's clock was moved forward by 300 seconds since then",
    );
  });

  it('does not expire by a move before its second', async () => {
    s3.clock.advance({ days: 30 });
    pass(1);
    expect(errorOf(await use(SigV4()))).toBe('200');
    expect(lastNotes()).toEqual([]);
  });

  it('does not expire by a move within its second, and its entry says so', async () => {
    const url = SigV4();
    s3.clock.advance({ minutes: 5 });
    expect(errorOf(await use(url))).toBe('200');
    expect(lastNotes()).toEqual([inDoubt]);
    expect(String(s3.requests)).toContain(`note: ${inDoubt}`);
  });

  it('expires by a move within its second with true, and says so', async () => {
    await restart({ verifySignatures: true });
    const url = SigV4();
    s3.clock.advance({ minutes: 5 });
    expect(errorOf(await use(url))).toBe(expired);
    expect(s3.requests.last()?.why).toBe(
      "the url was signed at 2026-03-31T12:00:00Z for 60 seconds; the mock's clock was moved forward by 300 seconds in that second or since then, so sign later requests with its time, s3.clock.now()",
    );
    s3.clock.advance({ minutes: 5 });
    pass(1);
    expect(errorOf(await use(SigV4()))).toBe('200');
  });

  it('has no note if it is in time either way', async () => {
    const url = SigV4({}, {}, 900);
    s3.clock.advance({ minutes: 5 });
    expect(errorOf(await use(url))).toBe('200');
    expect(lastNotes()).toEqual([]);
  });

  it('says what is not known of a URL of version 2 after any move', async () => {
    const url = SigV2();
    pass(2);
    s3.clock.advance({ minutes: 5 });
    expect(errorOf(await use(url))).toBe('200');
    expect(lastNotes()).toEqual([
      "a url of version 2 does not say when it was signed, and the mock takes it for signed after the mock's clock was moved; if it was signed before, S3 would answer 403 AccessDenied, Request has expired; mockS3({ verifySignatures: true }) takes it for signed before",
    ]);
  });

  it('expires by the clock of the mock if that signed it', async () => {
    s3.clock.advance({ days: 30 });
    const url = SigV4({}, { at: s3.clock.now() });
    expect(errorOf(await use(url))).toBe('200');
    s3.clock.advance({ minutes: 5 });
    expect(errorOf(await use(url))).toBe(expired);
  });

  it.each(['2001-01-01T00:00:00Z', '2199-01-01T00:00:00Z'])(
    'ages by the process beside a clock that stands at %s',
    async (now) => {
      await restart({ now });
      const url = SigV4();
      expect(errorOf(await use(url))).toBe('200');
      pass(61);
      expect(errorOf(await use(url))).toBe(expired);
    },
  );

  it('does not expire by a clock that is set back, and by a move that a reset undid', async () => {
    const url = SigV4();
    pass(1);
    s3.clock.set('2001-01-01T00:00:00Z');
    expect(errorOf(await use(url))).toBe('200');
    s3.clock.advance({ days: 365_00 });
    expect(errorOf(await use(url))).toBe(expired);
    s3.reset();
    expect(errorOf(await use(url))).toBe('200');
  });

  it('counts what passed before the mock began', async () => {
    const url = SigV4({}, { at: new Date(Date.now() - 61_000) });
    expect(errorOf(await use(url))).toBe(expired);
  });
});

describe.each([4, 2] as const)('by default, a form of version %s', (version) => {
  const posted = (form: SignedForm = {}) => post({ version, keys: s3.account.credentials, ...form });

  it('has to be signed with the secret of its key', async () => {
    expect((await posted()).status).toBe(204);
    const wrong = { ...s3.account.credentials, secretAccessKey: 'wrong' };
    expect(errorOf(await posted({ keys: wrong }))).toBe(mismatch);
    expect((await posted({ keys: foreign })).status).toBe(204);
  });

  it('expires when the clock is moved, within its second, too', async () => {
    const form: SignedForm = { expiration: new Date(Date.now() + 60_000).toISOString(), at: new Date() };
    s3.clock.advance({ minutes: 5 });
    expect(textOf('Message', await posted(form))).toBe('Invalid according to Policy: Policy expired.');
  });
});

describe.each(Object.entries(versions))(
  'a URL of %s that was used before a move in its second',
  (_version, presign) => {
    const move = () => s3.clock.advance({ minutes: 5 });
    const why = () => String(s3.requests.last()?.why);

    it('expires, and its entry says why', async () => {
      const url = presign();
      expect(errorOf(await use(url))).toBe('200');
      expect(errorOf(await use(url))).toBe('200');
      move();
      expect(errorOf(await use(url))).toBe(expired);
      expect(why()).toMatch(
        /; the mock's clock was moved forward by 300 seconds since the first request with the url\. If the code has signed it anew since then, the url is the same, since it names only a second: sign later requests with that clock's time, s3\.clock\.now\(\)$/,
      );
      expect(lastNotes()).toEqual([]);
    });

    it('expires although each request was refused, failed or came at a port', async () => {
      const used: [what: string, act: (url: string) => Promise<unknown>][] = [
        ['refused', (url) => use(`${url}&versionId=null`)],
        ['of another method', (url) => use(url, { method: 'DELETE' })],
        [
          'failed by a rule',
          (url) => {
            s3.on('GetObject').fail('SlowDown', { times: 1 });
            return use(url);
          },
        ],
        [
          'at a port',
          async (url) => {
            const { url: port, close } = await s3.listen();
            await getFrom(port, url, host);
            await close();
          },
        ],
      ];
      const outcomes: Record<string, string> = {};
      for (const [what, act] of used) {
        await restart();
        const url = presign();
        await act(url);
        move();
        outcomes[what] = errorOf(await use(url));
      }
      expect(outcomes).toEqual(Object.fromEntries(used.map(([what]) => [what, expired])));
    });

    it('expires at a port, whoever signed it', async () => {
      const { url: port, close } = await s3.listen();
      const url = presign({}, foreign);
      expect(errorOf(await getFrom(port, url, 'mock.internal:9000'))).toBe('200');
      move();
      expect(errorOf(await getFrom(port, url, 'mock.internal:9000'))).toBe(expired);
      await close();
    });

    it('expires after moves that add up to more than its validity', async () => {
      const url = presign({}, {}, 900);
      expect(errorOf(await use(url))).toBe('200');
      move();
      expect(errorOf(await use(url))).toBe('200');
      move();
      move();
      pass(1);
      expect(errorOf(await use(url))).toBe(expired);
    });

    it('does not expire by a move before its first request, which its entry says', async () => {
      const url = presign();
      move();
      for (const _time of [1, 2]) {
        expect(errorOf(await use(url))).toBe('200');
        expect(lastNotes()).toEqual([expect.stringContaining('if it was signed before, S3 would answer 403')]);
      }
      s3.clock.advance({ seconds: 59 });
      expect(errorOf(await use(url))).toBe('200');
      s3.clock.advance({ seconds: 2 });
      expect(errorOf(await use(url))).toBe(expired);
    });

    it('leaves another URL of the same second as it is', async () => {
      await use(presign());
      move();
      expect(errorOf(await use(presign({}, {}, 70)))).toBe('200');
      expect(errorOf(await use(presign({ path: '/vault/k?response-expires=0' })))).toBe('200');
    });

    it('is not checked with false', async () => {
      await restart({ verifySignatures: false });
      const url = presign();
      await use(url);
      move();
      expect(errorOf(await use(url))).toBe('200');
    });

    it('is forgotten by a reset', async () => {
      const url = presign();
      await use(url);
      s3.reset();
      move();
      expect(errorOf(await use(url))).toBe('200');
      move();
      expect(errorOf(await use(url))).toBe(expired);
    });

    it('is known in a world, whose own requests the mock does not know', async () => {
      const [outside, inside] = [presign(), presign({}, {}, 61)];
      await use(outside);
      const ofWorld = await s3.fork(async (world) => {
        await use(inside);
        world.clock.advance({ minutes: 5 });
        return [errorOf(await use(outside)), errorOf(await use(inside))];
      });
      move();
      expect({ ofWorld, ofMock: [errorOf(await use(outside)), errorOf(await use(inside))] }).toEqual({
        ofWorld: [expired, expired],
        ofMock: [expired, '200'],
      });
    });
  },
);

it('a signature in a header says nothing of when it was made, since a client signs the next request to the same text', async () => {
  await restart({ verifySignatures: true });
  expect((await sendSigned()).status).toBe(200);
  s3.clock.advance({ days: 30 });
  expect((await sendSigned()).status).toBe(200);
});

// F147
describe('a mock whose clock stands', () => {
  const frozen = Date.parse('2026-01-31T12:00:00Z');
  const signed = { at: new Date(frozen) };
  const presigners: Readonly<Record<string, (seconds?: number) => string>> = {
    SigV4: (seconds = 900) => SigV4({}, signed, seconds),
    SigV2: (seconds = 900) => SigV2({}, signed, seconds),
  };

  it.each(Object.entries(presigners))(
    'answers a URL of %s until it has expired by that clock',
    async (_name, presign) => {
      await restart({ now: new Date(frozen) });
      const { url: port, close } = await s3.listen();
      const at = { captured: (url: string) => use(url), port: (url: string) => getFrom(port, url, host) };
      for (const send of Object.values(at)) expect(errorOf(await send(presign()))).toBe('200');
      s3.clock.advance({ minutes: 14 });
      for (const send of Object.values(at)) expect(errorOf(await send(presign()))).toBe('200');
      s3.clock.advance({ minutes: 2 });
      for (const send of Object.values(at)) {
        const late = await send(presign());
        expect({ error: errorOf(late), now: textOf('ServerTime', late) }).toEqual({
          error: expired,
          now: '2026-01-31T12:16:00Z',
        });
      }
      await close();
    },
  );

  it('answers a URL of SigV2 that the process signed, until it has expired by the process', async () => {
    await restart({ now: new Date(frozen) });
    const url = SigV2();
    expect(errorOf(await use(url))).toBe('200');
    pass(61);
    const late = await use(url);
    expect({ error: errorOf(late), now: textOf('ServerTime', late) }).toEqual({
      error: expired,
      now: '2026-03-31T12:01:01Z',
    });
  });

  it.each([4, 2] as const)('takes a form of version %s until it has expired by that clock', async (version) => {
    await restart({ now: new Date(frozen) });
    const keys = s3.account.credentials;
    const expiration = '2026-01-31T12:15:00Z';
    expect((await post({ version, keys, at: signed.at, expiration })).status).toBe(204);
    s3.clock.advance({ minutes: 16 });
    const late = await post({ version, keys, at: signed.at, expiration });
    expect(textOf('Message', late)).toBe('Invalid according to Policy: Policy expired.');
  });

  it('answers the time that is nearer to the date of a request which is out of time by both clocks', async () => {
    await restart({ now: new Date(frozen), verifySignatures: true });
    const ask = async (at: number) => textOf('ServerTime', await sendSigned(at));
    expect([await ask(frozen + 3_600_000), await ask(noon - 3_600_000)]).toEqual([
      '2026-01-31T12:00:00Z',
      '2026-03-31T12:00:00Z',
    ]);
  });
});

it('by default, a form of version 4 does not expire by a move before its second', async () => {
  s3.clock.advance({ minutes: 5 });
  pass(1);
  const form: SignedForm = { expiration: new Date(Date.now() + 60_000).toISOString(), at: new Date() };
  expect((await post({ keys: s3.account.credentials, ...form })).status).toBe(204);
});

// F141
describe('by default, a URL of SigV4 with a header of S3 that it does not name as signed', () => {
  const unsigned = '403 AccessDenied: There were headers present in the request which were not signed';
  const withMetadata = { method: 'PUT', headers: { 'x-amz-meta-user': 'ann' } };

  it.each<[who: string, signer: () => Partial<Signer>]>([
    ['a key of the mock', () => ({})],
    ['a key that nobody was given', () => foreign],
  ])('is refused with %s', async (_who, signer) => {
    const answer = await use(SigV4({ method: 'PUT' }, signer()), withMetadata);
    expect(errorOf(answer)).toBe(unsigned);
    expect(textOf('HeadersNotSigned', answer)).toBe('x-amz-meta-user');
    expect(s3.bucket('vault').versions()).toHaveLength(1);
  });

  it('is refused at a port, where a client can call the host otherwise', async () => {
    const { url: port, close } = await s3.listen();
    const path = SigV4({ host: 'elsewhere.test' });
    const get = (headers: Readonly<Record<string, string>>) =>
      fetch(`${port}${path}`, { headers }).then(async (answer) => ({
        status: answer.status,
        body: await answer.text(),
      }));
    expect(errorOf(await get({}))).toBe('200');
    expect(errorOf(await get({ 'x-amz-expected-bucket-owner': '000000000000' }))).toBe(unsigned);
    await close();
  });

  it('is answered if it names the header, whatever its key', async () => {
    const path = SigV4(withMetadata, foreign);
    expect(errorOf(await use(path, withMetadata))).toBe('200');
    const { metadata, ...stored } = s3.bucket('vault').object('k');
    expect({ body: String(stored.body), metadata }).toEqual({ body: 'second', metadata: { user: 'ann' } });
  });

  it('has expired before it is said to lack a signed header', async () => {
    const path = SigV4({ method: 'PUT' }, foreign);
    pass(61);
    expect(errorOf(await use(path, withMetadata))).toBe(expired);
  });
});
