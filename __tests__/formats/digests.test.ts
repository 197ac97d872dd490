import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import {
  type ChecksumAlgorithm,
  checksum,
  checksumAlgorithms,
  isChecksum,
  md5,
  sha256Hex,
} from '../../src/formats/digests';
import { loadXxhash } from '../../src/formats/xxhash';

beforeAll(() => loadXxhash());

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const hexOf = (algorithm: ChecksumAlgorithm, text: string): string =>
  Buffer.from(checksum(algorithm, bytesOf(text)), 'base64').toString('hex');

describe('the digests that S3 returned for a small object', () => {
  it.each<Record<'content' | 'etag' | 'crc32' | 'crc64Nvme', string>>`
    content            | etag                                  | crc32         | crc64Nvme
    ${''}              | ${'d41d8cd98f00b204e9800998ecf8427e'} | ${'AAAAAA=='} | ${'AAAAAAAAAAA='}
    ${'a'}             | ${'0cc175b9c0f1b6a831c399e269772661'} | ${'6Le+Qw=='} | ${'jC+ERbTL/Dw='}
    ${'v1'}            | ${'6654c734ccab8f440ff0825eb443dc7f'} | ${'aWLMtQ=='} | ${'6RYxVX5H2lY='}
    ${'data'}          | ${'8d777f385d3dfec8815d20f7496026dc'} | ${'rfPzYw=='} | ${'7a5hQ478J4A='}
    ${'test'}          | ${'098f6bcd4621d373cade4e832627b4f6'} | ${'2H9+DA=='} | ${'+bu+zv66sUM='}
    ${'test-checksum'} | ${'f2081dd61dfa700a0fd5e29b9c3cc23d'} | ${'lVk/nw=='} | ${'1f2xscCCZCU='}
    ${'test data..'}   | ${'e6d9226c2a86b7232933663c13467527'} | ${'cZWHwQ=='} | ${'qUVrWYOrIAM='}
    ${'0123456789'}    | ${'781e5e245d69b566979b86e28d23f2c7'} | ${'poTHxg=='} | ${'Ffmx7kz9nB0='}
  `('"$content" has the CRC64NVME $crc64Nvme', ({ content, etag, crc32, crc64Nvme }) => {
    expect(md5(bytesOf(content)).toString('hex')).toBe(etag);
    expect(checksum('CRC32', bytesOf(content))).toBe(crc32);
    expect(checksum('CRC64NVME', bytesOf(content))).toBe(crc64Nvme);
  });
});

