import { describe, expect, it } from '@jest/globals';
import { RepeatedParts } from '../../src/service/repeated-parts';
import type { WireRequest } from '../../src/wire';

type Sent = Pick<WireRequest, 'url' | 'secure' | 'host'> & { readonly headers: Readonly<Record<string, string>> };

function wireOf({ headers, ...sent }: Sent): WireRequest {
  return { ...sent, headers: new Map(Object.entries(headers)) } as unknown as WireRequest; // the members that entries read
}

const sent: readonly Sent[] = [
  { url: '/a?versioning', secure: true, host: 'h', headers: { host: 'vault.s3.test' } },
  { url: '/b', secure: true, host: 'h', headers: { host: 'vault.s3.test', 'user-agent': 'one/1 more' } },
  { url: '/b', secure: false, host: 'h', headers: { host: 'vault.s3.test', 'user-agent': 'two/2' } },
  { url: '/b', secure: false, host: 'h', headers: {} },
  { url: '/b', secure: false, host: 'h', headers: { 'user-agent': 'two/2' } },
];

describe('the parts that entries share', () => {
  it('are those of their own request, whatever came before', () => {
    const parts = new RepeatedParts();
    for (const one of [...sent, ...sent.toReversed()]) {
      const wire = wireOf(one);
      expect(parts.urlOf(wire)).toBe(`${one.secure ? 'https' : 'http'}://${one.headers['host'] ?? one.host}${one.url}`);
      expect(parts.headersOf(wire)).toEqual(one.headers);
    }
  });

  it('keep the beginning of signatures once, and each text as it came', () => {
    const parts = new RepeatedParts();
    const beginning = (region: string) =>
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260331/${region}/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=`;
    const all = ['us-east-1', 'us-east-1', 'eu-west-1', 'us-east-1'].flatMap((region, at) => [
      `${beginning(region)}${String(at).repeat(64)}`,
      `AWS AKIDEXAMPLE:${at}`,
    ]);
    for (const authorization of all)
      expect(parts.headersOf({ headers: new Map([['authorization', authorization]]) })).toEqual({ authorization });
  });

  it('are members of an answer that it has, with the values of their own answer', () => {
    const parts = new RepeatedParts();
    const [bytes, others] = [Buffer.from('abc'), Buffer.from('abd')];
    const date = new Date(0);
    const outputs = [
      { ETag: '"a"', Body: bytes, LastModified: date, Expiration: undefined },
      { ETag: '"a"', Body: others, LastModified: new Date(0), VersionId: 'null' },
      { ETag: '"b"', Body: bytes, LastModified: date, Expiration: undefined },
    ];
    const [first, second, third] = outputs.map((output) => parts.outputOf(output));
    expect([first, second, third]).toEqual(outputs);
    expect(Object.keys(first ?? {})).toEqual(['ETag', 'Body', 'LastModified']);
    expect((second as (typeof outputs)[1]).LastModified).not.toBe((first as (typeof outputs)[0]).LastModified);
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
