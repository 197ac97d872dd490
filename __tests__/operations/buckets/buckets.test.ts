import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { accessDenied, answerDocument, errorDocument, signedBy, signedV4 } from '../../support/documents';
import { answerHead, documentHead, refusalHead } from '../../support/heads';
import { answered, refusal } from '../../support/objects';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: {}, euro: { region: 'eu-west-1' } } });

const regional = (region: string) => `s3.${region}.amazonaws.com`;

// Recorded: localstack; the framing of a HEAD: brekkylab/backlot, measured 2026-09-29. F7, F33
describe('HEAD /{Bucket}', () => {
  // The members of directory buckets are not among them. F1772
  it("returns the bucket's region and ARN", async () => {
    const { status, head, body } = await send({ method: 'HEAD', path: '/vault' });
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(head).toEqual(
      documentHead(
        'x-amz-bucket-region: us-east-1',
        'x-amz-access-point-alias: false',
        'x-amz-bucket-arn: arn:aws:s3:::vault',
      ),
    );
  });

  it.each<{ who: string; path: string; headers: WireCall['headers']; status: number; region: string | undefined }>`
    who                        | path          | headers                                              | status | region
    ${'a bucket not there'}    | ${'/nowhere'} | ${{}}                                                | ${404} | ${undefined}
    ${'the anonymous'}         | ${'/vault'}   | ${{ Authorization: undefined }}                      | ${403} | ${'us-east-1'}
    ${'another owner'}         | ${'/vault'}   | ${{ 'x-amz-expected-bucket-owner': '111111111111' }} | ${403} | ${'us-east-1'}
    ${'an owner of 11 digits'} | ${'/vault'}   | ${{ 'x-amz-expected-bucket-owner': '11111111111' }}  | ${400} | ${'us-east-1'}
    ${'the owner'}             | ${'/vault'}   | ${{ 'x-amz-expected-bucket-owner': '000000000000' }} | ${200} | ${'us-east-1'}
  `('with $who is $status without a document', async ({ path, headers, status, region }) => {
    const answer = await send({ method: 'HEAD', path, headers });
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body: '' });
    expect({
      contentType: answer.header('content-type'),
      transferEncoding: answer.header('transfer-encoding'),
    }).toEqual({ contentType: 'application/xml', transferEncoding: 'chunked' });
    expect(answer.header('x-amz-bucket-region')).toBe(region);
  });
});

// Recorded: localstack, test_delete_bucket*.
// brekkylab/backlot, head_bucket, measured 2026-09-29. F33
describe('HEAD /{Bucket} with the parameters of a listing', () => {
  it.each(['max-keys=abc', 'max-keys=2147483648', 'start-after=a', 'continuation-token=a', 'list-type=2&marker=a'])(
    'is 400 before the credentials and the bucket: ?%s',
    async (query) => {
      for (const [path, headers] of [
        ['/vault', {}],
        ['/nowhere', { Authorization: 'Basic abc' }],
      ] as const)
        expect((await send({ method: 'HEAD', path: `${path}?${query}`, headers })).status).toBe(400);
    },
  );

  it.each(['encoding-type=xml', 'list-type=2&continuation-token=x'])('is 400 after the bucket: ?%s', async (query) => {
    expect((await send({ method: 'HEAD', path: `/vault?${query}` })).status).toBe(400);
    expect((await send({ method: 'HEAD', path: `/nowhere?${query}` })).status).toBe(404);
  });

  it.each(['max-keys=-1', 'max-keys=', 'max-keys=5', 'list-type=2&start-after=a', 'encoding-type=URL'])(
    'is answered: ?%s',
    async (query) => {
      expect((await send({ method: 'HEAD', path: `/vault?${query}` })).status).toBe(200);
    },
  );
});

describe('DELETE /{Bucket}', () => {
  it('removes the bucket and its settings', async () => {
    s3.bucket('vault').versioning = 'Suspended';
    const { status, head, body } = await send({ method: 'DELETE', path: '/vault' });
    expect({ status, body }).toEqual({ status: 204, body: '' });
    expect(head).toEqual(answerHead());
    expect((await send({ method: 'DELETE', path: '/vault' })).status).toBe(404);
    await send({ method: 'PUT', path: '/vault' });
    expect(s3.bucket('vault').versioning).toBeUndefined();
  });
});

