import { describe, expect, it } from '@jest/globals';
import { SparseBody } from '../../src/formats/sparse-body';
import { describeCaller, readOutput, readWireParts } from '../../src/service/entry-parts';

describe('the parts of an entry', () => {
  it.each([
    { secure: true, headers: { host: 'vault.s3.test' }, url: 'https://vault.s3.test/a?versioning' },
    {
      secure: false,
      headers: { host: 'vault.s3.test', 'user-agent': 'one/1 more' },
      url: 'http://vault.s3.test/a?versioning',
    },
    { secure: false, headers: {}, url: 'http://h/a?versioning' },
  ])('are the URL and the headers that were sent: $url', ({ secure, headers, url }) => {
    const wire = { secure, url: '/a?versioning', host: 'h', headers: new Map(Object.entries(headers)) };
    expect(readWireParts(wire as never)).toEqual({ url, headers }); // the members that entries read
  });

  it('include a header of a name that objects have', () => {
    const headers = new Map([['__proto__', 'sent']]);
    expect(Object.entries(readWireParts({ headers } as never).headers)).toEqual([['__proto__', 'sent']]);
  });

  it('are the members that an answer has, without the placeholder of a large object', () => {
    const output = { ETag: '"a"', Expiration: undefined, Body: new SparseBody([]) };
    expect(Object.entries(readOutput(output) ?? {})).toEqual([['ETag', '"a"']]);
    expect(readOutput(undefined)).toBeUndefined();
  });

  it.each([
    ['nobody', { account: undefined }, 'anonymous'],
    ['a user', { user: 'ann' }, { account: '1', user: 'ann', accessKeyId: 'KEY' }],
    [
      'a role',
      { role: 'job', session: { name: 'b' } },
      { account: '1', role: 'job', session: 'b', accessKeyId: 'KEY' },
    ],
    [
      'a federated user, beside the user behind it',
      { user: 'ann', session: { federated: 'guest' } },
      { account: '1', user: 'ann', federatedUser: 'guest', accessKeyId: 'KEY' },
    ],
  ])('name %s', (_, caller, expected) => {
    const described = describeCaller({ account: { id: '1' }, user: undefined, accessKeyId: 'KEY', ...caller } as never);
    expect(described).toEqual(expected);
  });
});
