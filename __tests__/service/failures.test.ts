import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import type { FailureCode } from '../../src';
import { codesByStatus } from '../../src/refusals/error-codes';
import { failureNames } from '../../src/refusals/failures';
import type { AnyRefusal } from '../../src/refusals/refusal';
import { refusals } from '../../src/refusals/table';
import { cosHost } from '../support/clients/story-client';
import { errorDocument, signedBy } from '../support/documents';
import { answered, get, head, put, refusal } from '../support/objects';
import { send } from '../support/wire-client';
import { lost, options, puts, statuses } from './failing-calls';

const s3 = mockS3(options);

const versions = (key = 'a') => s3.bucket('vault').versions(key).length;

it('a code gets the details of the request that fails', async () => {
  s3.on('GetObject').fail('NoSuchKey');
  expect((await get('/vault/missing.pdf')).body).toContain('<Key>missing.pdf</Key>');
});

describe('fail', () => {
  it.each<[code: FailureCode, status: number, message: string]>([
    ['InternalError', 500, 'We encountered an internal error. Please try again.'],
    ['SlowDown', 503, 'Please reduce your request rate.'],
    ['ServiceUnavailable', 503, 'Service is unable to handle request.'],
    ['AccessDenied', 403, 'Access Denied'],
    ['InvalidRequest', 400, 'Invalid Request'],
    ['InvalidArgument', 400, 'Invalid Argument'],
    ['MfaRequired', 403, 'Mfa Authentication must be used for this request'],
    ['AuthorizationHeaderMalformed', 400, 'The authorization header that you provided is not valid.'],
    [
      'IllegalLocationConstraintException',
      400,
      'The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.',
    ],
    [
      'InvalidBucketOwnerAWSAccountID',
      400,
      'The value of the expected bucket owner parameter must be an AWS Account ID',
    ],
    ['NotDeviceOwnerError', 400, 'The device that generated the token is not owned by the authenticated user.'],
    [
      'TemporaryRedirect',
      307,
      'You are being redirected to the bucket while the Domain Name System (DNS) server is being updated.',
    ],
  ])(
    'answers %s as S3 does, in general words if its refusals quote a request (F160, F230)',
    async (code, status, message) => {
      s3.on('PutObject').fail(code);
      const { text, ...answer } = await put('/vault/a');
      expect({ status: answer.status, text }).toEqual({
        status,
        text: errorDocument(code === 'MfaRequired' ? 'AccessDenied' : code, message),
      });
      expect(answer.header('retry-after')).toBeUndefined();
      expect(versions()).toBe(0);
    },
  );

  it('names the same parts of the request as S3 (F161)', async () => {
    s3.on('GetObject').fail('NoSuchKey', { times: 1 }).fail('NoSuchVersion', { times: 1 }).fail('NoSuchBucket');
    const texts = [
      (await get('/vault/a%20b')).text,
      (await get('/vault/a?versionId=x')).text,
      (await get('/vault/a')).text,
    ];
    expect(texts).toEqual([
      errorDocument('NoSuchKey', 'The specified key does not exist.', '<Key>a b</Key>'),
      errorDocument('NoSuchVersion', 'The specified version does not exist.', '<Key>a</Key><VersionId>x</VersionId>'),
      errorDocument('NoSuchBucket', 'The specified bucket does not exist', '<BucketName>vault</BucketName>'),
    ]);
  });

  it.each<{ code: FailureCode; status: number; message: string }>`
    code                              | status | message
    ${'ExpiredToken'}                 | ${400} | ${'The provided token has expired.'}
    ${'TokenRefreshRequired'}         | ${400} | ${'The provided token must be refreshed.'}
    ${'KMS.DisabledException'}        | ${400} | ${'The KMS key is disabled.'}
    ${'NoSuchMultiRegionAccessPoint'} | ${404} | ${'The specified Multi-Region Access Point does not exist.'}
    ${'AnnotationRequestConflict'}    | ${409} | ${'A conflicting operation is in progress against this annotation. Please try again.'}
  `("answers $code, which no request to the mock gets, by AWS's list (F230)", async ({ code, status, message }) => {
    s3.on('PutObject').fail(code);
    expect(await answered(put('/vault/a'))).toEqual({ status, text: errorDocument(code, message) });
    const cos = await send({ method: 'PUT', path: '/vault/a', host: cosHost });
    expect(cos).toMatchObject({ status, body: expect.stringContaining(`<Code>${code}</Code>`) });
  });

  it.each<[name: FailureCode, document: string]>([
    [
      'AuthorizationHeaderRegionMissing',
      errorDocument(
        'AuthorizationHeaderMalformed',
        'The authorization header is malformed; a non-empty region must be provided in the credential.',
      ),
    ],
    [
      'AuthorizationQueryRegionMissing',
      errorDocument(
        'AuthorizationQueryParametersError',
        'Error parsing the X-Amz-Credential parameter; a non-empty region must be provided in the credential.',
      ),
    ],
    [
      'MaxKeysNegative',
      errorDocument('InvalidArgument', 'max-keys cannot be negative', '<ArgumentName>max-keys</ArgumentName>'),
    ],
  ])('answers %s, a name of a code with several, with its own fields', async (name, document) => {
    s3.on('PutObject').fail(name);
    expect(await put('/vault/a')).toMatchObject({ status: 400, text: document });
  });

  it.each(['CrossLocationLoggingProhibited', 'CrossLocationLoggingProhibitted'] as const)(
    'answers %s in the spelling of the answers (F230)',
    async (code) => {
      s3.on('PutBucketLogging').fail(code);
      expect(await answered(send({ method: 'PUT', path: '/vault?logging', body: '<BucketLoggingStatus/>' }))).toEqual(
        refusal(403, 'CrossLocationLoggingProhibitted', 'Cross S3 location logging not allowed. '),
      );
    },
  );

  it('refuses the names of refusals that it means by their code alone', () => {
    const entries = Object.entries<AnyRefusal>(refusals);
    const names = entries.flatMap(([name, { code, failsByName }]) =>
      failsByName === false && code !== name ? name : [],
    );
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) expect(() => s3.on('PutObject').fail(name as FailureCode)).toThrow(TypeError); // a name, not of the type
    expect(names.filter((name) => failureNames.includes(name))).toEqual([]);
  });

  it('has a type with every code of the refusals (F230)', () => {
    const rows = Object.entries<AnyRefusal>(refusals).filter(([name, { service }]) => !service && !/^Mock/.test(name));
    const refused = rows.flatMap(([, { code, cos }]) => [code, cos?.code].filter((one) => typeof one === 'string'));
    const codes: readonly string[] = [...refused, ...Object.values(codesByStatus).flatMap(Object.keys)];
    const names = new Set(Object.keys(refusals));
    expect(failureNames.filter((name) => !codes.includes(name) && !names.has(name))).toEqual([]);
    expect(codes.filter((code) => !failureNames.includes(code))).toEqual([]);
  });

  it('answers NotModified without a document (F230)', async () => {
    s3.on('GetObject').fail('NotModified');
    expect(await get('/vault/report.pdf')).toMatchObject({ status: 304, body: '' });
    expect(s3.requests.last()?.error).toMatchObject({ code: 'NotModified', message: '' });
  });

  it('answers an error of your own', async () => {
    s3.on('PutObject').fail({ code: 'Com.Example-1', status: 418, message: 'Short & stout' }, { retryAfter: 2 });
    const { status, text, ...answer } = await put('/vault/a');
    expect({ status, text }).toEqual({ status: 418, text: errorDocument('Com.Example-1', 'Short &amp; stout') });
    expect(answer.header('retry-after')).toBe('2');
    const cos = await send({ method: 'PUT', path: '/vault/a', host: cosHost });
    expect(cos).toMatchObject({ status: 418, body: expect.stringContaining('<Code>Com.Example-1</Code>') });
    expect(s3.requests.last()?.failure).toMatchObject({ what: 'failed with Com.Example-1', applied: false });
  });

  it('has no document for a HEAD', async () => {
    s3.on('HeadObject').fail('SlowDown');
    expect(await head('/vault/report.pdf')).toMatchObject({ status: 503, body: '' });
  });

  it("answers with COS's message", async () => {
    s3.on('PutObject').fail('SlowDown');
    const { status, body } = await send({ method: 'PUT', path: '/vault/a', host: cosHost });
    expect({ status, body }).toEqual({
      status: 503,
      body: expect.stringContaining('<Code>SlowDown</Code><Message>Reduce your request rate.<'),
    });
  });

  it('answers for the token service in its own format', async () => {
    s3.on('CreateIamToken').fail('InternalError');
    const { status, body } = await send({ method: 'POST', path: '/identity/token', host: 'iam.cloud.ibm.com' });
    expect({ status, body: JSON.parse(body) }).toMatchObject({ status: 500, body: { errorCode: 'InternalError' } });
  });

  it('comes before every check that S3 makes', async () => {
    s3.on('PutBucketVersioning').fail('SlowDown');
    const call = { method: 'PUT', path: '/nowhere?versioning', headers: { Authorization: undefined }, body: '<' };
    expect((await send(call)).status).toBe(503);
  });
});

