import { isIP } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readIpRange } from '../../src/formats/ip-ranges';

describe('a range of addresses', () => {
  it.each<{ text: string; version: number; address: bigint; prefix: number }>`
    text                 | version | address                                | prefix
    ${'203.0.113.7'}     | ${4}    | ${0xcb007107n}                         | ${32}
    ${'10.0.0.0/8'}      | ${4}    | ${0x0a000000n}                         | ${8}
    ${'0.0.0.0/0'}       | ${4}    | ${0n}                                  | ${0}
    ${'::'}              | ${6}    | ${0n}                                  | ${128}
    ${'::1/127'}         | ${6}    | ${1n}                                  | ${127}
    ${'2001:db8::/32'}   | ${6}    | ${0x20010db8000000000000000000000000n} | ${32}
    ${'::ffff:10.0.0.1'} | ${6}    | ${0xffff0a000001n}                     | ${128}
  `('$text has version $version and prefix $prefix', ({ text, version, address, prefix }) => {
    expect(readIpRange(text)).toEqual({ version, address, prefix });
  });

  it.each([
    [''],
    ['10.0.0'],
    ['10.0.0.256'],
    ['10.0.0.0/33'],
    ['10.0.0.0/'],
    ['10.0.0.*'],
    ['2001:db8::/129'],
    ['1::2::3'],
    ['1:2:3:4:5:6:7:8:9'],
    ['1:2:3:4:5:6:7::8'],
    ['12345::'],
    ['::ffff:10.0.0.256'],
    [' 10.0.0.1'],
  ])('is not %j', (text) => {
    expect(readIpRange(text)).toBeUndefined();
  });

  it('has the addresses that Node knows', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.stringMatching(/^[0-9a-f:.]{2,20}$/));
    fc.assert(
      fc.property(address, (text) => {
        expect(readIpRange(text)?.version ?? 0).toBe(isIP(text));
      }),
      { numRuns: 1000 },
    );
  });
});