describe('the check values of the catalogues', () => {
  it.each<[algorithm: ChecksumAlgorithm, ofDigits: string]>([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
    ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
    [
      'SHA512',
      'd9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274ad27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85',
    ],
    ['MD5', '25f9e794323b453885f5181f1b624d0b'],
  ])('%s of "123456789" is %s', (algorithm, ofDigits) => {
    expect(hexOf(algorithm, '123456789')).toBe(ofDigits);
  });

  it('writes SHA-256 in lower-case hex', () => {
    expect(sha256Hex(bytesOf(''))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});

describe('a multipart upload of 5242881 x a, 5242881 x a and 10 x a', () => {
  const long = Buffer.alloc(5242881, 'a');
  const parts = [long, long, Buffer.alloc(10, 'a')];
  const composite = (algorithm: ChecksumAlgorithm): string =>
    checksum(algorithm, Buffer.concat(parts.map((part) => Buffer.from(checksum(algorithm, part), 'base64'))));

  it('has the ETags that S3 returned', () => {
    const [first, , last] = parts.map((part) => md5(part));
    expect(first?.toString('hex')).toBe('c4c753e69bb853187f5854c46cf801c6');
    expect(last?.toString('hex')).toBe('e09c80c42fda55f9d992e59ca6b3307d');
    expect(md5(Buffer.concat(parts.map((part) => md5(part)))).toString('hex')).toBe('4d45984fc3feb2ac9b22683c49674b56');
    expect(md5(Buffer.concat(parts)).toString('hex')).toBe('a0397ee2df08832642af5d7e57c5760c');
  });

  it.each<{ algorithm: ChecksumAlgorithm; ofParts: string }>`
    algorithm   | ofParts
    ${'CRC32'}  | ${'5FRUiw=='}
    ${'CRC32C'} | ${'XF5+4A=='}
    ${'SHA1'}   | ${'AyE60nyQoBgJcwsyPHWu7aJuxBs='}
    ${'SHA256'} | ${'9o++y6AejqboiJ7MZCx0fahK2Vu5YC/qnNhhYsCLciI='}
  `('has the composite $algorithm $ofParts', ({ algorithm, ofParts }) => {
    expect(composite(algorithm)).toBe(ofParts);
  });

  it.each<{ algorithm: ChecksumAlgorithm; ofAll: string }>`
    algorithm   | ofAll
    ${'CRC32'}  | ${'qSEQSA=='}
    ${'CRC32C'} | ${'eTdAQA=='}
  `('has, copied into one object, the $algorithm $ofAll', ({ algorithm, ofAll }) => {
    expect(checksum(algorithm, Buffer.concat(parts))).toBe(ofAll);
  });
});

describe('our CRCs', () => {
  // Bit by bit, as in the definition: reflected polynomial, all ones at the start, inverted at the end.
  function slowly(bytes: Uint8Array, polynomial: bigint, bits: number): string {
    const ones = (1n << BigInt(bits)) - 1n;
    let crc = ones;
    for (const byte of bytes) {
      crc ^= BigInt(byte);
      for (let bit = 0; bit < 8; bit += 1) crc = (crc >> 1n) ^ (crc & 1n ? polynomial : 0n);
    }
    return Buffer.from((crc ^ ones).toString(16).padStart(bits / 4, '0'), 'hex').toString('base64');
  }

  it.each<{ algorithm: ChecksumAlgorithm; polynomial: bigint; bits: number }>`
    algorithm      | polynomial             | bits
    ${'CRC32'}     | ${0xedb88320n}         | ${32}
    ${'CRC32C'}    | ${0x82f63b78n}         | ${32}
    ${'CRC64NVME'} | ${0x9a6c9329ac4bc9b5n} | ${64}
  `('compute $algorithm as its definition says, at any offset of the bytes', ({ algorithm, polynomial, bits }) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(9), (bytes, start) => {
        const shifted = new Uint8Array([...new Uint8Array(start), ...bytes]).subarray(start);
        expect(checksum(algorithm, shifted)).toBe(slowly(bytes, polynomial, bits));
      }),
    );
  });

  it('CRC32 is the same where Node has none', () => {
    const zlib: typeof import('node:zlib') = jest.requireActual('node:zlib');
    const older = { ...zlib, crc32: undefined };
    jest.isolateModules(() => {
      jest.doMock('node:zlib', () => older);
      const {
        checksum: olderChecksum,
      }: typeof import('../../src/formats/digests') = require('../../src/formats/digests');
      jest.dontMock('node:zlib');
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
          expect(olderChecksum('CRC32', bytes)).toBe(slowly(bytes, 0xedb88320n, 32));
        }),
      );
    });
  });

  it('isChecksum accepts what each algorithm writes, and neither a byte more nor a byte less', () => {
    for (const algorithm of checksumAlgorithms) {
      const bytes = Buffer.from(checksum(algorithm, bytesOf('v1')), 'base64');
      const texts = [bytes, bytes.subarray(1), Buffer.concat([bytes, bytesOf('v')])].map((one) =>
        one.toString('base64'),
      );
      expect(texts.map((text) => isChecksum(algorithm, text))).toEqual([true, false, false]);
    }
  });

  it('isChecksum refuses base64 that no writer makes: other last bits, letters of other alphabets, blanks, no padding', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_ =';
    for (const algorithm of checksumAlgorithms) {
      const right = checksum(algorithm, bytesOf('v1'));
      const [, begun = '', padding = ''] = /^(.*)[^=](=*)$/.exec(right) ?? [];
      const texts = [...letters].map((letter) => begun + letter + padding);
      const bytesIn = (text: string) => Buffer.from(text, 'base64');
      const written = texts.filter(
        (text) => bytesIn(text).toString('base64') === text && bytesIn(text).length === bytesIn(right).length,
      );
      expect(texts.filter((text) => isChecksum(algorithm, text))).toEqual(written);
      const others = [`${right}\n`, ` ${right}`, `${begun}A`, `${right}=`].filter((text) => text !== right);
      expect(others.filter((text) => isChecksum(algorithm, text))).toEqual(padding === '' ? [`${begun}A`] : []);
    }
  });
});
