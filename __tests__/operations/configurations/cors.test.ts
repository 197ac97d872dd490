import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { malformedXml } from '../../support/documents';
import { digestMissing } from '../../support/locks';
import type { StatusAndText } from '../../support/objects';
import { answered, refusal } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: {} } });

const md5Of = (text: string) => createHash('md5').update(text).digest('base64');

async function put(content: string): Promise<StatusAndText> {
  const body = `<CORSConfiguration>${content}</CORSConfiguration>`;
  const headers = { 'Content-MD5': md5Of(body) };
  const { status, text } = await send({ method: 'PUT', path: '/vault?cors', body, headers });
  return { status, text };
}

function rule({ method = 'GET', origin = '*', more = '' } = {}): string {
  return `<CORSRule>${more}<AllowedMethod>${method}</AllowedMethod><AllowedOrigin>${origin}</AllowedOrigin></CORSRule>`;
}

const invalid = (message: string) => refusal(400, 'InvalidRequest', message);
const header = (name: string) => `<AllowedHeader>${name}</AllowedHeader>`;
const exposed = (name: string) => `<ExposeHeader>${name}</ExposeHeader>`;

describe('PutBucketCors refuses (F340)', () => {
  it('a method that browsers do not announce', async () => {
    expect(await put(rule({ method: 'PATCH' }))).toEqual(
      invalid('Found unsupported HTTP method in CORS config. Unsupported method is PATCH'),
    );
  });

  it.each<{ more: string; message: string }>`
    more                | message
    ${header('x-*-*')}  | ${'AllowedHeader "x-*-*" can not have more than one wildcard.'}
    ${header('x:amz')}  | ${'AllowedHeader "x:amz" contains invalid character.'}
    ${exposed('x amz')} | ${'AllowedHeader "x amz" contains invalid character.'}
    ${exposed('x-*')}   | ${'ExposeHeader "x-*" contains wildcard. We currently do not support wildcard for ExposeHeader.'}
  `('$message', async ({ more, message }) => {
    expect(await put(rule({ more }))).toEqual(invalid(message));
    expect(s3.bucket('vault').cors).toBeUndefined();
  });

  it('an origin with two wildcards', async () => {
    expect(await put(rule({ origin: '*example*.com' }))).toEqual(
      invalid('AllowedOrigin "*example*.com" can not have more than one wildcard.'),
    );
  });

  it('a document without a digest', async () => {
    const body = `<CORSConfiguration>${rule()}</CORSConfiguration>`;
    expect(await answered(send({ method: 'PUT', path: '/vault?cors', body }))).toEqual(digestMissing);
  });

  it('the 101st rule, and takes 100', async () => {
    expect(await put(rule().repeat(100))).toEqual({ status: 200, text: '' });
    expect(await put(rule().repeat(101))).toEqual(
      invalid('The number of CORS rules should not exceed allowed limit of 100 rules.'),
    );
    expect(s3.requests.last()?.why).toContain('there are 101 rules');
    expect(s3.bucket('vault').cors?.CORSRules).toHaveLength(100);
  });

  it('the schema before a value, and the number of rules before what they say', async () => {
    expect(await put(`${rule({ method: 'NO' })}<CORSRule/>`)).toEqual({ status: 400, text: malformedXml });
    expect((await put(rule({ method: 'NO' }).repeat(101))).text).toContain('100 rules');
  });

  it('the first wrong rule, and in it the method before the origin, the origin before the headers', async () => {
    const all = rule({ method: 'NO', origin: '**', more: header('**') });
    expect((await put(rule({ origin: '**' }) + all)).text).toContain('AllowedOrigin "**"');
    expect((await put(all)).text).toContain('Unsupported method is NO');
    expect((await put(rule({ origin: '**', more: header('**') }))).text).toContain('AllowedOrigin');
  });

  it('a document beyond 64 KB', async () => {
    expect(await answered(put(rule({ origin: 'o'.repeat(64 * 1024) })))).toEqual(
      refusal(
        400,
        'MaxMessageLengthExceeded',
        'Your request was too big.',
        '<MaxMessageLengthBytes>65536</MaxMessageLengthBytes>',
      ),
    );
  });
});

describe('PutBucketCors takes (F340)', () => {
  it.each([
    ['one wildcard in each header', rule({ more: header('*') + header('x-*') })],
    ['a header of any characters that names have', rule({ more: header("!#$%&amp;'*+-.^_`|~") })],
  ])('%s', async (_what, content) => {
    expect(await put(content)).toEqual({ status: 200, text: '' });
    expect((await send({ path: '/vault?cors' })).status).toBe(200);
  });
});

// F440
describe('the answer of GetBucketCors', () => {
  const sent = `<CORSRule>${exposed('x-amz-request-id')}<AllowedMethod>PUT</AllowedMethod><AllowedOrigin>https://a.test</AllowedOrigin>${header('X-Amz-Meta-*')}<AllowedMethod>GET</AllowedMethod>${exposed('etag')}${header('content-type')}<MaxAgeSeconds>3600</MaxAgeSeconds><ID>pages</ID></CORSRule>`;
  const [id, origin, age] = [
    '<ID>pages</ID>',
    '<AllowedOrigin>https://a.test</AllowedOrigin>',
    '<MaxAgeSeconds>3600</MaxAgeSeconds>',
  ];
  const methods = '<AllowedMethod>PUT</AllowedMethod><AllowedMethod>GET</AllowedMethod>';
  const headers = `${exposed('x-amz-request-id')}${exposed('etag')}${header('X-Amz-Meta-*')}${header('content-type')}`;
  const cosHost = 's3.us-south.cloud-object-storage.appdomain.cloud';

  it.each([
    ['is in the order of Amazon S3', undefined, `${id}${origin}${methods}${age}${headers}`],
    ['is in the order of IBM COS', cosHost, `${id}${methods}${origin}${age}${headers}`],
  ])('%s, whatever the order in which it was put', async (_name, host, rules) => {
    expect(await put(sent)).toEqual({ status: 200, text: '' });
    const { status, body } = await send({ path: '/vault?cors', ...(host !== undefined && { host }) });
    expect(status).toBe(200);
    expect(body).toContain(`><CORSRule>${rules}</CORSRule></CORSConfiguration>`);
  });
});

describe('a fixture', () => {
  it.each([
    [{ CORSRules: [] }, 'CORSRules'],
    [{ CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: [] }] }, 'AllowedOrigins'],
    [{ CORSRules: [{ AllowedMethods: ['get'], AllowedOrigins: ['*'] }] }, 'Unsupported method is get'],
  ])('that S3 would refuse is a TypeError: %j', (cors, said) => {
    expect(() => s3.createBucket('never', { cors })).toThrow(TypeError);
    expect(() => s3.createBucket('never', { cors })).toThrow(said);
  });
});
