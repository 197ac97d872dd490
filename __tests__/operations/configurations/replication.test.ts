import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { answerDocument, enabled, errorDocument, malformedXml, suspended } from '../../support/documents';
import { answered, md5Of } from '../../support/objects';
import { send } from '../../support/wire-client';

const versioned = { versioning: 'Enabled' } as const;
const roleArn = 'arn:aws:iam::111122223333:role/replication';
const s3 = mockS3({
  buckets: {
    // Its destination comes after it in the literal, and was suspended later.
    replicated: {
      ...versioned,
      replication: {
        Role: roleArn,
        Rules: [{ Prefix: '', Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::paused' } }],
      },
    },
    vault: versioned,
    copies: versioned,
    more: versioned,
    paused: { versioning: 'Suspended' },
    plain: {},
    locked: { objectLock: true },
  },
});

const role = `<Role>${roleArn}</Role>`;
const to = (bucket: string, more = '') => `<Destination><Bucket>${bucket}</Bucket>${more}</Destination>`;
const toCopies = to('arn:aws:s3:::copies');
const status = '<Status>Enabled</Status>';
const markers = (word: string) => `<DeleteMarkerReplication><Status>${word}</Status></DeleteMarkerReplication>`;

const v1 = (prefix = '', more = toCopies) => `<Rule><Prefix>${prefix}</Prefix>${status}${more}</Rule>`;
const v2 = (filter = '<Filter/>', more = toCopies, priority = 1, word = 'Disabled') =>
  `<Rule><Priority>${priority}</Priority>${filter}${status}${more}${markers(word)}</Rule>`;

const document = (rules: string, of = role) => `<ReplicationConfiguration>${of}${rules}</ReplicationConfiguration>`;
const put = (rules: string, bucket = 'vault') =>
  send({ method: 'PUT', path: `/${bucket}?replication`, body: document(rules) });
const get = (bucket = 'vault') => send({ path: `/${bucket}?replication` });

const invalid = (message: string) => errorDocument('InvalidRequest', message);
const argument = (message: string, name: string, value: string) =>
  errorDocument(
    'InvalidArgument',
    message,
    `<ArgumentName>${name}</ArgumentName>${value === '' ? '<ArgumentValue></ArgumentValue>' : `<ArgumentValue>${value}</ArgumentValue>`}`,
  );
const schema =
  'of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.';
const sourceUnversioned = invalid("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
const destinationUnversioned = invalid('Destination bucket must have versioning enabled.');
const destinationMissing = invalid('Destination bucket must exist.');
const isSource = invalid('Destination bucket cannot be the same as the source bucket.');

// F366
describe('a replication configuration', () => {
  it('is answered as it was put, with an id for each rule that has none', async () => {
    expect((await put(v2())).status).toBe(200);
    const [rule] = s3.bucket('vault').replication?.Rules ?? [];
    expect(Buffer.from(rule?.ID ?? '', 'base64').toString()).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect((await get()).text).toBe(
      answerDocument('ReplicationConfiguration', `${role}${v2().replace('<Rule>', `<Rule><ID>${rule?.ID}</ID>`)}`),
    );
  });

  it.each([
    ['a prefix', v2('<Filter><Prefix>logs/</Prefix></Filter>')],
    ['a tag', v2('<Filter><Tag><Key>copy</Key><Value>yes</Value></Tag></Filter>')],
    ['rules to several buckets', v2() + v2('<Filter/>', to('arn:aws:s3:::more'), 2)],
    ['a disabled rule', v1().replace('Enabled', 'Disabled')],
    ['a bucket of another partition', v1('', to('arn:aws-cn:s3:::copies'))],
    ['delete markers', v2('<Filter/>', toCopies, 1, 'Enabled')],
    ['metrics without a threshold', v1('', to('arn:aws:s3:::copies', `<Metrics>${status}</Metrics>`))],
    ['the most rules', Array.from({ length: 1000 }, (_, index) => v2('<Filter/>', toCopies, index)).join('')],
  ])('may have %s', async (_what, rules) => {
    expect((await put(rules)).status).toBe(200);
    const answer = await get();
    expect(answer.text.replace(/<ID>[^<]+<\/ID>/g, '')).toBe(
      answerDocument('ReplicationConfiguration', `${role}${rules}`),
    );
  });

  it('copies what is written from then on, and the answer to the write says nothing of it', async () => {
    await send({ method: 'PUT', path: '/vault/before', body: 'data' });
    await put(v1());
    const { header } = await send({ method: 'PUT', path: '/vault/k', body: 'data' });
    expect(header('x-amz-replication-status')).toBeUndefined();
    expect(s3.bucket('copies').objects).toEqual({
      k: [{ body: 'data', versionId: header('x-amz-version-id'), replicationStatus: 'REPLICA' }],
    });
  });
});

// F367
describe('a replication configuration is refused', () => {
  it.each([
    ['with both a prefix and a filter', document(v1().replace('<Status>', '<Filter/><Status>'))],
    ['with two conditions in a filter', document(v2('<Filter><Prefix/><And/></Filter>'))],
    ['with a Not that is empty', document(v2('<Filter><Not/></Filter>'))],
    [
      'with two conditions in a Not',
      document(v2('<Filter><Not><Prefix>a</Prefix><Or><Prefix>b</Prefix></Or></Not></Filter>')),
    ],
    ['with an Or that is empty', document(v2('<Filter><Not><Or/></Not></Filter>'))],
    ['with a Not beside a prefix', document(v2('<Filter><Prefix>a</Prefix><Not><Prefix>ab</Prefix></Not></Filter>'))],
    ['with nothing but a Not in an And', document(v2('<Filter><And><Not><Prefix>a</Prefix></Not></And></Filter>'))],
    ['with one condition in an And', document(v2('<Filter><And><Prefix>a</Prefix></And></Filter>'))],
    ['with a priority that is not a number', document(v2().replace('<Priority>1', '<Priority>one'))],
  ])('as malformed %s', async (_what, body) => {
    expect(await answered(send({ method: 'PUT', path: '/vault?replication', body }))).toEqual({
      status: 400,
      text: malformedXml,
    });
    expect(s3.requests.last()?.why).toEqual(expect.any(String));
  });

  const withId = (rule: string, id: string) => rule.replace('<Rule>', `<Rule><ID>${id}</ID>`);
  const long = 'a'.repeat(256);
  const tag = '<Tag><Key>copy</Key><Value>yes</Value></Tag>';
  const criteria = (content: string) =>
    v1().replace('<Dest', `<SourceSelectionCriteria>${content}</SourceSelectionCriteria><Dest`);
  const encrypted = `<SseKmsEncryptedObjects>${status}</SseKmsEncryptedObjects>`;
  const destination = (more: string) => v1('', to('arn:aws:s3:::copies', more));
  const minutes = (name: string, count: number) => `<${name}><Minutes>${count}</Minutes></${name}>`;
  const time = (count: number, word = 'Enabled') =>
    `<ReplicationTime><Status>${word}</Status>${minutes('Time', count)}</ReplicationTime>`;
  const metrics = (threshold = '') => `<Metrics>${status}${threshold}</Metrics>`;
  const threshold = (count: number) => minutes('EventThreshold', count);

  it.each([
    ['for more than 1000 rules', v1().repeat(1001), invalid('Number of defined replication rules cannot exceed 1000')],
    ['for a long id', withId(v1(), long), argument('Rule Id cannot be greater than 255', 'ID', long)],
    [
      'for an id that comes twice',
      withId(v1('a'), 'x') + withId(v1('b'), 'x'),
      argument('Rule Id must be unique', 'ID', 'x'),
    ],
    [
      'for delete markers in the first version',
      v1('', toCopies + markers('Disabled')),
      invalid(`DeleteMarkerReplication cannot be used for this version ${schema}`),
    ],
    [
      'for a priority in the first version',
      v1('', `<Priority>1</Priority>${toCopies}`),
      invalid(`Priority cannot be used for this version ${schema}`),
    ],
    [
      'for rules of both versions',
      v1('a') + v2('<Filter><Prefix>b</Prefix></Filter>'),
      invalid(`Priority cannot be used for this version ${schema}`),
    ],
    [
      'without delete markers in the second version',
      v2().replace(markers('Disabled'), ''),
      invalid(`DeleteMarkerReplication must be specified for this version ${schema}`),
    ],
    [
      'without a priority in the second version',
      v2().replace('<Priority>1</Priority>', ''),
      invalid(`Priority must be specified for this version ${schema}`),
    ],
    ['for a negative priority', v2('<Filter/>', toCopies, -1), invalid('Priority must be between 0 and 2147483647.')],
    ['for a priority that comes twice', v2() + v2(), invalid('Found duplicate priority 1.')],
    [
      'for a long prefix',
      v1('a'.repeat(1025)),
      invalid('Rule prefix cannot be longer than maximum allowed key length of 1024'),
    ],
    ['for prefixes that overlap', v1('ab') + v1('a'), invalid("Found overlapping prefixes 'a' and 'ab'")],
    [
      'for delete markers of a rule with a tag',
      v2(`<Filter>${tag}</Filter>`, toCopies, 1, 'Enabled'),
      invalid(
        'Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.',
      ),
    ],
    [
      'for delete markers of a rule with a tag in an And',
      v2(`<Filter><And><Prefix>a</Prefix>${tag}</And></Filter>`, toCopies, 1, 'Enabled'),
      invalid(
        'Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.',
      ),
    ],
    ...[
      '<Not>TAG</Not>',
      '<Not><Or><Prefix>a</Prefix>TAG</Or></Not>',
      '<And><Prefix>a</Prefix><Not>TAG</Not></And>',
    ].map((filter): [string, string, string] => [
      `for delete markers of a rule with a tag in ${filter}`,
      v2(`<Filter>${filter.replace('TAG', tag)}</Filter>`, toCopies, 1, 'Enabled'),
      invalid(
        'Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.',
      ),
    ]),
    [
      'for a long prefix in a Not',
      v2(`<Filter><Not><Prefix>${'a'.repeat(1025)}</Prefix></Not></Filter>`),
      invalid('Rule prefix cannot be longer than maximum allowed key length of 1024'),
    ],
    ['for empty criteria', criteria(''), invalid('SourceSelectionCriteria cannot be empty')],
    ['for an empty bucket', v1('', to('')), invalid('Destination bucket cannot be null or empty')],
    ['for the name of a bucket', v1('', to('copies')), argument('Invalid bucket ARN', 'Bucket', 'copies')],
    ['for itself as destination', v1('', to('arn:aws:s3:::vault')), isSource],
    [
      'for two destinations in the first version',
      v1('a') + v1('b', to('arn:aws:s3:::more')),
      invalid('Number of distinct destination bucket ARNs cannot exceed 1'),
    ],
    [
      'for an empty account',
      destination('<Account/>'),
      argument('The Account element is empty. It must contain a valid account ID.', 'Account', ''),
    ],
    [
      'for a new owner without an account',
      destination('<AccessControlTranslation><Owner>Destination</Owner></AccessControlTranslation>'),
      invalid('Account must be specified if the Owner in AccessControlTranslation has a value'),
    ],
    [
      'for a key without objects that are encrypted with one',
      destination('<EncryptionConfiguration><ReplicaKmsKeyID>k</ReplicaKmsKeyID></EncryptionConfiguration>'),
      invalid('SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.'),
    ],
    [
      'for objects that are encrypted with a key without one for the copies',
      criteria(encrypted),
      invalid('ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.'),
    ],
    [
      'for a time without metrics',
      destination(time(15)),
      invalid('Replication destination must contain both ReplicationTime and Metrics or neither.'),
    ],
    [
      'for a time other than 15 minutes',
      destination(time(30) + metrics(threshold(15))),
      argument('Invalid time minute value', 'ReplicationTime', '30'),
    ],
    [
      'for a threshold other than 15 minutes',
      destination(time(15) + metrics(threshold(30))),
      argument('Invalid event threshold minute value', 'ReplicationMetrics', '30'),
    ],
    [
      'for a time without a threshold',
      destination(time(15) + metrics()),
      argument('ReplicationMetrics must contain an event threshold', 'ReplicationMetrics', ''),
    ],
    [
      'for a time whose metrics are disabled',
      destination(time(15) + metrics(threshold(15)).replace('Enabled', 'Disabled')),
      invalid('ReplicationTime and ReplicationMetrics must have the same status.'),
    ],
    [
      'for a disabled time whose metrics are enabled',
      destination(time(15, 'Disabled') + metrics()),
      invalid('ReplicationTime and ReplicationMetrics must have the same status.'),
    ],
    [
      'for a threshold without a time',
      destination(metrics(threshold(15))),
      argument(
        'Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled',
        'Metrics',
        '15',
      ),
    ],
  ])('%s', async (_what, rules, refusal) => {
    expect(await answered(put(rules))).toEqual({ status: 400, text: refusal });
    expect(s3.bucket('vault').replication).toBeUndefined();
  });

  it.each([
    ['the schema', 'plain', v1().repeat(1001) + v1().replace('<Prefix></Prefix>', ''), malformedXml],
    ['a rule', 'plain', v1('', to('arn:aws:s3:::plain')), isSource],
    ['the source', 'plain', v1('', to('arn:aws:s3:::nowhere')), sourceUnversioned],
    ['the destination', 'vault', v1('', to('arn:aws:s3:::nowhere')), destinationMissing],
  ])('first for %s', async (_what, bucket, rules, refusal) => {
    expect((await put(rules, bucket)).text).toBe(refusal);
  });
});

// F1621
describe('what a replication rule excludes', () => {
  it.each([
    '<Not><Prefix>tmp/</Prefix></Not>',
    '<Not><Tag><Key>a</Key><Value>b</Value></Tag></Not>',
    '<Not><Or><Prefix>tmp/</Prefix><Prefix>log/</Prefix><Tag><Key>a</Key><Value>b</Value></Tag></Or></Not>',
    '<And><Prefix>docs/</Prefix><Not><Prefix>docs/tmp/</Prefix></Not></And>',
    '<And><Tag><Key>a</Key><Value>b</Value></Tag><Not><Prefix>docs/tmp/</Prefix></Not></And>',
  ])('is answered as it was put: %s', async (filter) => {
    expect((await put(v2(`<Filter>${filter}</Filter>`))).status).toBe(200);
    expect((await get()).body).toContain(`<Filter>${filter}</Filter>`);
  });

  it('is no element of IBM COS', async () => {
    const body = document(
      v2(
        '<Filter><Not><Prefix>a</Prefix></Not></Filter>',
        to('crn:v1:bluemix:public:cloud-object-storage:global:a/9978e0e4:8f3ce3b4-73a2:bucket:copies'),
      ),
      '',
    );
    const headers = { 'Content-MD5': md5Of(body) };
    const { status } = await send({ method: 'PUT', path: '/vault?replication', host: cosHost, body, headers });
    expect(status).toBe(400);
  });
});

// F1622
it('objects that a multi-Region key encrypts may be copied without a name of the key for replicas', async () => {
  const uses = (word: string) =>
    v2(
      '<Filter/>',
      to(
        'arn:aws:s3:::copies',
        `<EncryptionConfiguration><UseSourceMultiRegionKey><Status>${word}</Status></UseSourceMultiRegionKey></EncryptionConfiguration>`,
      ),
    ).replace(
      '<Destination>',
      `<SourceSelectionCriteria><SseKmsEncryptedObjects>${status}</SseKmsEncryptedObjects></SourceSelectionCriteria><Destination>`,
    );
  expect((await put(uses('Enabled'))).status).toBe(200);
  expect((await get()).body).toContain('<UseSourceMultiRegionKey><Status>Enabled</Status></UseSourceMultiRegionKey>');
  expect((await answered(put(uses('Disabled')))).text).toBe(
    invalid('ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.'),
  );
});

// F368
describe('versioning and replication', () => {
  it.each([
    ['nowhere', destinationMissing],
    ['plain', destinationUnversioned],
  ])('a destination is there and is versioned: %s', async (bucket, refusal) => {
    for (const rule of [
      v1('', to(`arn:aws:s3:::${bucket}`)),
      v1('', to(`arn:aws:s3:::${bucket}`)).replace('Enabled', 'Disabled'),
    ]) {
      expect(await answered(put(rule))).toEqual({ status: 400, text: refusal });
    }
  });

  it('of a source cannot be suspended until the configuration is deleted, and may be enabled again', async () => {
    await put(v1());
    const change = (body: string) => send({ method: 'PUT', path: '/vault?versioning', body });
    expect(await answered(change(suspended))).toEqual({
      status: 409,
      text: errorDocument(
        'InvalidBucketState',
        'A replication configuration is present on this bucket, so you cannot change the versioning state. To change the versioning state, first delete the replication configuration.',
      ),
    });
    expect((await change(enabled)).status).toBe(200);
    expect(s3.bucket('vault').versioning).toBe('Enabled');
    expect((await send({ method: 'DELETE', path: '/vault?replication' })).status).toBe(204);
    expect((await change(suspended)).status).toBe(200);
  });

  it('of a source with object lock is refused because of the lock', async () => {
    await put(v1(), 'locked');
    const answer = await send({ method: 'PUT', path: '/locked?versioning', body: suspended });
    expect(answer.text).toContain('An Object Lock configuration is present on this bucket');
  });

  it('of a destination may be suspended, and the destination deleted', async () => {
    await put(v1());
    expect((await send({ method: 'PUT', path: '/copies?versioning', body: suspended })).status).toBe(200);
    expect((await send({ method: 'DELETE', path: '/copies' })).status).toBe(204);
    expect((await get()).text).toContain('arn:aws:s3:::copies');
  });

  it('of a fixture are checked in the words of S3', () => {
    const replicating = (bucket: string) => ({
      Role: roleArn,
      Rules: [{ Prefix: '', Status: 'Enabled' as const, Destination: { Bucket: `arn:aws:s3:::${bucket}` } }],
    });
    const words = (action: () => unknown) => {
      try {
        return String(action());
      } catch (error) {
        return String(error);
      }
    };
    expect(words(() => s3.createBucket('never', { replication: replicating('copies') }))).toBe(
      "TypeError: bucket 'never': replication: Versioning must be 'Enabled' on the bucket to apply a replication configuration (versioning of bucket 'never' was never set)",
    );
    expect(
      words(() => s3.createBucket('never', { versioning: 'Suspended', replication: replicating('copies') })),
    ).toContain("versioning of bucket 'never' is Suspended");
    expect(words(() => s3.createBucket('never', { ...versioned, replication: replicating('nowhere') }))).toContain(
      "Destination bucket must exist. (there is no bucket 'nowhere')",
    );
    expect(words(() => s3.createBucket('never', { ...versioned, replication: replicating('plain') }))).toContain(
      "versioning of bucket 'plain' was never set",
    );
    expect(s3.bucket('replicated').replication?.Rules).toHaveLength(1);
  });

  it('of a handle cannot be suspended either, until its replication is undefined', () => {
    const handle = s3.bucket('replicated');
    expect(() => {
      handle.versioning = 'Suspended';
    }).toThrow(
      new TypeError(
        "bucket 'replicated': versioning is 'Suspended', but it has a replication configuration, which keeps it 'Enabled'. Remove the configuration first: replication = undefined.",
      ),
    );
    handle.versioning = 'Enabled';
    handle.replication = undefined;
    handle.versioning = 'Suspended';
    expect(handle.versioning).toBe('Suspended');
  });
});

// F370
describe('replication on IBM COS', () => {
  const crn = (bucket: string) =>
    `crn:v1:bluemix:public:cloud-object-storage:global:a/9978e0e4:8f3ce3b4-73a2:bucket:${bucket}`;
  const rule = v2('<Filter/>', to(crn('copies')), 1, 'Enabled');
  const ask = (rules: string, bucket = 'vault') => {
    const body = document(rules, '');
    return send({
      method: 'PUT',
      path: `/${bucket}?replication`,
      host: cosHost,
      body,
      headers: { 'Content-MD5': md5Of(body) },
    });
  };
  const tagged = '<Filter><Tag><Key>copy</Key><Value>yes</Value></Tag></Filter>';

  it('has no role, names destinations by CRN, and is answered in an order of its own', async () => {
    expect((await ask(rule.replace('<Rule>', '<Rule><ID>all</ID>'))).status).toBe(200);
    const answer = await send({ path: '/vault?replication', host: cosHost });
    expect(answer.body).toBe(
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<ReplicationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ID>all</ID>${status}${markers('Enabled')}${to(crn('copies'))}<Priority>1</Priority><Filter/></Rule></ReplicationConfiguration>`,
    );
    expect((await send({ method: 'DELETE', path: '/vault?replication', host: cosHost })).status).toBe(204);
    const gone = await send({ path: '/vault?replication', host: cosHost });
    expect({ status: gone.status, body: gone.body }).toEqual({
      status: 404,
      body: expect.stringContaining('ReplicationConfigurationNotFoundError'),
    });
  });

  it('copies delete markers of rules with tags', async () => {
    expect((await ask(v2(tagged, to(crn('copies')), 1, 'Enabled'))).status).toBe(200);
  });

  it.each([
    ['a filter', rule.replace('<Filter/>', ''), 'MalformedXML'],
    ['a priority', rule.replace('<Priority>1</Priority>', ''), 'MalformedXML'],
    ['delete markers', rule.replace(markers('Enabled'), ''), 'MalformedXML'],
    ['a prefix of its own', rule.replace('<Filter/>', '<Prefix/>'), 'MalformedXML'],
    ['an account', v2('<Filter/>', to(crn('copies'), '<Account>1</Account>')), 'MalformedXML'],
    ['an ARN', v2('<Filter/>', toCopies), 'InvalidArgument'],
    ['other characters in an id', rule.replace('<Rule>', '<Rule><ID>a b</ID>'), 'InvalidArgument'],
  ])('requires or lacks %s', async (_what, rules, code) => {
    const answer = await ask(rules);
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 400,
      body: expect.stringContaining(`<Code>${code}</Code>`),
    });
  });

  it.each([
    ['the source', 'plain', rule],
    ['the destination', 'vault', v2('<Filter/>', to(crn('plain')))],
  ])('requires versioning of %s', async (_what, bucket, rules) => {
    const answer = await ask(rules, bucket);
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 400,
      body: expect.stringContaining('<Code>InvalidRequest</Code>'),
    });
  });

  it('keeps the source versioned', async () => {
    await ask(rule);
    const answer = await send({ method: 'PUT', path: '/vault?versioning', host: cosHost, body: suspended });
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 409,
      body: expect.stringContaining(
        '<Code>InvalidBucketState</Code><Message>The request is not valid with the current state of the bucket.</Message>',
      ),
    });
  });

  it('requires a digest', async () => {
    const call = { method: 'PUT', path: '/vault?replication', body: document(rule, '') };
    expect((await send({ ...call, host: cosHost })).status).toBe(400);
    expect((await send({ ...call, body: document(v1()) })).status).toBe(200);
  });

  it('is read in a fixture by the bucket’s location', () => {
    const replication = {
      Rules: [
        {
          ID: 'all',
          Priority: 1,
          Filter: {},
          Status: 'Enabled',
          Destination: { Bucket: crn('copies') },
          DeleteMarkerReplication: { Status: 'Enabled' },
        },
      ],
    } as const;
    const bucket = s3.createBucket('cos', { ...versioned, region: 'us-south-standard', replication });
    expect(bucket.replication).toEqual(replication);
  });
});
