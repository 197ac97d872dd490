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
      const alone = new RepeatedParts();
      expect({ url: parts.urlOf(wire), client: parts.clientOf(wire) }).toEqual({
        url: `${one.secure ? 'https' : 'http'}://${one.headers['host'] ?? one.host}${one.url}`,
        client: alone.clientOf(wire),
      });
    }
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
