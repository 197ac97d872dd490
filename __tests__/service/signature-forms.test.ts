import http from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { presignV4, signV2, signV4 } from '../support/clients/signer';
import { textOf } from '../support/documents';
import { send } from '../support/wire-client';

const s3 = mockS3({
  verifySignatures: true,
  buckets: {
    vault: { region: 'us-east-1', objects: { k: 'data' } },
    frank: { region: 'eu-central-1', objects: { k: 'data' } },
    hkg: { region: 'ap-east-1', objects: { k: 'data' } },
  },
});

const signer = (region = 'us-east-1') => ({ ...s3.account.credentials, region });
const hostOf = (region: string) => `s3.${region}.amazonaws.com`;

/** A signed GET whose Authorization is changed. */
async function ask(path: string, host: string, change = (authorization: string) => authorization, region?: string) {
  const { headers } = signV4({ method: 'GET', host, path }, signer(region));
  const { authorization = '', host: _host, ...more } = headers;
  const answer = await send({ host, path, headers: { ...more, Authorization: change(authorization) } });
  return { status: answer.status, code: textOf('Code', answer), message: textOf('Message', answer), answer };
}

// F1651
describe('the names of signed headers', () => {
  it.each([
    ['twice', 'host;host;x-amz-content-sha256;x-amz-date'],
    ['unsorted', 'x-amz-date;host;x-amz-content-sha256'],
    ['in capitals', 'Host;X-Amz-Content-Sha256;X-Amz-Date'],
  ])('may be %s', async (_what, names) => {
    const change = (authorization: string) => authorization.replace(/SignedHeaders=[^,]*/, `SignedHeaders=${names}`);
    expect((await ask('/vault/k', 's3.amazonaws.com', change)).status).toBe(200);
  });
});

// F1655
it('of a parameter of the signature that a URL has twice the first counts', async () => {
  const url = presignV4({ method: 'GET', host: 's3.amazonaws.com', path: '/vault/k' }, signer());
  const path = url.slice(url.indexOf('/vault'));
  const headers = { Authorization: undefined };
  expect((await send({ path: `${path}&X-Amz-Expires=1`, headers })).status).toBe(200);
  expect((await send({ path: `${path}&versionId=null`, headers })).status).toBe(403);
});

// F1650
describe('the components of a header', () => {
  const malformed = 'The authorization header is malformed; ';
  it.each([
    ['an empty Signature', /Signature=.*/, 'Signature=', 'the authorization component " Signature=" is malformed.'],
    [
      'no Signature',
      /, Signature=.*/,
      '',
      'the authorization header requires three components: Credential, SignedHeaders, and Signature.',
    ],
    [
      'no access key',
      /Credential=[^/]*/,
      'Credential=',
      'a non-empty Access Key (AKID) must be provided in the credential.',
    ],
  ])('are refused with %s', async (_what, from, to, text) => {
    const { answer } = await ask('/vault/k', 's3.amazonaws.com', (authorization) => authorization.replace(from, to));
    expect(answer.status).toBe(400);
    expect(textOf('Code', answer)).toBe('AuthorizationHeaderMalformed');
    expect(textOf('Message', answer)?.replaceAll('&quot;', '"')).toBe(malformed + text);
  });
});

// F1656
it('two Authorization headers are not implemented', async () => {
  const headers = ['Host', 's3.amazonaws.com', 'Authorization', 'AWS A:b', 'Authorization', 'AWS A:b'];
  const body = await new Promise<string>((resolve, reject) => {
    http
      .request({ host: 's3.amazonaws.com', path: '/vault', headers }, (response) => {
        let text = String(response.statusCode);
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve(text));
      })
      .on('error', reject)
      .end();
  });
  expect(body).toMatch(/^501.*<Code>NotImplemented<\/Code>.*<Header>Authorization<\/Header>/s);
});

