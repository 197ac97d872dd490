import { describe, expect, it } from '@jest/globals';
import { type Signable, signatureV2, signV2 } from '../../support/clients/signer';
import { type Call, example, judged, knownAt } from '../../support/signed';

const host = 'awsexamplebucket1.s3.amazonaws.com';
const at = (moment: string) => knownAt(moment, { region: 'us-west-1' });

// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html. F144
describe("AWS's examples of version 2", () => {
  it.each<[what: string, date: string, signature: string, call: Call]>([
    [
      'object GET',
      'Tue, 27 Mar 2007 19:36:42 +0000',
      'qgk2+6Sv9/oM7G3qLEjTH1a1l1g=',
      { url: '/photos/puppy.jpg', host },
    ],
    [
      'object PUT',
      'Tue, 27 Mar 2007 21:15:45 +0000',
      'iqRzw+ileNPu1fhspnRs8nOjjIA=',
      { method: 'PUT', url: '/photos/puppy.jpg', host, headers: { 'Content-Type': 'image/jpeg' } },
    ],
    [
      'listing',
      'Tue, 27 Mar 2007 19:42:41 +0000',
      'm0WP8eCtspQl5Ahe6L1SozdX9YA=',
      { url: '/?prefix=photos&max-keys=50&marker=puppy', host },
    ],
    ['list of buckets', 'Wed, 28 Mar 2007 01:29:59 +0000', 'qGdzdERIC03wnaRNKh6OqZehG9s=', { url: '/' }],
    [
      'key in Unicode',
      'Wed, 28 Mar 2007 01:49:49 +0000',
      'DNEZGsoieTZ92F3bUfSPQcbGmlM=',
      { url: '/dictionary/fran%C3%A7ais/pr%c3%a9f%c3%a8re' },
    ],
  ])('%s', (_what, date, signature, call) => {
    const Authorization = `AWS ${example.accessKeyId}:${signature}`;
    const signed = { ...call, headers: { ...call.headers, Date: date, Authorization } };
    expect(judged(signed, at(date))).toBeUndefined();
    expect(judged({ ...signed, method: 'DELETE' }, at(date))).toMatchObject({ refusal: 'SignatureDoesNotMatch' });
  });
});

const moment = '2026-03-31T07:35:05Z';
const now = at(moment);
const signer = { ...example, at: new Date(moment) };

function signed(request: Partial<Signable> & { readonly resource: string }): Call {
  const sent = { method: 'GET', host: 's3.amazonaws.com', path: request.resource, ...request };
  return { method: sent.method, url: sent.path, headers: signV2(sent, signer) };
}