// Measured: brekkylab/backlot, 2026-09-29, of the empty element. F2
describe('GET ?location', () => {
  it.each([
    ['vault', ''],
    ['euro', 'eu-west-1'],
  ])('of %s returns %j', async (name, location) => {
    const { status, head, text } = await send({ path: `/${name}?location` });
    expect({ status, text }).toEqual({ status: 200, text: answerDocument('LocationConstraint', location) });
    expect(head).toContain('Content-Type: application/xml');
  });

  // Measured: localstack, test_response_structure_get_bucket_location. F210
  it.each([[regional('us-west-2')], [regional('us-east-1')], ['euro.s3.ap-south-1.amazonaws.com']])(
    'of euro, which is in another region, is answered at %s',
    async (host) => {
      const path = host.startsWith('euro.') ? '/?location' : '/euro?location';
      expect(await answered(send({ path, host }))).toEqual({
        status: 200,
        text: answerDocument('LocationConstraint', 'eu-west-1'),
      });
    },
  );

  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
  it('is allowed by the bucket policy in the region of the bucket alone, and denied there alone', async () => {
    const partner = s3.createAccount('partner');
    const euro = s3.bucket('euro');
    const ask = async (host: string, account = partner) =>
      (await send({ path: '/euro?location', host, headers: { Authorization: signedBy(account) } })).status;
    const statement = { Principal: { AWS: '*' }, Action: 's3:GetBucketLocation', Resource: 'arn:aws:s3:::euro' };
    euro.publicAccessBlock = undefined;
    euro.policy = { Statement: [{ Effect: 'Allow', ...statement }] };
    expect([await ask(regional('eu-west-1')), await ask(regional('us-west-2'))]).toEqual([200, 403]);
    euro.policy = { Statement: [{ Effect: 'Deny', ...statement }] };
    expect([
      await ask(regional('eu-west-1'), s3.account),
      await ask(regional('us-west-2'), s3.account),
      await ask('euro.s3.amazonaws.com', s3.account),
    ]).toEqual([403, 200, 200]);
  });

  it('is allowed to the owner alone, in every region', async () => {
    const Authorization = signedBy(s3.createAccount('partner'));
    expect(
      await answered(
        send({
          path: '/euro?location',
          host: regional('us-west-2'),
          headers: { Authorization },
        }),
      ),
    ).toEqual({ status: 403, text: accessDenied });
  });
});

