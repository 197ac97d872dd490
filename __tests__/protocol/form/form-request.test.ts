import { describe, expect, it } from '@jest/globals';
import { readFormRequest } from '../../../src/protocol/form/form-request';
import type { S3Request } from '../../../src/protocol/request/request';
import { S3Error } from '../../../src/refusals';
import { type Field, formBody, formType, signedFields } from '../../support/forms';
import { type Call, requestOf } from '../../support/signed';

function read(body: Uint8Array | string, { headers, dialect = 'aws' }: Partial<Call> = {}): S3Request {
  const length = { 'content-length': String(body.length), 'content-type': formType };
  return readFormRequest(
    requestOf({ method: 'POST', url: '/vault', headers: { ...length, ...headers }, body, dialect }),
  );
}

/** The stages that refuse the request. */
function refusalsOf({ refusals }: S3Request): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(refusals).map(([stage, refusal]) => [stage, refusal.refusal]));
}

const ofV2 = { authorization: 'AWS AKIDOTHER:signature' };
const compressed = { 'transfer-encoding': 'gzip' };

// F562, F564
describe('a request that is no form', () => {
  it('comes from nobody, whatever its Authorization header says', () => {
    expect(read('data', { headers: ofV2 }).identity).toEqual({ scheme: 'anonymous' });
  });

  it('is refused for its head, too', () => {
    expect(refusalsOf(read('data', { headers: compressed }))).toEqual({
      address: 'TransferEncodingUnsupported',
      form: 'FormMalformed',
    });
  });
});

// F562
describe('the key of a form', () => {
  it.each<[what: string, fields: readonly Field[], refusal: string, why: string]>([
    [
      'missing',
      [
        ['acl', 'private'],
        ['tagging', ''],
      ],
      'FormFieldMissing',
      'the fields before the file are acl, tagging; S3 ignores the fields after the file',
    ],
    [
      'missing as all fields are',
      [],
      'FormFieldMissing',
      'the fields before the file are (none); S3 ignores the fields after the file',
    ],
    ['empty', [['key', '']], 'FormKeyEmpty', 'the key of the form is empty'],
  ])('may not be %s', (_what, fields, refusal, why) => {
    const request = read(formBody(fields), { headers: compressed });
    expect({ key: request.key, refusals: refusalsOf(request), why: request.refusals.form?.why }).toEqual({
      key: undefined,
      refusals: { address: 'TransferEncodingUnsupported', form: refusal },
      why,
    });
  });
});

// F564
describe('the sender of a form', () => {
  const date = '20260331T073505Z';
  const credential = (scope: string) => ({ 'x-amz-credential': `AKIDEXAMPLE/${scope}` });
  const signed = (changed: Readonly<Record<string, string>> = {}) =>
    formBody(signedFields({ at: new Date('2026-03-31T07:35:05Z'), changed }));

  it('is what the fields of its signature say', () => {
    expect(read(signed(credential('20260331/eu-west-1/s4/aws4_request')), { headers: ofV2 }).identity).toEqual({
      scheme: 'sigv4-form',
      accessKeyId: 'AKIDEXAMPLE',
      region: 'eu-west-1',
      service: 's4',
    });
  });

  it('is refused for an algorithm that is not that of forms', () => {
    const { identity } = read(signed({ 'x-amz-algorithm': 'AWS4-HMAC-SHA1', 'x-amz-date': date }));
    expect(identity).toEqual(new S3Error('FormAlgorithmUnsupported', { ArgumentValue: 'AWS4-HMAC-SHA1' }));
    expect(identity).toMatchObject({ details: { ArgumentValue: 'AWS4-HMAC-SHA1' } });
  });

  // F565
  it.each<[what: string, sent: Partial<Call>, scheme: string]>([
    ['a header', {}, 'NoAccessKeyPresented'],
    ['a header beside an Authorization header of version 2', { headers: ofV2 }, 'sigv4-form'],
    ['a header at IBM COS, which has no temporary credentials', { dialect: 'ibm-cos' }, 'sigv4-form'],
  ])('with a session token in %s is %s', (_what, { headers, ...sent }, expected) => {
    const { identity } = read(signed(), { headers: { 'x-amz-security-token': 'FwoG', ...headers }, ...sent });
    expect(identity instanceof S3Error ? identity.refusal : identity.scheme).toBe(expected);
  });

  it("names the region that a user's own host serves", () => {
    const regionOf = (body: Uint8Array) => {
      const request = requestOf({ method: 'POST', url: '/vault', headers: { 'content-type': formType }, body });
      return readFormRequest({ ...request, endpoint: { ...request.endpoint, own: true } }).endpoint.region;
    };
    expect(regionOf(signed(credential('20260331/eu-west-1/s3/aws4_request')))).toBe('eu-west-1');
    expect(regionOf(formBody([['key', 'k']]))).toBeUndefined();
  });
});

describe('what a form uploads', () => {
  // F563
  it('has no header from a field whose name no header has', () => {
    const fields: readonly Field[] = [
      ['key', 'k'],
      ['x-amz-meta-note', 'é'],
      ['x-amz-meta-nöte', 'é'],
      ['acl', 'private'],
      ['tagging', 't'],
    ];
    expect([...read(formBody(fields)).headers.keys()]).toEqual([
      'host',
      'content-length',
      'x-amz-meta-note',
      'x-amz-acl',
    ]);
  });

  it("is its file, without the trailers of HTTP's own chunks", () => {
    const { wire, ...request } = requestOf({
      method: 'POST',
      url: '/vault',
      headers: { 'content-type': formType },
      body: formBody([['key', 'k']]),
    });
    const trailers = new Map([['x-amz-checksum-crc32', 'AAAAAA==']]);
    const { body, trailers: left } = readFormRequest({ ...request, wire: { ...wire, trailers }, trailers });
    expect({ body: Buffer.from(body).toString(), trailers: [...left] }).toEqual({ body: 'data', trailers: [] });
  });
});