describe('a header of version 2', () => {
  it.each<{ path: string; resource: string }>`
    path                                              | resource
    ${'/vault/a%20b'}                                 | ${'/vault/a%20b'}
    ${'/vault?versioning'}                            | ${'/vault?versioning'}
    ${'/vault?acl=x'}                                 | ${'/vault?acl'}
    ${'/vault?versions&prefix=p&max-keys=1'}          | ${'/vault?versions'}
    ${'/vault/k?versionId=null&tagging'}              | ${'/vault/k?tagging&versionId=null'}
    ${'/vault/k?uploadId=u&partNumber=2'}             | ${'/vault/k?partNumber=2&uploadId=u'}
    ${'/vault/k?response-content-type=a%2Fb%20c&Acl'} | ${'/vault/k?response-content-type=a/b c'}
    ${'/vault?delete'}                                | ${'/vault?delete'}
    ${'/vault/k?annotation&annotationName=n'}         | ${'/vault/k?annotation&annotationName'}
    ${'/vault?protection'}                            | ${'/vault'}
  `('signs $path as $resource', ({ path, resource }) => {
    expect(judged(signed({ path, resource }), now)).toBeUndefined();
    expect(judged(signed({ path, resource: `${resource}x` }), now)).toMatchObject({ refusal: 'SignatureDoesNotMatch' });
  });

  // Measured: brekkylab/backlot, auth.py, of boto3's signature of a bucket in the path. F578
  it.each([
    ['/vault', '/vault/'],
    ['/vault/', '/vault'],
    ['/vault/k', '/vault/k/'],
    ['/', '//'],
  ])('for %s may not sign %s', (path, resource) => {
    expect(judged(signed({ path, resource }), now)).toMatchObject({
      refusal: 'SignatureDoesNotMatch',
      details: { StringToSign: expect.stringMatching(new RegExp(`\\n${path}$`)) },
    });
  });

  // Measured: brekkylab/backlot, sigv2.py. F141
  it.each([
    'Tue, 31 Mar 2026 07:35:05 utc',
    'Mon, 31 Mar 2026 02:35:05 EST',
    'Tuesday, 31 March 2026 16:35:05 JST',
    'Tue, 31 Mar 2026 03:05:05 EST',
    'Tue, 31 Mar 2026 17:05:05 GMT+9:30',
    'Tue, 31 Mar 2026 17:05:05 +0930',
    'Tue,  31 Mar 02026 07:35:005  GMT',
    'Tue, 28 Feb 2026 751:35:05 GMT',
    'Sun, 59 Feb 2026 07:35:05 GMT',
    'TUESDAY, 31-mar-26 07:34:65 GMT',
    'Tue Mar  31 07:35:05  2026',
  ])('is dated %s', (date) => {
    const call = signed({ resource: '/vault', headers: { date } });
    const refusal = judged(call, now);
    expect(refusal).toEqual(
      date.includes('03:05:05') ? expect.objectContaining({ refusal: 'RequestTimeTooSkewed' }) : undefined,
    );
  });

  it.each([
    'Tue,31 Mar 2026 07:35:05 GMT',
    'Tue , 31 Mar 2026 07:35:05 GMT',
    'Tue, 31  Mar 2026 07:35:05 GMT',
    'Tue, 31 Mar 2026 07:35:05',
    'Tue, 31 Mar 2026 07:35:05 GMT xyz',
    'Tue, 31 Mar 2026 07:35:05 GMT+9',
    'Tue, 31 Mar 2026 07:35:05 +09:00',
    'Tue, 31 Mar 2026 07:35:05 +2400',
    'Tue, 31 Mar 2026 07:35:05 Z',
    'Tue, 31 Mar 26 07:35:05 GMT',
    'Tue, 31-Mar-026 07:35:05 GMT',
    'Tue Mar 31 07:35:05 2026 GMT',
  ])('has no date with %s', (date) => {
    const call = signed({ resource: '/vault', headers: { date } });
    expect(judged(call, now)).toEqual({ refusal: 'DateMissing', details: {} });
  });

  it.each(['Fri, 31 Mar 10000 07:35:05 GMT', 'Fri, 32 Dec 9999 00:00:00 GMT'])(
    'is an error inside S3 with %s',
    (date) => {
      const call = signed({ resource: '/vault', headers: { date } });
      expect(judged(call, now)).toEqual({ refusal: 'DateBeyondYears', details: {} });
    },
  );

  // Pasted in fog/fog#2942 and aws/aws-sdk-js#1297. F216
  it('signs the text of a header that came as ISO-8859-1', () => {
    const call = signed({ resource: '/vault', headers: { 'x-amz-meta-name': 'Zoë' } });
    expect(judged(call, now)).toBeUndefined();
    const asUtf8 = { ...call.headers, 'x-amz-meta-name': Buffer.from('Zoë').toString('latin1') };
    expect(judged({ ...call, headers: asUtf8 }, now)).toMatchObject({ refusal: 'SignatureDoesNotMatch' });
  });

  it("signs S3's own headers, the type and Content-MD5, and no other header", () => {
    const headers = { 'x-amz-meta-b': '2', 'x-amz-meta-a': '1', 'content-type': 'text/plain', 'content-md5': 'mQ==' };
    const call = signed({ method: 'PUT', resource: '/vault/k', headers });
    expect(judged({ ...call, headers: { ...call.headers, 'cache-control': 'no-store' } }, now)).toBeUndefined();
    for (const name of ['x-amz-meta-a', 'x-amz-acl', 'content-type', 'content-md5', 'date']) {
      const tampered = { ...call, headers: { ...call.headers, [name]: 'Tue, 31 Mar 2026 07:35:06 GMT' } };
      expect(judged(tampered, now)).toMatchObject({ refusal: 'SignatureDoesNotMatch' });
    }
  });

  it('uses x-amz-date if the request has it', () => {
    const headers = { 'x-amz-date': 'Tue, 31 Mar 2026 07:35:05 GMT', date: 'yesterday' };
    expect(judged(signed({ resource: '/vault', headers }), now)).toBeUndefined();
  });

  it('is refused with the text that S3 would have signed, and no canonical request', () => {
    const call = signed({ resource: '/vault?versioning', headers: { 'x-amz-meta-a': '1' } });
    const headers = { ...call.headers, authorization: `AWS ${example.accessKeyId}:c2ln` };
    expect(judged({ ...call, headers }, now)).toEqual({
      refusal: 'SignatureDoesNotMatch',
      details: {
        AWSAccessKeyId: example.accessKeyId,
        StringToSign: 'GET\n\n\nTue, 31 Mar 2026 07:35:05 GMT\nx-amz-meta-a:1\n/vault?versioning',
        SignatureProvided: 'c2ln',
      },
    });
  });

  const authorization = 'AWS AKID:c2ln';

  it.each<[problem: string, refusal: string, headers: Record<string, string>, details?: object]>([
    [
      'a second space',
      'AuthorizationSpaceMissing',
      { authorization: 'AWS  AKID:c2ln' },
      { ArgumentValue: 'AWS  AKID:c2ln' },
    ],
    ['no signature', 'AuthorizationV2Malformed', { authorization: 'AWS AKID:' }, { ArgumentValue: 'AWS AKID:' }],
    ['no date', 'DateMissing', { authorization }],
    ['an invalid date', 'DateMissing', { authorization, 'x-amz-date': 'today', date: 'Tue, 31 Mar 2026 07:35:05 GMT' }],
    [
      'a date a day later',
      'RequestTimeTooSkewed',
      { authorization, date: 'Wed, 01 Apr 2026 07:35:05 GMT' },
      { RequestTime: 'Wed, 01 Apr 2026 07:35:05 GMT', ServerTime: moment },
    ],
    [
      'an unknown key',
      'InvalidAccessKeyId',
      { authorization, date: 'Tue, 31 Mar 2026 07:35:05 GMT' },
      { AWSAccessKeyId: 'AKID' },
    ],
  ])('with %s is refused with %s', (_problem, refusal, headers, details = {}) => {
    expect(judged({ url: '/vault', headers }, now)).toEqual({ refusal, details });
  });
});