// F30: a bucket with a region answers there, and in front of the host without a region; one without answers everywhere.
describe('the region of a bucket', () => {
  const moved = (bucket: string, endpoint: string) =>
    errorDocument(
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
      `<Endpoint>${endpoint}</Endpoint><Bucket>${bucket}</Bucket>`,
    );

  it.each<{ bucket: string; host: string; status: number }>`
    bucket     | host                                      | status
    ${'euro'}  | ${'s3.amazonaws.com'}                     | ${301}
    ${'euro'}  | ${regional('eu-west-1')}                  | ${200}
    ${'euro'}  | ${'s3.dualstack.eu-west-1.amazonaws.com'} | ${200}
    ${'euro'}  | ${regional('us-west-2')}                  | ${301}
    ${'euro'}  | ${regional('us-east-1')}                  | ${301}
    ${'vault'} | ${regional('us-west-2')}                  | ${200}
    ${'vault'} | ${regional('us-east-1')}                  | ${200}
  `('$bucket at $host: $status', async ({ bucket, host, status }) => {
    expect((await send({ path: `/${bucket}?versioning`, host })).status).toBe(status);
  });

  it('does not matter if the bucket is in front of the host without a region', async () => {
    expect((await send({ path: '/?versioning', host: 'euro.s3.amazonaws.com' })).status).toBe(200);
  });

  it('is named in the refusal of a path at the host without a region', async () => {
    const { status, head, text } = await send({ path: '/euro?versioning', host: 's3.amazonaws.com' });
    expect({ status, text }).toEqual({ status: 301, text: moved('euro', 'euro.s3.amazonaws.com') });
    expect(head).toEqual(refusalHead('x-amz-bucket-region: eu-west-1'));
    expect(s3.requests.at(-1)?.why).toBe(
      "bucket 'euro' is in eu-west-1, and a path at s3.amazonaws.com leads to us-east-1. Write the bucket in front of the host, euro.s3.amazonaws.com, or give the client region: 'eu-west-1' and no endpoint",
    );
  });

  it('is named without advice to write the bucket in front of the host, where that is refused as well', async () => {
    s3.createBucket('africa', { region: 'af-south-1' });
    expect((await send({ path: '/?versioning', host: 'africa.s3.amazonaws.com' })).status).toBe(400);
    expect(s3.requests.at(-1)?.why).toContain("Give the client region: 'af-south-1'");
  });

  it('is named in the refusal at another endpoint', async () => {
    const { head, text } = await send({ path: '/euro?versioning', host: regional('us-west-2') });
    expect(text).toBe(moved('euro', 'euro.s3-eu-west-1.amazonaws.com'));
    expect(head).toEqual(refusalHead('x-amz-bucket-region: eu-west-1'));
    expect(s3.requests.at(-1)?.why).toBe(
      "bucket 'euro' is in eu-west-1, and the client called us-west-2. Give the client region: 'eu-west-1', or in the AWS SDK v3 " +
        "followRegionRedirects: true; a client without a region uses the region of its environment, which mockS3({ region: 'eu-west-1' }) sets",
    );
  });

  it('is named to whoever signs the URL, since its client follows no redirect', async () => {
    const url = await getSignedUrl(
      new S3Client({ region: 'us-west-2' }),
      new GetBucketVersioningCommand({ Bucket: 'euro' }),
    );
    expect((await fetch(url)).status).toBe(301);
    expect(s3.requests.at(-1)?.why).toContain("Give the client region: 'eu-west-1' when it signs the URL; ");
  });

  it('is named once in the refusal of a HEAD at another endpoint', async () => {
    const { status, headers, body } = await send({ method: 'HEAD', path: '/euro', host: regional('us-west-2') });
    expect({ status, body }).toEqual({ status: 301, body: '' });
    expect(headers.filter(([name]) => name === 'x-amz-bucket-region')).toEqual([['x-amz-bucket-region', 'eu-west-1']]);
  });

  // The neighbours of GetBucketLocation. F210
  it.each<{ method: string; query: string }>`
    method      | query
    ${'GET'}    | ${''}
    ${'GET'}    | ${'?acl'}
    ${'GET'}    | ${'?tagging'}
    ${'GET'}    | ${'?uploads'}
    ${'GET'}    | ${'?versions'}
    ${'GET'}    | ${'/k'}
    ${'PUT'}    | ${'/k'}
    ${'PUT'}    | ${'?versioning'}
    ${'POST'}   | ${'?delete'}
    ${'POST'}   | ${'/k?uploads'}
    ${'DELETE'} | ${''}
    ${'DELETE'} | ${'/k'}
  `('is the answer to $method /euro$query elsewhere', async ({ method, query }) => {
    expect(await answered(send({ method, path: `/euro${query}`, host: regional('us-west-2') }))).toEqual({
      status: 301,
      text: moved('euro', 'euro.s3-eu-west-1.amazonaws.com'),
    });
  });

  it.each<{ region: string; endpoint: string }>`
    region              | endpoint
    ${'us-east-1'}      | ${'s3.amazonaws.com'}
    ${'us-west-2'}      | ${'first.s3-us-west-2.amazonaws.com'}
    ${'ap-northeast-1'} | ${'first.s3-ap-northeast-1.amazonaws.com'}
    ${'ap-southeast-2'} | ${'first.s3-ap-southeast-2.amazonaws.com'}
    ${'eu-central-1'}   | ${'first.s3.eu-central-1.amazonaws.com'}
    ${'us-east-2'}      | ${'first.s3.us-east-2.amazonaws.com'}
  `('leads to $endpoint if it is $region', async ({ region, endpoint }) => {
    s3.createBucket('first', { region });
    expect(await answered(send({ path: '/first?versioning', host: regional('eu-west-1') }))).toEqual({
      status: 301,
      text: moved('first', endpoint),
    });
  });

  it('is checked before the owner', async () => {
    const headers = { 'x-amz-expected-bucket-owner': '111111111111' };
    expect((await send({ path: '/euro?versioning', host: regional('us-west-2'), headers })).status).toBe(301);
  });
});

