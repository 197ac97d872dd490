import { describe, expect, it } from '@jest/globals';
import { Store } from '../../src/model/store';
import { S3Error } from '../../src/refusals';
import { S3MockError } from '../../src/s3-mock-error';
import { refusalForThrown } from '../../src/service/service';
import { refusalForCapture, replyToStray } from '../../src/service/stray-replies';
import type { CaptureRefusal, Endpoint } from '../../src/wire';

const endpoint = (more: Partial<Endpoint>): Endpoint => ({
  ...{ base: 's3.amazonaws.com', service: 's3', dialect: 'aws', region: undefined },
  ...more,
});
const store = new Store({ accountId: '111122223333', seed: 'stray', realNow: () => 0, start: undefined });
const answer = (wire: Parameters<typeof replyToStray>[1]) =>
  String(replyToStray(store, wire, new S3Error('MockStopped')).body);

describe('the answer to a request that no test awaits', () => {
  it('has no body if the request is a HEAD', () => {
    expect({ head: answer({ method: 'HEAD' }), get: answer({ method: 'GET' }) }).toEqual({
      head: '',
      get: expect.stringContaining('<Code>S3MockStopped</Code>'),
    });
  });

  it('names the path at IBM COS', () => {
    expect(answer({ url: '/vault/a', endpoint: endpoint({ dialect: 'ibm-cos' }) })).toContain(
      '<Resource>/vault/a</Resource>',
    );
  });

  it('has the form of S3 Control at its host', () => {
    expect(answer({ endpoint: endpoint({ service: 's3-control' }) })).toContain('<ErrorResponse><Error>');
    expect(answer({ endpoint: endpoint({}) })).not.toContain('<ErrorResponse>');
  });
});

describe('a request that does not reach S3', () => {
  const refusalFor = (refusal: Exclude<CaptureRefusal, { readonly kind: 'unknown-host' }>) => {
    const { refusal: name, details } = refusalForCapture(
      refusal,
      () => new S3Error('MockInternalError', { problem: '' }),
    );
    return { name, details };
  };

  it.each<[what: string, given: Parameters<typeof refusalFor>[0], expected: object]>([
    ['a reset overtook', { kind: 'overtaken' }, { name: 'MockReset', details: {} }],
    [
      'a test file left behind',
      { kind: 'left', callSite: 'a.ts:1' },
      { name: 'MockLeft', details: { callSite: 'a.ts:1' } },
    ],
    [
      'has too many headers',
      { kind: 'unparsable', reason: 'HPE_HEADER_OVERFLOW', head: 'GET / HTTP/1.1\r\n' },
      { name: 'HeaderSectionTooLarge', details: { MaxSizeAllowed: 8192 } },
    ],
    [
      'has a url without an end',
      { kind: 'unparsable', reason: 'HPE_HEADER_OVERFLOW', head: 'GET /aaaa' },
      { name: 'RequestUnparsable', details: {} },
    ],
  ])('gets its own refusal: it %s', (_what, given, expected) => {
    expect(refusalFor(given)).toEqual(expected);
  });
});

describe('what is thrown and is no refusal', () => {
  it.each<[what: string, thrown: unknown, expected: object]>([
    ['a text', 'broken', { refusal: 'MockInternalError', details: { problem: 'broken' } }],
    ['a number', 7, { refusal: 'MockInternalError', details: { problem: '7' } }],
    ['nothing', undefined, { refusal: 'MockInternalError', details: { problem: 'undefined' } }],
    [
      'an error with the code of a matcher that threw',
      Object.assign(new Error('broken'), { code: 'TEST_THREW' }),
      { refusal: 'MockInternalError', details: { problem: 'broken' } },
    ],
    [
      'another error of the library',
      new S3MockError('RULE_GONE', 'broken'),
      { refusal: 'MockInternalError', details: { problem: 'broken' } },
    ],
    [
      'a matcher that threw',
      new S3MockError('TEST_THREW', 'broken'),
      { refusal: 'MockTestThrew', details: { problem: 'broken' } },
    ],
  ])('is answered as what it is: %s', (_what, thrown, expected) => {
    const { refusal, details } = refusalForThrown(thrown, () => {});
    expect({ refusal, details }).toEqual(expected);
  });
});