describe('a presigned url of version 2', () => {
  const expires = String(Date.parse(moment) / 1000 + 900);
  const sign = (resource: string, line = expires, headers = {}) =>
    encodeURIComponent(signatureV2({ method: 'GET', host: '', path: '', resource }, headers, line, example));
  const url = (signature: string, line = expires, key: string = example.accessKeyId) =>
    `/vault/k?AWSAccessKeyId=${key}&Expires=${line}&Signature=${signature}`;

  it('is valid until it expires, however far that is', () => {
    expect(judged({ url: url(sign('/vault/k')) }, now)).toBeUndefined();
    expect(judged({ url: url(sign('/vault/k', '2147483647'), '2147483647') }, now)).toBeUndefined();
    expect(judged({ url: url(sign('/vault/k')) }, at('2026-03-31T07:50:05Z'))).toBeUndefined();
    expect(judged({ url: url(sign('/vault/k')) }, at('2026-03-31T07:50:06Z'))).toEqual({
      refusal: 'PresignedExpired',
      details: { Expires: '2026-03-31T07:50:05Z', ServerTime: '2026-03-31T07:50:06Z' },
    });
  });

  it('ages with the clock of the mock', () => {
    const process = Date.parse(moment);
    const moves = [{ second: process / 1000 - 3600, by: 901_000 }];
    const times = { process, mock: process + 901_000, moves, presumed: 'signed first' } as const;
    expect(judged({ url: url(sign('/vault/k')) }, knownAt(moment, { times }))).toMatchObject({
      refusal: 'PresignedExpired',
    });
    const movedFirst = { ...times, presumed: 'moved first' } as const;
    expect(judged({ url: url(sign('/vault/k')) }, knownAt(moment, { times: movedFirst }))).toBeUndefined();
  });

  it("signs S3's own parameters like headers, and in the place of headers", () => {
    const signature = sign('/vault/k', expires, { 'x-amz-foo': '1' });
    const call = { url: `${url(signature)}&X-Amz-Foo=1`, headers: { 'x-amz-foo': '2' } };
    expect(judged(call, now)).toBeUndefined();
    expect(judged({ url: url(signature), headers: { 'x-amz-foo': '2' } }, now)).toMatchObject({
      refusal: 'SignatureDoesNotMatch',
    });
  });

  it.each(['2147483648', '1e9', ' 1', 'tomorrow'])('is refused if it expires at "%s"', (line) => {
    expect(judged({ url: url('c2ln', encodeURIComponent(line)) }, now)).toEqual({
      refusal: 'ExpiresInvalid',
      details: { value: line },
    });
  });

  // Measured: brekkylab/backlot, auth.py. F144
  it.each([
    ['-2147483649', 'PresignedExpired'],
    ['-9999999999', 'PresignedExpired'],
    ['-62167219201', 'DateBeyondYears'],
    ['-9223372036854775808', 'DateBeyondYears'],
  ])('that ended at %s is refused with %s', (line, refusal) => {
    expect(judged({ url: url('c2ln', line) }, now)).toMatchObject({ refusal });
  });

  // F1652
  it('is refused with an unknown key, and with a token once its signature is right', () => {
    expect(judged({ url: url('c2ln', expires, 'NOBODY') }, now)).toMatchObject({ refusal: 'InvalidAccessKeyId' });
    const withToken = (signature: string) => `${url(signature)}&x-amz-security-token=FwoG`;
    expect(judged({ url: withToken('c2ln') }, now)).toMatchObject({ refusal: 'SignatureDoesNotMatch' });
  });

  it.each([
    ['signature', url('c2ln')],
    ['expiry', url(sign('/vault/k'), String(Number(expires) + 1))],
    ['key of the object', url(sign('/vault/k')).replace('/k', '/l')],
    ['version', `${url(sign('/vault/k'))}&versionId=null`],
  ])('is refused with another %s', (_what, changed) => {
    expect(judged({ url: changed }, now)).toMatchObject({ refusal: 'SignatureDoesNotMatch' });
  });
});