// brekkylab/backlot measured the neighbours of each. F25
describe('the order of checks', () => {
  it.each<{ first: string; second: string; call: WireCall; code: string }>`
    first                       | second                      | call                                                                                                                                                  | code
    ${'two sub-resources'}      | ${'unreadable credentials'} | ${{ path: '/nowhere?versioning&location', headers: { Authorization: 'x' } }}                                                                          | ${'InvalidArgument'}
    ${'unreadable credentials'} | ${'no such bucket'}         | ${{ path: '/nowhere?versioning', headers: { Authorization: 'Basic abc' } }}                                                                           | ${'InvalidArgument'}
    ${'unreadable credentials'} | ${'no such method'}         | ${{ method: 'PATCH', path: '/nowhere', headers: { Authorization: 'AWS KEY' } }}                                                                       | ${'InvalidArgument'}
    ${'no such method'}         | ${'no such bucket'}         | ${{ method: 'PATCH', path: '/nowhere' }}                                                                                                              | ${'MethodNotAllowed'}
    ${'a malformed sha256'}     | ${'no such bucket'}         | ${{ path: '/nowhere?versioning', headers: { Authorization: signedV4(), 'x-amz-content-sha256': 'x' } }}                                               | ${'InvalidArgument'}
    ${'no sha256 beside SigV4'} | ${'no such bucket'}         | ${{ path: '/nowhere?versioning', headers: { Authorization: signedV4() } }}                                                                            | ${'InvalidRequest'}
    ${'no such bucket'}         | ${'a streamed hash'}        | ${{ path: '/nowhere?versioning', headers: { Authorization: signedV4(), 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' } }}              | ${'NoSuchBucket'}
    ${'no such bucket'}         | ${'an expected owner'}      | ${{ path: '/nowhere?versioning', headers: { 'x-amz-expected-bucket-owner': 'x' } }}                                                                   | ${'NoSuchBucket'}
    ${'an expected owner'}      | ${'who may'}                | ${{ path: '/vault?versioning', headers: { 'x-amz-expected-bucket-owner': 'x', Authorization: undefined } }}                                           | ${'InvalidBucketOwnerAWSAccountID'}
    ${'who may'}                | ${'a streamed hash'}        | ${{ path: '/vault?versioning', headers: { Authorization: undefined, 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' } }}                 | ${'AccessDenied'}
    ${'a streamed hash'}        | ${'no body'}                | ${{ method: 'PUT', path: '/vault?versioning', headers: { Authorization: signedV4(), 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' } }} | ${'InvalidRequest'}
    ${'who may'}                | ${'no body'}                | ${{ method: 'PUT', path: '/vault?versioning', headers: { Authorization: undefined } }}                                                                | ${'AccessDenied'}
  `('$first before $second', async ({ call, code }) => {
    expect((await send(call)).text).toContain(`<Code>${code}</Code>`);
  });

  it('the keys of a removed account are refused before all checks of the bucket', async () => {
    const Authorization = signedBy(s3.createAccount('gone'));
    s3.reset();
    expect(await answered(send({ path: '/nowhere?versioning', headers: { Authorization } }))).toEqual(
      refusal(
        403,
        'InvalidAccessKeyId',
        'The AWS Access Key Id you provided does not exist in our records.',
        `<AWSAccessKeyId>${Authorization.slice(4, -4)}</AWSAccessKeyId>`,
      ),
    );
  });
});
