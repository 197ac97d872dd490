import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument, errorDocument, signedBy, signedV4, textOf, textsOf } from '../../support/documents';
import { documentHead } from '../../support/heads';
import { answered, refusal } from '../../support/objects';
import { send, type WireAnswer } from '../../support/wire-client';

const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  buckets: { 'b-two': { region: 'eu-west-1' }, 'a-one': {}, 'a-three': { region: 'us-east-1' } },
});

const list = (query = '', host?: string, headers = {}) =>
  send({ path: `/${query}`, headers, ...(host !== undefined && { host }) });
const invalid = (message: string, elements: string) => errorDocument('InvalidArgument', message, elements);

const created = '<CreationDate>2026-01-31T10:00:00.000Z</CreationDate>';
const owner = () => `<Owner><ID>${s3.account.canonicalId}</ID></Owner>`;

// brekkylab/backlot, measured 2026-09-29. F31
describe('GET / lists the buckets of the caller', () => {
  it('in the order of their names, with their ARNs', async () => {
    const { status, head, text } = await list();
    expect(status).toBe(200);
    expect(head).toEqual(documentHead());
    const bucket = (name: string) =>
      `<Bucket><Name>${name}</Name>${created}<BucketArn>arn:aws:s3:::${name}</BucketArn></Bucket>`;
    expect(text).toBe(
      answerDocument(
        'ListAllMyBucketsResult',
        `${owner()}<Buckets>${bucket('a-one')}${bucket('a-three')}${bucket('b-two')}</Buckets>`,
      ),
    );
  });

  it.each([['?max-buckets=10'], ['?max-buckets='], ['?continuation-token=']])(
    'with their regions if it is paged: %s',
    async (query) => {
      const bucket = (name: string, region: string) =>
        `<Bucket><Name>${name}</Name>${created}<BucketRegion>${region}</BucketRegion><BucketArn>arn:aws:s3:::${name}</BucketArn></Bucket>`;
      expect((await list(query)).text).toBe(
        answerDocument(
          'ListAllMyBucketsResult',
          `${owner()}<Buckets>${bucket('a-one', 'us-east-1')}${bucket('a-three', 'us-east-1')}${bucket('b-two', 'eu-west-1')}</Buckets>`,
        ),
      );
    },
  );

  it.each<{ query: string; prefix: string; names: string[] }>`
    query                   | prefix                   | names
    ${'?prefix=a-'}         | ${'<Prefix>a-</Prefix>'} | ${['a-one', 'a-three']}
    ${'?prefix=A-'}         | ${'<Prefix>A-</Prefix>'} | ${[]}
    ${'?prefix='}           | ${'<Prefix></Prefix>'}   | ${['a-one', 'a-three', 'b-two']}
    ${'?prefix=b&prefix=a'} | ${'<Prefix>b</Prefix>'}  | ${['b-two']}
  `('with a prefix: $query returns $names', async ({ query, prefix, names }) => {
    const answer = await list(query);
    expect(textsOf('Name', answer)).toEqual(names);
    expect(answer.body).toContain(prefix);
  });

  it('as a self-closing element if the list is empty', async () => {
    expect((await list('?prefix=zzz')).text).toBe(
      answerDocument('ListAllMyBucketsResult', `${owner()}<Buckets/><Prefix>zzz</Prefix>`),
    );
  });

  it.each<{ query: string; host: string | undefined; names: string[] }>`
    query                         | host                            | names
    ${'?bucket-region=us-east-1'} | ${undefined}                    | ${['a-one', 'a-three']}
    ${'?bucket-region=US-EAST-1'} | ${undefined}                    | ${['a-one', 'a-three']}
    ${'?bucket-region=eu-west-1'} | ${'s3.eu-west-1.amazonaws.com'} | ${['b-two']}
  `('of one region: $query at $host returns $names', async ({ query, host, names }) => {
    expect(textsOf('Name', await list(query, host))).toEqual(names);
  });

  it('page by page', async () => {
    const seen: (string | undefined)[] = [];
    let token: string | undefined = '';
    while (token !== undefined) {
      const page: WireAnswer = await list(`?max-buckets=1&continuation-token=${encodeURIComponent(token)}`);
      seen.push(...textsOf('Name', page));
      token = textOf('ContinuationToken', page);
    }
    expect(seen).toEqual(['a-one', 'a-three', 'b-two']);
  });

  it('after the last bucket of a page, even if that bucket was deleted', async () => {
    const token = textOf('ContinuationToken', await list('?max-buckets=2')) ?? '';
    await send({ method: 'DELETE', path: '/a-three' });
    s3.createBucket('a-zero');
    expect(textsOf('Name', await list(`?continuation-token=${encodeURIComponent(token)}`))).toEqual([
      'a-zero',
      'b-two',
    ]);
  });

  it('without those of other accounts', async () => {
    const partner = s3.createAccount('partner');
    s3.createBucket('theirs', { owner: partner });
    expect(textsOf('Name', await list())).toEqual(['a-one', 'a-three', 'b-two']);
    const answer = await list('', undefined, { Authorization: signedBy(partner) });
    expect(textsOf('Name', answer)).toEqual(['theirs']);
    expect(answer.body).toContain(`<Owner><ID>${partner.canonicalId}</ID></Owner>`);
  });
});

