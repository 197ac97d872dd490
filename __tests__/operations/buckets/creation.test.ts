import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument, errorDocument, textOf } from '../../support/documents';
import { answerHead } from '../../support/heads';
import { answered, refusal, type StatusAndText } from '../../support/objects';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3({ now: '2026-01-31T10:00:00Z' });

const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const configuration = (content: string) =>
  `<CreateBucketConfiguration ${namespace}>${content}</CreateBucketConfiguration>`;
const constraint = (region: string) => configuration(`<LocationConstraint>${region}</LocationConstraint>`);
const tags = (...keys: string[]) =>
  configuration(`<Tags>${keys.map((key) => `<Tag><Key>${key}</Key><Value>1</Value></Tag>`).join('')}</Tags>`);

const create = (name: string, call: Omit<WireCall, 'path'> = {}) => send({ method: 'PUT', path: `/${name}`, ...call });
const regional = (region: string) => `s3.${region}.amazonaws.com`;
const locationOf = async (name: string, host?: string) =>
  (await send({ path: `/${name}?location`, ...(host !== undefined && { host }) })).text;

// Recorded: localstack, tests/aws/services/s3, test_create_bucket*, test_different_location_constraint. F35
describe('PUT /{Bucket} makes a bucket', () => {
  it('in the first region, with its location in the answer', async () => {
    const { status, head, body } = await create('vault');
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(head).toEqual(answerHead('Location: /vault', 'x-amz-bucket-arn: arn:aws:s3:::vault', 'Content-Length: 0'));
    expect(s3.bucket('vault')).toMatchObject({ versioning: undefined, owner: '000000000000', objectLock: false });
  });

  it.each<{ host: string; word: string; location: string; place: string }>`
    host           | word           | location       | place
    ${'eu-west-1'} | ${'eu-west-1'} | ${'eu-west-1'} | ${'http://vault.s3.amazonaws.com/'}
    ${'eu-west-1'} | ${'EU'}        | ${'EU'}        | ${'http://vault.s3.amazonaws.com/'}
    ${'us-east-1'} | ${'eu-west-1'} | ${'eu-west-1'} | ${'http://vault.s3.amazonaws.com/'}
    ${'us-east-1'} | ${'EU'}        | ${'EU'}        | ${'http://vault.s3.amazonaws.com/'}
    ${'us-west-2'} | ${'us-west-2'} | ${'us-west-2'} | ${'http://vault.s3.amazonaws.com/'}
  `('at $host for $word: its location is $location', async ({ host, word, location, place }) => {
    const { status, header } = await create('vault', { host: regional(host), body: constraint(word) });
    expect({ status, location: header('location') }).toEqual({ status: 200, location: place });
    expect(await locationOf('vault')).toBe(answerDocument('LocationConstraint', location));
  });

  // aws/aws-sdk-js, features/s3/buckets.feature. F35
  it('in eu-west-1 for EU at the global endpoint', async () => {
    expect((await create('vault', { body: constraint('EU') })).status).toBe(200);
    expect((await send({ path: '/vault', host: regional('eu-west-1') })).status).toBe(200);
    expect((await send({ path: '/vault', host: regional('us-west-2') })).status).toBe(301);
  });

  it('named by the host', async () => {
    expect((await send({ method: 'PUT', path: '/', host: 'vault.s3.amazonaws.com' })).status).toBe(200);
    expect(s3.buckets.map(({ name }) => name)).toEqual(['vault']);
  });

  it('with object lock, which enables versioning (F12)', async () => {
    expect((await create('vault', { headers: { 'x-amz-bucket-object-lock-enabled': 'True' } })).status).toBe(200);
    expect(s3.bucket('vault')).toMatchObject({ versioning: 'Enabled', objectLock: true });
  });

  it.each([['BucketOwnerPreferred'], ['ObjectWriter']] as const)(
    'with an ACL if the ownership is %s',
    async (ownership) => {
      const headers = { 'x-amz-acl': 'log-delivery-write', 'x-amz-object-ownership': ownership };
      expect((await create('vault', { headers })).status).toBe(200);
      expect(s3.bucket('vault')).toMatchObject({ acl: 'log-delivery-write', ownershipControls: ownership });
    },
  );
});

