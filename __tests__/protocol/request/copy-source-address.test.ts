import { describe, expect, it } from '@jest/globals';
import { copySourceForm, readCopyRange, readCopySource } from '../../../src/protocol/request/copy-source-address';
import { refusalThrownBy } from '../../support/thrown';

const point = 'arn:aws:s3:eu-west-1:123456789012:accesspoint/reader';

// F91
describe('x-amz-copy-source', () => {
  it.each<{ header: string; bucket: string; key: string; versionId: string | undefined }>`
    header                                     | bucket     | key      | versionId
    ${'vault/a'}                               | ${'vault'} | ${'a'}   | ${undefined}
    ${'/vault/a/b'}                            | ${'vault'} | ${'a/b'} | ${undefined}
    ${'vault%2Fa%3Fb'}                         | ${'vault'} | ${'a?b'} | ${undefined}
    ${'vault/a+b?versionId=v%2B'}              | ${'vault'} | ${'a b'} | ${'v+'}
    ${'vault/a?versionId='}                    | ${'vault'} | ${'a'}   | ${''}
    ${'HTTPS://host:443/vault/a'}              | ${'vault'} | ${'a'}   | ${undefined}
    ${`${point}/object/a/b?versionId=v`}       | ${point}   | ${'a/b'} | ${'v'}
    ${encodeURIComponent(`${point}/object/a`)} | ${point}   | ${'a'}   | ${undefined}
  `('$header names $key in $bucket', ({ header, bucket, key, versionId }) => {
    expect(readCopySource(header)).toEqual({ bucket, key, versionId, sent: header });
  });

  it.each<{ header: string; part: string; problem: string }>`
    header                     | part             | problem
    ${'vault/%'}               | ${'encoding'}    | ${'has a % without two hexadecimal digits after it'}
    ${'vault/a?versionId=%zz'} | ${'encoding'}    | ${'has a % without two hexadecimal digits after it'}
    ${''}                      | ${'bucket name'} | ${'has no bucket'}
    ${'//a'}                   | ${'bucket name'} | ${'has no bucket'}
    ${point}                   | ${'bucket name'} | ${'has no bucket'}
    ${'vault'}                 | ${'object key'}  | ${'has no key'}
    ${'vault/?versionId=v'}    | ${'object key'}  | ${'has no key'}
    ${'vault%2F'}              | ${'object key'}  | ${"is 'vault/' when decoded, and has no key"}
  `('$header lacks its $part', ({ header, part, problem }) => {
    const refusal = refusalThrownBy(() => readCopySource(header));
    expect({ refusal: refusal?.refusal, details: refusal?.details, why: refusal?.why }).toEqual({
      refusal: 'CopySourceInvalid',
      details: { part, ArgumentValue: header },
      why: `CopySource '${header}' ${problem}; ${copySourceForm}`,
    });
  });

  it('has a null character', () => {
    const refusal = refusalThrownBy(() => readCopySource('vault/bad%00key'));
    expect({ refusal: refusal?.refusal, quoted: refusal?.quoted }).toEqual({
      refusal: 'CopySourceHasNull',
      quoted: { 'x-amz-copy-source': 'vault/bad%00key' },
    });
  });
});

// F93
describe('x-amz-copy-source-range', () => {
  it.each<[header: string, range: object]>([
    ['bytes=0-0', { first: 0, last: 0 }],
    ['bytes=2-9', { first: 2, last: 9 }],
  ])('%s is within ten bytes', (header, range) => {
    expect(readCopyRange(header, 10)).toEqual(range);
  });

  it.each<[header: string, refusal: string, details: object, quoted: object]>([
    ['bytes=0-', 'CopyRangeMalformed', { ArgumentValue: 'bytes=0-' }, {}],
    ['bytes=2-1', 'CopyRangeMalformed', { ArgumentValue: 'bytes=2-1' }, {}],
    ['bytes=2-10', 'CopyRangeTooLong', { ArgumentValue: 'bytes=2-10', size: 10 }, {}],
    [
      'bytes=10-11',
      'CopyRangeBeyond',
      {},
      { 'x-amz-copy-source-range': 'bytes=10-11', 'the size of the source': '10' },
    ],
  ])('%s of ten bytes is %s', (header, refusal, details, quoted) => {
    const thrown = refusalThrownBy(() => readCopyRange(header, 10));
    expect({ refusal: thrown?.refusal, details: thrown?.details, quoted: thrown?.quoted }).toEqual({
      refusal,
      details,
      quoted,
    });
  });
});
