import { describe, expect, it } from '@jest/globals';
import { RepeatedParts } from '../../src/service/repeated-parts';
import type { WireRequest } from '../../src/wire';

type Sent = Pick<WireRequest, 'url' | 'secure' | 'host'> & { readonly headers: Readonly<Record<string, string>> };

function wireOf({ headers, ...sent }: Sent): WireRequest {
  return { ...sent, headers: new Map(Object.entries(headers)) } as unknown as WireRequest; // the members that entries read
}

const signed = (names: string, signature: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260301/us-east-1/s3/aws4_request, SignedHeaders=${names}, Signature=${signature.repeat(64)}`;

const sent: readonly Sent[] = [
  {
    url: '/a?versioning',
    secure: true,
    host: 'h',
    headers: { host: 'vault.s3.test', authorization: signed('host', 'a') },
  },
  {
    url: '/a?versioning',
    secure: true,
    host: 'h',
    headers: { host: 'vault.s3.test', authorization: signed('host', 'b') },
  },
  { url: '/b', secure: true, host: 'h', headers: { host: 'vault.s3.test', 'user-agent': 'one/1 more' } },
  { url: '/b', secure: false, host: 'h', headers: { host: 'vault.s3.test', 'user-agent': 'two/2' } },
  { url: '/b', secure: false, host: 'h', headers: { authorization: signed('host;x-amz-date', 'c') } },
  { url: '/b', secure: false, host: 'h', headers: { authorization: `AWS4-ECDSA ${'no signature '.repeat(20)}` } },
  { url: '/b', secure: false, host: 'h', headers: { authorization: 'AWS KEY:c2ln', 'user-agent': 'two/2' } },
];

describe('the parts that entries share', () => {
  it('are those of their own request, whatever came before', () => {
    const parts = new RepeatedParts();
    for (const one of [...sent, ...sent.toReversed()]) {
      const wire = wireOf(one);
      const alone = new RepeatedParts();
      expect({ url: parts.urlOf(wire), client: parts.clientOf(wire), headers: parts.headersOf(wire) }).toEqual({
        url: `${one.secure ? 'https' : 'http'}://${one.headers['host'] ?? one.host}${one.url}`,
        client: alone.clientOf(wire),
        headers: one.headers,
      });
    }
  });

  it('are no dates: a test may change the date of an entry, and has changed no other', () => {
    const parts = new RepeatedParts();
    const read = () => Object.values(parts.outputOf({ LastModified: new Date(5) }) ?? {})[0];
    const [first, second] = [read(), read()];
    first.setTime(7);
    expect({ first, second, third: read() }).toEqual({ first: new Date(7), second: new Date(5), third: new Date(5) });
  });

  it('are the members of an output that the one before had, and no others', () => {
    const parts = new RepeatedParts();
    const bytes = Buffer.alloc(8, 'x');
    const read = (etag: string, time: number, first: number) => ({
      ...{ ETag: etag, LastModified: new Date(time), Expiration: undefined, Metadata: { a: etag }, ContentLength: 4 },
      Body: bytes.subarray(first, first + 4),
    });
    const outputs = [read('"a"', 1, 0), read('"a"', 1, 0), read('"b"', 2, 4), read('"a"', 1, 0)];
    const kept = outputs.map((output) => parts.outputOf(output));
    expect(kept).toEqual(outputs);
    expect(kept[0]).not.toHaveProperty('Expiration');
    const membersOf = (output: object | undefined) => new Map(Object.entries({ ...output }));
    const [one, two, other] = kept.map(membersOf);
    expect(two?.get('Body')).toBe(one?.get('Body'));
    expect(other?.get('Body')).not.toBe(one?.get('Body'));
  });

  it('are no large bytes, which an entry would keep after the journal dropped them', () => {
    const parts = new RepeatedParts();
    const bytes = Buffer.alloc(100_000);
    const read = () => ({
      ETag: 'a',
      VersionId: 'b',
      ContentLength: 1,
      AcceptRanges: 'bytes',
      Body: bytes.subarray(0, 1),
    });
    const [one, two] = [parts.outputOf(read()), parts.outputOf(read())].map((output) => ({
      Body: undefined,
      ...output,
    }));
    expect(two?.Body).toEqual(one?.Body);
    expect(two?.Body).not.toBe(one?.Body);
  });

  it('name a federated user beside the user behind it', () => {
    const parts = new RepeatedParts();
    const caller = (federated: string | undefined) =>
      parts.callerOf({
        account: { id: '000000000000' },
        user: 'ann',
        accessKeyId: 'KEY',
        session: { federated },
      } as never); // the members that entries read
    const ann = { account: '000000000000', user: 'ann', accessKeyId: 'KEY' };
    expect([undefined, 'visitor', 'guest', undefined].map(caller)).toEqual([
      ann,
      { ...ann, federatedUser: 'visitor' },
      { ...ann, federatedUser: 'guest' },
      ann,
    ]);
  });

  it('have one caller as long as it is the same', () => {
    const parts = new RepeatedParts();
    const account = { id: '000000000000' } as never;
    const root = { account, user: undefined, accessKeyId: 'KEY' };
    const first = parts.callerOf(root);
    expect(parts.callerOf({ ...root })).toBe(first);
    expect(parts.callerOf({ ...root, user: 'anna' })).toEqual({
      account: '000000000000',
      user: 'anna',
      accessKeyId: 'KEY',
    });
    expect(parts.callerOf({ ...root, accessKeyId: 'OTHER' })).toEqual({ ...(first as object), accessKeyId: 'OTHER' });
    expect(parts.callerOf({ account: undefined, user: undefined, accessKeyId: undefined })).toBe('anonymous');
    expect(parts.callerOf(root)).toEqual(first);
  });
});