describe('PUT /{Bucket} with a wrong location', () => {
  // adobe/S3Mock, BucketIT. F35
  it.each([
    '<Bucket><DataRedundancy>SingleAvailabilityZone</DataRedundancy><Type>Directory</Type></Bucket>',
    '<Bucket></Bucket>',
    '<Location><Name>usw2-az1</Name><Type>AvailabilityZone</Type></Location>',
    '<LocationConstraint>bar</LocationConstraint><Location><Name>usw2-az1</Name></Location>',
  ])('answers MalformedXML to what directory buckets have: %s', async (content) => {
    const answer = await create('vault', { body: configuration(content) });
    expect({ status: answer.status, code: textOf('Code', answer) }).toEqual({ status: 400, code: 'MalformedXML' });
    expect(s3.buckets).toEqual([]);
  });

  it.each([['us-east-1'], [''], ['bar']])(
    'answers InvalidLocationConstraint in the first region to %j',
    async (word) => {
      expect(await answered(create('vault', { body: constraint(word) }))).toEqual(
        refusal(
          400,
          'InvalidLocationConstraint',
          'The specified location-constraint is not valid',
          `<LocationConstraint>${word}</LocationConstraint>`,
        ),
      );
      expect(s3.buckets).toEqual([]);
    },
  );

  it.each<{ host: string; body: string | undefined; word: string }>`
    host           | body                       | word
    ${'eu-west-1'} | ${undefined}               | ${'unspecified'}
    ${'eu-west-1'} | ${configuration('')}       | ${'unspecified'}
    ${'eu-west-1'} | ${constraint('us-west-2')} | ${'us-west-2'}
    ${'eu-west-1'} | ${constraint('bar')}       | ${'bar'}
    ${'us-west-2'} | ${constraint('EU')}        | ${'EU'}
    ${'us-east-2'} | ${constraint('EU')}        | ${'EU'}
  `('answers IllegalLocationConstraintException at $host to $word', async ({ host, body, word }) => {
    expect(await answered(create('vault', { host: regional(host), body }))).toEqual(
      refusal(
        400,
        'IllegalLocationConstraintException',
        `The ${word} location constraint is incompatible for the region specific endpoint this request was sent to.`,
      ),
    );
  });
});

// Recorded: localstack, test_create_bucket*. F32
describe('PUT /{Bucket} of a bucket that exists', () => {
  const ownedByYou = (name: string) =>
    errorDocument(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      `<BucketName>${name}</BucketName>`,
    );

  // justincormack/argmin, crates/s3-tests/tests/bucket_acl.rs, on S3. F285
  it('answers 200 to its owner in the first region, and puts the ACL of the request in place of its own', async () => {
    const { canonicalId } = s3.createAccount('partner');
    s3.createBucket('vault', { ownershipControls: null, acl: 'public-read' });
    await create('vault');
    expect(s3.bucket('vault').acl).toBeUndefined();
    const headers = { 'x-amz-object-ownership': 'ObjectWriter', 'x-amz-grant-read': `id=${canonicalId}` };
    expect((await create('vault', { headers })).status).toBe(200);
    const Grantee = { Type: 'CanonicalUser', ID: canonicalId };
    expect(s3.bucket('vault').acl).toEqual({ Grants: [{ Grantee, Permission: 'READ' }] });
    expect(s3.bucket('vault').ownershipControls).toBeNull();
  });

  it.each<[fixture: object, headers: Readonly<Record<string, string>>, why: string]>([
    [
      { ownershipControls: 'ObjectWriter' },
      {},
      'the bucket exists with the object ownership ObjectWriter, and the request asks for BucketOwnerEnforced',
    ],
    [{ objectLock: true }, {}, 'the bucket exists with object lock, and the request asks for the opposite'],
    [
      {},
      { 'x-amz-bucket-object-lock-enabled': 'true' },
      'the bucket exists without object lock, and the request asks for the opposite',
    ],
    [
      { publicAccessBlock: { BlockPublicAcls: true, IgnorePublicAcls: true } },
      {},
      'the bucket exists, and its public access block does not have BlockPublicPolicy, which a new bucket has',
    ],
  ])(
    'answers BucketAlreadyOwnedByYou to its owner if the bucket differs: %j, asked for %j',
    async (fixture, headers, why) => {
      s3.createBucket('vault', fixture);
      expect(await answered(create('vault', { headers }))).toEqual({ status: 409, text: ownedByYou('vault') });
      expect(s3.requests.last()?.why).toContain(why);
    },
  );

  it('answers BucketAlreadyOwnedByYou to its owner in other regions', async () => {
    s3.createBucket('vault', { region: 'eu-west-1' });
    for (const call of [
      { host: regional('eu-west-1'), body: constraint('eu-west-1') },
      { host: regional('us-east-1'), body: constraint('eu-west-1') },
      { host: regional('us-east-1') },
    ]) {
      const answer = await create('vault', call);
      expect({ status: answer.status, text: answer.text, region: answer.header('x-amz-bucket-region') }).toEqual({
        status: 409,
        text: ownedByYou('vault'),
        region: 'eu-west-1',
      });
      expect(s3.requests.last()?.why).toBe(
        'bucket vault exists, and only a bucket in us-east-1 can be created again, by a request to us-east-1',
      );
    }
  });
});