// F1653
describe('a bucket of an opt-in region', () => {
  const text = (region: string) =>
    `The ${region} location constraint is incompatible for the region specific endpoint this request was sent to.`;
  it.each([
    ['at its own host', 'ap-east-1', '/hkg', hostOf('ap-east-1'), undefined],
    ['at the host of another region', 'us-east-1', '/hkg', hostOf('us-east-1'), 'ap-east-1'],
    ['at the global host', 'us-east-1', '/hkg', 's3.amazonaws.com', 'ap-east-1'],
    ['in front of the global host', 'ap-east-1', '/', 'hkg.s3.amazonaws.com', 'ap-east-1'],
    ['of a bucket elsewhere', 'ap-east-1', '/frank', hostOf('ap-east-1'), 'eu-central-1'],
    ['of a bucket in the first region', 'ap-east-1', '/vault', hostOf('ap-east-1'), 'unspecified'],
  ])('%s', async (_what, region, path, host, named) => {
    const { status, code, message } = await ask(path, host, undefined, region);
    expect({ status, code, message }).toEqual(
      named === undefined
        ? { status: 200, code: undefined, message: undefined }
        : { status: 400, code: 'IllegalLocationConstraintException', message: text(named) },
    );
  });

  it('is named by a header, so that clients find it', async () => {
    const { answer } = await ask('/hkg', 's3.amazonaws.com');
    expect(answer.header('x-amz-bucket-region')).toBe('ap-east-1');
  });

  // Measured: justincormack/argmin, headers.rs and presigned.rs. F527, F601
  describe('if it is wrong, is told by a header', () => {
    const host = hostOf('us-east-1');
    const missing = `none-${s3.account.id}-us-east-1-an`;
    const wrong = (known: boolean) => ({
      ...signer('us-west-2'),
      ...(!known && { accessKeyId: 'AKIAIOSFODNN7INVALID' }),
    });

    it.each([
      ['/vault', true, 'us-east-1'],
      ['/vault', false, 'us-east-1'],
      ['/vault/k', true, 'us-east-1'],
      [`/${missing}`, true, 'us-east-1'],
      ['/none', false, undefined],
      [`/${missing}`, false, undefined],
    ])('of an answer to a signed request for %s, by a known key: %s', async (path, known, region) => {
      const {
        authorization: Authorization,
        host: _host,
        ...more
      } = signV4({ method: 'GET', host, path }, wrong(known)).headers;
      const answer = await send({ host, path, headers: { ...more, Authorization } });
      expect({ code: textOf('Code', answer), region: answer.header('x-amz-bucket-region') }).toEqual({
        code: 'AuthorizationHeaderMalformed',
        region,
      });
    });

    it.each(['/vault/k', `/${missing}/k`])('but not of an answer to a presigned URL for %s', async (path) => {
      const url = presignV4({ method: 'GET', host, path }, wrong(true));
      const answer = await send({ host, path: url.slice(url.indexOf(path)), headers: { Authorization: undefined } });
      expect({ code: textOf('Code', answer), region: answer.header('x-amz-bucket-region') }).toEqual({
        code: 'AuthorizationQueryParametersError',
        region: undefined,
      });
    });
  });

  it('answers at a port', async () => {
    const { url } = await s3.listen();
    const host = new URL(url).host;
    const { headers } = signV4({ method: 'GET', host, path: '/hkg/k' }, signer('ap-east-1'));
    expect((await fetch(`${url}/hkg/k`, { headers })).status).toBe(200);
  });
});

// F1654
describe('Signature Version 2', () => {
  it.each([
    ['us-east-1', '/vault/k', 200],
    ['eu-central-1', '/frank/k', 400],
    ['ap-east-1', '/hkg/k', 400],
  ])('at the host of %s', async (region, path, status) => {
    const headers = signV2({ method: 'GET', host: hostOf(region), path, resource: path }, s3.account.credentials);
    const { authorization: Authorization, host: _host, ...more } = headers;
    const answer = await send({ host: hostOf(region), path, headers: { Authorization, ...more } });
    expect(answer.status).toBe(status);
    if (status === 400)
      expect(answer.body).toContain(
        '<Code>InvalidRequest</Code><Message>The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.</Message><RequestId>',
      );
  });

  // boto/botocore, test_region_redirect_sigv2_to_sigv4_raises_error
  it.each([
    ['/vault/k', 200],
    ['/frank/k', 400],
    ['/hkg/k', 400],
  ])('at a port, for %s', async (path, status) => {
    const { url } = await s3.listen();
    const { host } = new URL(url);
    const { host: _host, ...headers } = signV2({ method: 'GET', host, path, resource: path }, s3.account.credentials);
    expect((await fetch(`${url}${path}`, { headers })).status).toBe(status);
    expect((await fetch(`${url}${path}?AWSAccessKeyId=AKID&Expires=1900000000&Signature=c2ln`)).status).toBe(
      status === 200 ? 403 : status,
    );
  });

  it('in a URL is refused likewise', async () => {
    const path = `/frank/k?AWSAccessKeyId=AKID&Expires=1900000000&Signature=c2ln`;
    const answer = await send({ host: hostOf('eu-central-1'), path, headers: { Authorization: undefined } });
    expect({ status: answer.status, code: textOf('Code', answer) }).toEqual({ status: 400, code: 'InvalidRequest' });
  });
});

// F527
it("a token that is no session's is refused with the region of the bucket, and without it at an object", async () => {
  const regionAt = async (path: string) => {
    const request = { method: 'GET', host: 's3.amazonaws.com', path, headers: { 'x-amz-security-token': 'FwoG' } };
    const { authorization: Authorization, host: _host, ...more } = signV4(request, signer()).headers;
    const answer = await send({ path, headers: { ...more, Authorization } });
    return { code: textOf('Code', answer), region: answer.header('x-amz-bucket-region') };
  };
  expect(await regionAt('/vault')).toEqual({ code: 'InvalidToken', region: 'us-east-1' });
  expect(await regionAt('/vault?versioning')).toEqual({ code: 'InvalidToken', region: 'us-east-1' });
  expect(await regionAt('/vault/k')).toEqual({ code: 'InvalidToken', region: undefined });
});