describe('GET / that S3 refuses', () => {
  it('redirects the anonymous to its product page', async () => {
    const { status, head, body } = await list('', undefined, { Authorization: undefined });
    expect({ status, body }).toEqual({ status: 307, body: '' });
    expect(head).toEqual([
      'x-amz-request-id: ID',
      'x-amz-id-2: HOST',
      'Location: https://aws.amazon.com/s3/',
      'Content-Length: 0',
      'Date: NOW',
      'Server: AmazonS3',
    ]);
    expect(s3.requests.last()?.why).toContain('a client that follows redirects, such as fetch, asks for that page');
  });

  it('refuses another bucket-region to every caller, after max-buckets', async () => {
    for (const Authorization of ['AWS KEY:SIG', 'Basic abc', undefined]) {
      const headers = { Authorization };
      const elsewhere = await list('?bucket-region=eu-west-1', undefined, headers);
      expect({ status: elsewhere.status, code: textOf('Code', elsewhere) }).toEqual({
        status: 400,
        code: 'InvalidArgument',
      });
      expect(elsewhere.body).toContain('bucket-region');
      const both = await list('?bucket-region=eu-west-1&max-buckets=abc', undefined, headers);
      expect(both.body).toContain('<ArgumentName>max-buckets</ArgumentName>');
    }
  });

  it.each([['abc'], ['1%20'], ['2147483648'], ['1.5']])(
    'refuses max-buckets=%s, which is not an integer, to every caller',
    async (value) => {
      const name = decodeURIComponent(value);
      for (const Authorization of ['AWS KEY:SIG', 'Basic abc', undefined]) {
        expect(await answered(list(`?max-buckets=${value}`, undefined, { Authorization }))).toEqual({
          status: 400,
          text: invalid(
            'Provided max-buckets not an integer or within integer range',
            `<ArgumentName>max-buckets</ArgumentName><ArgumentValue>${name}</ArgumentValue>`,
          ),
        });
      }
    },
  );

  it.each([
    ['0', '0'],
    ['10001', '10001'],
    ['-01', '-1'],
  ])('refuses max-buckets=%s, which is out of range', async (value, told) => {
    expect(await answered(list(`?max-buckets=${value}`))).toEqual({
      status: 400,
      text: invalid(
        'Argument max-buckets must be an integer between 1 and 10000',
        `<ArgumentName>max-buckets</ArgumentName><ArgumentValue>${told}</ArgumentValue>`,
      ),
    });
  });

  it.each([['eu-east-1'], [''], ['us-east-1a'], ['global']])(
    'refuses bucket-region=%s, which is not a region',
    async (region) => {
      for (const Authorization of ['AWS KEY:SIG', undefined]) {
        expect(await answered(list(`?bucket-region=${region}`, undefined, { Authorization }))).toEqual({
          status: 400,
          text: invalid(
            `Argument value ${region} is not a valid AWS Region`,
            '<ArgumentName>bucket-region</ArgumentName>',
          ),
        });
      }
    },
  );

  it.each([
    ['eu-west-1', undefined],
    ['us-east-1', 's3.eu-west-1.amazonaws.com'],
  ])('refuses bucket-region=%s at %s', async (region, host) => {
    const other = region === 'us-east-1' ? 'eu-west-1' : 'us-east-1';
    expect(await answered(list(`?bucket-region=${region}`, host))).toEqual({
      status: 400,
      text: invalid(
        'Requests with bucket-region specified must be made to the corresponding regional endpoint',
        '<ArgumentName>bucket-region</ArgumentName>',
      ),
    });
    expect(s3.requests.last()?.why).toContain(`bucket-region is '${region}', the region of the endpoint is '${other}'`);
  });

  it('refuses a continuation token that S3 did not issue', async () => {
    expect(await answered(list('?continuation-token=garbage'))).toEqual({
      status: 400,
      text: invalid('The continuation token provided is incorrect', '<ArgumentName>continuation-token</ArgumentName>'),
    });
  });

  // F29
  it('refuses the hash of a streamed body', async () => {
    const headers = { Authorization: signedV4(), 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
    expect(await answered(list('', undefined, headers))).toEqual(
      refusal(400, 'InvalidRequest', 'The value of x-amz-content-sha256 header is invalid.'),
    );
  });
});