describe('PUT /{Bucket} that S3 refuses', () => {
  // F38; justincormack/argmin, crates/s3-tests/tests/bucket_acl.rs, on S3, for authenticated-read.
  it.each(['public-read', 'public-read-write', 'authenticated-read', 'aws-exec-read', 'log-delivery-write'])(
    'answers InvalidBucketAclWithObjectOwnership to an ACL if the owner owns all objects: %s',
    async (word) => {
      for (const ownership of [undefined, 'BucketOwnerEnforced']) {
        const headers = { 'x-amz-acl': word, 'x-amz-object-ownership': ownership };
        expect(await answered(create('vault', { headers }))).toEqual(
          refusal(
            400,
            'InvalidBucketAclWithObjectOwnership',
            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
          ),
        );
      }
      expect(s3.buckets).toEqual([]);
    },
  );

  // versity/versitygw#1387. F195
  it('answers InvalidBucketAclWithObjectOwnership to a grant if the owner owns all objects', async () => {
    const { canonicalId } = s3.createAccount('partner');
    const grant = { 'x-amz-grant-full-control': `id="${canonicalId}", id=${s3.account.canonicalId}` };
    expect(await answered(create('vault', { headers: grant }))).toEqual(
      refusal(
        400,
        'InvalidBucketAclWithObjectOwnership',
        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
      ),
    );
    const writer = { ...grant, 'x-amz-object-ownership': 'ObjectWriter' };
    expect((await create('vault', { headers: writer })).status).toBe(200);
  });

  // justincormack/argmin, crates/s3-tests/tests/bucket_acl.rs, on S3. F285
  it.each<[headers: Readonly<Record<string, string>>]>([
    [{ 'x-amz-acl': 'public-read' }],
    [{ 'x-amz-acl': 'public-read-write' }],
    [{ 'x-amz-acl': 'authenticated-read' }],
    [{ 'x-amz-grant-read-acp': 'uri="http://acs.amazonaws.com/groups/global/AllUsers"' }],
  ])('answers InvalidBucketAclWithBlockPublicAccessError to %j, whether the bucket exists or not', async (headers) => {
    s3.createBucket('there', { region: 'eu-west-1', ownershipControls: null, publicAccessBlock: null });
    for (const name of ['vault', 'there']) {
      expect(
        await answered(
          create(name, {
            headers: { ...headers, 'x-amz-object-ownership': 'ObjectWriter' },
          }),
        ),
      ).toEqual(
        refusal(
          400,
          'InvalidBucketAclWithBlockPublicAccessError',
          'Bucket cannot have public ACLs set with BlockPublicAccess enabled',
        ),
      );
    }
  });

  it.each<[headers: Readonly<Record<string, string>>, code: string, message: string]>([
    [{ 'x-amz-grant-read': 'id=nobody' }, 'InvalidArgument', 'Invalid id'],
    [{ 'x-amz-grant-read': 'uri=none' }, 'InvalidArgument', 'Invalid group uri'],
    [
      { 'x-amz-grant-read': 'id=nobody', 'x-amz-acl': 'private' },
      'InvalidRequest',
      'Specifying both Canned ACLs and Header Grants is not allowed',
    ],
  ])('refuses %j (F282)', async (headers, code, message) => {
    const { status, text } = await create('vault', { headers });
    const start = errorDocument(code, message).replace(/<RequestId>.*$/s, '');
    expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining(start) });
  });

  const argument = (name: string, value: string) =>
    `<ArgumentName>${name}</ArgumentName><ArgumentValue>${value}</ArgumentValue>`;
  const grantHeader = 'x-amz-grant-full-control';
  const awsTag =
    'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.';

  // Recorded: localstack; versity/versitygw#1379 pastes the empty message, #1384 the malformed grant. F38, F195, F34
  it.each<[what: string, call: Omit<WireCall, 'path'>, refused: StatusAndText]>([
    ['an ACL', { headers: { 'x-amz-acl': 'any' } }, refusal(400, 'InvalidArgument', '', argument('x-amz-acl', 'any'))],
    [
      'a malformed grant',
      { headers: { [grantHeader]: 'any' } },
      refusal(400, 'InvalidArgument', 'Argument format not recognized', argument(grantHeader, 'any')),
    ],
    ['a tag that begins with aws:', { body: tags('aws:a') }, refusal(400, 'InvalidTag', awsTag)],
    [
      'a tag that is sent twice',
      { body: tags('a', 'a') },
      refusal(500, 'InternalError', 'We encountered an internal error. Please try again.'),
    ],
  ])('in words of its own for %s', async (_what, call, refused) => {
    expect(await answered(create('vault', call))).toEqual(refused);
  });

  // Recorded: localstack, test_create_bucket_with_tags_exc, for a character; the lengths are PutBucketTagging's. F34, F70
  it.each<{ what: string; key: string; value: string; part: string }>`
    what                        | key      | value    | part
    ${'a character of a key'}   | ${'a,b'} | ${'1'}   | ${'Key'}
    ${'a character of a value'} | ${'a'}   | ${'1,2'} | ${'Value'}
  `('InvalidTag for $what', async ({ key, value, part }) => {
    const tag = `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`;
    const { status, text } = await create('vault', { body: configuration(`<Tags>${tag}</Tags>`) });
    const elements = `<TagKey>${key}</TagKey>${part === 'Value' ? `<TagValue>${value}</TagValue>` : ''}`;
    expect({ status, text }).toEqual(
      refusal(400, 'InvalidTag', `The Tag${part} you have provided is invalid`, elements),
    );
    expect(s3.buckets).toEqual([]);
  });

  // Recorded: localstack, test_create_bucket_with_tags_exc. F34
  it.each(['<Tag><Key>a</Key></Tag>', '<Tag><Value>1</Value></Tag>', '<Tag/>'])(
    'answers MalformedXML to the tag %s',
    async (tag) => {
      expect(await answered(create('vault', { body: configuration(`<Tags>${tag}</Tags>`) }))).toEqual({
        status: 400,
        text: expect.stringContaining('<Code>MalformedXML</Code>'),
      });
      expect(s3.buckets).toEqual([]);
    },
  );

  it('BadRequest for 51 tags', async () => {
    const keys = Array.from({ length: 51 }, (_, at) => `key${at}`);
    expect(await answered(create('vault', { body: tags(...keys) }))).toEqual(
      refusal(400, 'BadRequest', 'Bucket tag count cannot be greater than 50'),
    );
    expect((await create('vault', { body: tags(...keys.slice(1)) })).status).toBe(200);
  });

  // Recorded: localstack, test_bucket_ownership_controls_exc. F194
  it.each(['RandomValue', '', 'bucketownerenforced', 'ObjectWriter,BucketOwnerEnforced'])(
    'answers InvalidArgument to the object ownership %j',
    async (word) => {
      expect(await answered(create('vault', { headers: { 'x-amz-object-ownership': word } }))).toEqual(
        refusal(
          400,
          'InvalidArgument',
          `Invalid x-amz-object-ownership header: ${word}`,
          '<ArgumentName>x-amz-object-ownership</ArgumentName>',
        ),
      );
      expect(s3.buckets).toEqual([]);
    },
  );

  it.each([['<'], ['<CreateBucketConfiguration><Foo/></CreateBucketConfiguration>']])(
    'answers MalformedXML to %s',
    async (body) => {
      expect(await answered(create('vault', { body }))).toEqual({
        status: 400,
        text: expect.stringContaining('<Code>MalformedXML</Code>'),
      });
    },
  );
});