describe('a rule affects', () => {
  it('the requests of its operation whose input matches', async () => {
    s3.on('PutObject', { Bucket: 'vault', Body: 'bad' }).fail('AccessDenied');
    expect(
      await statuses([() => put('/vault/a', 'good'), () => put('/vault/a', 'bad'), () => put('/plain/a', 'bad')]),
    ).toEqual([200, 403, 200]);
  });

  it('the requests that an asymmetric matcher accepts', async () => {
    s3.on('PutObject', { Key: expect.stringMatching(/^tmp\//) }).fail('AccessDenied');
    expect(await statuses([() => put('/vault/tmp/a'), () => put('/vault/a')])).toEqual([403, 200]);
  });

  it('an operation under its older name', async () => {
    s3.on('PutBucketLifecycle').fail('SlowDown');
    expect((await send({ method: 'PUT', path: '/vault?lifecycle', body: '<LifecycleConfiguration/>' })).status).toBe(
      503,
    );
  });

  it('a request that an earlier rule matches too, until its steps are used up', async () => {
    s3.on('PutObject').fail('InternalError');
    s3.on('PutObject', { Bucket: 'vault' }).fail('SlowDown', { times: 1 });
    expect(await statuses(puts(2))).toEqual([503, 500]);
  });
});

describe('reply', () => {
  it('answers instead of S3, exactly as given', async () => {
    s3.on('GetObject').reply({ status: 502, headers: { 'X-Proxy': 'yes' }, body: 'bad gateway' });
    const { status, head: lines, body } = await get('/vault/report.pdf');
    expect({ status, lines, body }).toEqual({
      status: 502,
      lines: ['X-Proxy: yes', 'Content-Length: 11'],
      body: 'bad gateway',
    });
    expect(s3.requests.last()).toMatchObject({ status: 502, error: undefined, output: undefined });
  });

  it('accepts bytes, and copies them', async () => {
    const bytes = Buffer.from('abc');
    s3.on('GetObject').reply({ status: 200, body: bytes });
    bytes.fill(0);
    expect((await get('/vault/report.pdf')).body).toBe('abc');
  });
});

describe('the journal', () => {
  it('records the failure, and whether the request was applied', async () => {
    s3.on('PutObject').disconnect({ when: 'after', times: 1 }).fail('SlowDown', { times: 1 });
    await lost(put('/vault/a'));
    await put('/vault/a');
    await put('/vault/a');
    const lines = inspect(s3.requests)
      .split('\n')
      .map((line) => line.replace(/ +/g, ' '));
    expect(lines).toEqual([
      '3 requests:',
      " 1. 07:35:05.678 PutObject vault/a no answer { Body: 'data' }",
      ' on purpose: connection lost before any answer; applied',
      " 2. 07:35:05.678 PutObject vault/a 503 SlowDown { Body: 'data' }",
      ' why: Please reduce your request rate.',
      ' on purpose: failed with SlowDown; not applied',
      " 3. 07:35:05.678 PutObject vault/a 200 { Body: 'data' }",
    ]);
  });

  it('records no failure if no rule matches', async () => {
    await put('/vault/a');
    expect(s3.requests.last()).not.toHaveProperty('failure');
  });

  it('records the caller, even of a request that was not applied', async () => {
    s3.on('PutObject').fail('SlowDown');
    await put('/vault/a', 'data', { Authorization: signedBy(s3.createAccount('partner')) });
    expect(s3.requests.last()?.caller).toMatchObject({ account: expect.stringMatching(/^[1-9]{12}$/) });
  });
});
