import { PutBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { notificationEvents } from '../../../src/model/configurations/notification';
import { answerDocument, errorDocument } from '../../support/documents';
import { answered } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: {}, north: { region: 'eu-north-1' } } });

const arnOf = (name: string, region = 'us-east-1') => `arn:aws:sqs:${region}:111122223333:${name}`;
const jobs = arnOf('jobs');

const filter = (...rules: readonly (readonly [name: string, value: string])[]) =>
  `<Filter><S3Key>${rules.map(([name, value]) => `<FilterRule><Name>${name}</Name><Value>${value}</Value></FilterRule>`).join('')}</S3Key></Filter>`;

/** An entry of a configuration: of a queue, unless the ARN is another service's. */
const entry = (events: string | readonly string[] = 's3:ObjectCreated:*', more = '', arn = jobs) => {
  const kind = arn.includes(':sns:') ? 'Topic' : arn.includes(':lambda:') ? 'CloudFunction' : 'Queue';
  return `<${kind}Configuration><${kind}>${arn}</${kind}>${[events]
    .flat()
    .map((event) => `<Event>${event}</Event>`)
    .join('')}${more}</${kind}Configuration>`;
};

const put = (content: string, headers: Readonly<Record<string, string>> = {}, path = '/vault?notification') =>
  send({ method: 'PUT', path, headers, body: `<NotificationConfiguration>${content}</NotificationConfiguration>` });
const get = () => send({ path: '/vault?notification' });

const argumentOf = (name: string, value: string) =>
  `<ArgumentName>${name}</ArgumentName><ArgumentValue>${value}</ArgumentValue>`;
const skipping = { 'x-amz-skip-destination-validation': 'true' };

const eventUnknown = (event: string) =>
  errorDocument('InvalidArgument', 'The event is not supported for notifications', argumentOf('Event', event));
const nameInvalid = (name: string) =>
  errorDocument(
    'InvalidArgument',
    'filter rule name must be either prefix or suffix',
    argumentOf('FilterRule.Name', name),
  );
const repeated = (name: string) =>
  errorDocument(
    'InvalidArgument',
    `Cannot specify more than one ${name.toLowerCase()} rule in a filter.`,
    argumentOf('FilterRule.Name', name),
  );
const tooLong = (value: string) =>
  errorDocument(
    'InvalidArgument',
    'Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation',
    argumentOf('FilterRule.Value', value),
  );
const unparsable = (kind: string, arn: string) =>
  errorDocument('InvalidArgument', 'The ARN could not be parsed', argumentOf(kind, arn));
const regionWrong = (arn: string) =>
  errorDocument(
    'InvalidArgument',
    'The notification destination service region is not valid for the bucket location constraint',
    argumentOf('Queue', arn),
  );
const filtersOverlap = errorDocument(
  'InvalidArgument',
  'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
);
const eventsOverlap = (events: string) =>
  errorDocument(
    'InvalidArgument',
    'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
    argumentOf('Event', events),
  );

// F360
describe('a notification configuration', () => {
  it('gets an id for each entry that has none', async () => {
    expect((await put(entry())).status).toBe(200);
    const [made] = s3.bucket('vault').notification?.QueueConfigurations ?? [];
    expect(Buffer.from(made?.Id ?? '', 'base64').toString()).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect((await get()).text).toBe(
      answerDocument(
        'NotificationConfiguration',
        `<QueueConfiguration><Id>${made?.Id}</Id><Queue>${jobs}</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration>`,
      ),
    );
  });

  it('has the names of filter rules with a capital, in whatever case they came', async () => {
    const rules = [
      ['pReFiX', 'notif-'],
      ['SUFFIX', '.txt'],
    ] as const;
    expect((await put(entry(undefined, filter(...rules)))).status).toBe(200);
    expect(s3.bucket('vault').notification?.QueueConfigurations?.[0]?.Filter).toEqual({
      Key: {
        FilterRules: [
          { Name: 'Prefix', Value: 'notif-' },
          { Name: 'Suffix', Value: '.txt' },
        ],
      },
    });
  });

  it.each([
    ['an empty document', ''],
    ['a document without entries in a fixture', undefined],
  ])('ends with %s', async (_what, content) => {
    await put(entry());
    if (content === undefined) s3.bucket('vault').notification = { QueueConfigurations: [] };
    else expect((await put(content)).status).toBe(200);
    expect((await get()).text).toBe(answerDocument('NotificationConfiguration', ''));
    expect(s3.bucket('vault').notification).toBeUndefined();
  });

  it('may be EventBridge alone', async () => {
    expect((await put('<EventBridgeConfiguration/>')).status).toBe(200);
    expect((await get()).text).toBe(answerDocument('NotificationConfiguration', '<EventBridgeConfiguration/>'));
    expect(s3.bucket('vault').notification).toEqual({ EventBridgeConfiguration: {} });
  });

  it('may be about every event of S3', async () => {
    const events = notificationEvents.map((event) => entry(event, filter(['prefix', `${event}/`])));
    expect((await put(events.join(''))).status).toBe(200);
  });

  it('does not look for its destinations, whatever the header asks', async () => {
    expect((await put(entry(undefined, '', arnOf('nobody')))).status).toBe(200);
    expect((await put(entry(undefined, '', arnOf('nobody')), skipping)).status).toBe(200);
    expect((await put(entry(), { 'x-amz-skip-destination-validation': 'perhaps' })).status).toBe(200);
  });

  it('is recorded under its name, which was shorter before', async () => {
    const NotificationConfiguration = {
      QueueConfigurations: [{ QueueArn: jobs, Events: ['s3:ObjectCreated:*' as const] }],
    };
    await new S3Client({}).send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: 'vault',
        NotificationConfiguration,
        SkipDestinationValidation: true,
      }),
    );
    expect(s3).toHaveReceived('PutBucketNotificationConfiguration', {
      NotificationConfiguration,
      SkipDestinationValidation: true,
    });
    expect(s3.requests.of('PutBucketNotification')).toHaveLength(1);
    await send({ path: '/vault?notification' });
    expect(s3.requests.of('GetBucketNotification')).toHaveLength(1);
    expect(s3.bucket('vault')).toHaveConfiguration('notification', NotificationConfiguration);
  });

  it('is refused in a fixture in the words of S3', () => {
    const literal = { QueueConfigurations: [{ QueueArn: 'jobs', Events: ['s3:ObjectCreated:*'] }] } as const;
    expect(() => {
      s3.bucket('vault').notification = literal;
    }).toThrow(
      new TypeError(
        "bucket 'vault': notification: The ARN could not be parsed (Queue 'jobs' is not of the form arn:aws:sqs:REGION:ACCOUNT:NAME)",
      ),
    );
    expect(() => s3.createBucket('never', { notification: literal })).toThrow(TypeError);
    expect(() => {
      s3.bucket('vault').notification = { QueueConfigurations: [{ QueueArn: jobs, Events: [] }] };
    }).toThrow("bucket 'vault': notification, QueueConfigurations 1 has no Events, which is required");
  });
});

// F361
describe('a notification configuration is refused', () => {
  const long = 'ü'.repeat(513);
  it.each([
    ['for an event that S3 does not have', entry('s3:ObjectRead'), eventUnknown('s3:ObjectRead')],
    ['for an event in another case', entry('s3:objectcreated:*'), eventUnknown('s3:objectcreated:*')],
    ['for another name of a filter rule', entry(undefined, filter(['INVALID', 'a'])), nameInvalid('INVALID')],
    ['for two prefixes', entry(undefined, filter(['prefix', 'a'], ['Prefix', 'b'])), repeated('Prefix')],
    ['for two suffixes', entry(undefined, filter(['suffix', 'a'], ['suffix', 'b'])), repeated('suffix')],
    ['for a value of more than 1024 bytes', entry(undefined, filter(['prefix', long])), tooLong(long)],
    [
      'for an id of more than 255 characters',
      entry(undefined, `<Id>${'i'.repeat(256)}</Id>`),
      errorDocument('InvalidArgument', 'ID length exceeded allowed limit of 255'),
    ],
    [
      'for an id that comes twice',
      entry(undefined, '<Id>a</Id>') + entry('s3:ObjectRemoved:*', '<Id>a</Id>', jobs.replace(':sqs:', ':sns:')),
      errorDocument('InvalidArgument', 'Same ID used for multiple configurations. IDs must be unique.'),
    ],
    [
      'for more than 100 entries',
      entry().repeat(101),
      errorDocument('InvalidRequest', 'Too many configurations submitted. The maximum number of configurations is 100'),
    ],
  ])('%s', async (_what, content, document) => {
    expect(await answered(put(content))).toEqual({ status: 400, text: document });
    expect(s3.bucket('vault').notification).toBeUndefined();
  });

  const badEvent = entry('s3:ObjectRead');
  const badName = entry('s3:ObjectRemoved:*', filter(['INVALID', 'a']));
  const twice = entry('s3:ObjectRemoved:*', filter(['prefix', 'a'], ['prefix', 'b']));
  const badArn = entry('s3:ObjectTagging:*', '', 'jobs');
  const unfiltered = entry() + entry();
  const filtered = entry('s3:ObjectAcl:Put') + entry('s3:ObjectAcl:Put', filter(['prefix', 'a']));
  it.each([
    ['the schema', `<TopicConfiguration/>${badEvent}`, 'MalformedXML'],
    ['an event', badName + badEvent, 'The event is not supported'],
    ['the name of a rule', twice + badName, 'must be either prefix or suffix'],
    ['two rules of a name', entry(undefined, filter(['suffix', long])) + twice, 'more than one prefix rule'],
    ['the length of a value', badArn + entry(undefined, filter(['suffix', long])), 'cannot exceed 1024 bytes'],
    ['an ARN', filtered + badArn, 'The ARN could not be parsed'],
    ['filters that overlap', unfiltered + filtered, 'ambiguously defined'],
    ['events that overlap', unfiltered, 'Configurations overlap'],
  ])('first for %s', async (_what, content, words) => {
    expect((await put(content)).text).toContain(words);
  });
});

// F362
describe('an ARN', () => {
  const topic = 'arn:aws:sns:us-east-1:111122223333:news';
  const lambda = 'arn:aws:lambda:us-east-1:111122223333:function:resize';
  it.each([
    ['invalid-queue', 'Queue'],
    ['arn:aws:sqs:us-east-1:111122223333:jo bs', 'Queue'],
    ['arn:aws:sns:us-east-1:111122223333:news.fifo', 'Topic'],
    ['arn:aws:lambda:us-east-1:111122223333:resize', 'CloudFunction'],
  ])('is refused if it has another form: %s', async (arn, kind) => {
    for (const headers of [{}, skipping]) {
      expect(await answered(put(entry(undefined, '', arn), headers))).toEqual({
        status: 400,
        text: unparsable(kind, arn),
      });
    }
  });

  it.each([
    [topic, 'Queue'],
    [lambda, 'Topic'],
    [jobs, 'CloudFunction'],
  ])('of another service is refused: %s as %s', async (arn, kind) => {
    expect(
      await answered(
        put(`<${kind}Configuration><${kind}>${arn}</${kind}><Event>s3:ObjectCreated:*</Event></${kind}Configuration>`),
      ),
    ).toEqual({ status: 400, text: unparsable(kind, arn) });
  });

  it.each([topic, lambda, `${lambda}:live`, `${lambda}:$LATEST`, jobs, jobs.replace('aws', 'aws-us-gov')])(
    'is accepted: %s',
    async (arn) => {
      expect((await put(entry(undefined, '', arn))).status).toBe(200);
    },
  );

  it('is the first wrong one in the refusal', async () => {
    const answer = await put(entry('s3:ObjectRemoved:*', '', 'second') + entry(undefined, '', 'third'));
    expect(answer.text).toBe(unparsable('Queue', 'second'));
  });

  it('of a queue that keeps its order is refused', async () => {
    const arn = `${jobs}.fifo`;
    expect(await answered(put(entry(undefined, '', arn)))).toEqual({
      status: 400,
      text: errorDocument('InvalidArgument', 'FIFO SQS queues are not supported.', argumentOf('Queue', arn)),
    });
  });

  it('names the bucket’s region, if the bucket has one', async () => {
    const path = '/north?notification';
    const host = 's3.eu-north-1.amazonaws.com';
    const ask = (arn: string) =>
      send({
        method: 'PUT',
        path,
        host,
        body: `<NotificationConfiguration>${entry(undefined, '', arn)}</NotificationConfiguration>`,
      });
    expect(await answered(ask(jobs))).toEqual({ status: 400, text: regionWrong(jobs) });
    expect((await ask(arnOf('jobs', 'eu-north-1'))).status).toBe(200);
    expect((await put(entry(undefined, '', arnOf('jobs', 'eu-north-1')))).status).toBe(200);
  });
});

// F363
describe('two entries with an event in common', () => {
  const created = 's3:ObjectCreated:*';
  it.each([
    ['no filters', created, created, [], [], eventsOverlap(`${created}, ${created}`)],
    [
      'a kind of the other’s event',
      created,
      's3:ObjectCreated:Put',
      [],
      [],
      eventsOverlap(`${created}, s3:ObjectCreated:Put`),
    ],
    ['one filter', created, created, [['prefix', 'a']], [], filtersOverlap],
    ['prefixes of which one begins the other', created, created, [['prefix', 'a']], [['prefix', 'ab']], filtersOverlap],
    ['other prefixes', created, created, [['prefix', 'a']], [['prefix', 'b']], undefined],
    ['suffixes of which one ends the other', created, created, [['suffix', '.pdf']], [['suffix', 'f']], filtersOverlap],
    ['other suffixes', created, created, [['suffix', '.pdf']], [['suffix', '.png']], undefined],
    ['a prefix and a suffix', created, created, [['prefix', 'a']], [['suffix', '.png']], filtersOverlap],
    [
      'the same prefix and other suffixes',
      created,
      created,
      [
        ['prefix', 'a'],
        ['suffix', 'x'],
      ],
      [
        ['prefix', 'a'],
        ['suffix', 'y'],
      ],
      undefined,
    ],
    ['an empty prefix', created, created, [['prefix', '']], [['prefix', 'b']], filtersOverlap],
    ['no event in common', created, 's3:ObjectRemoved:*', [], [], undefined],
  ] as const)('and %s', async (_what, one, other, ours, theirs, refusal) => {
    const topic = jobs.replace(':sqs:', ':sns:');
    const part = (rules: readonly (readonly [string, string])[]) => (rules.length === 0 ? '' : filter(...rules));
    expect(await answered(put(entry(other, part(theirs)) + entry(one, part(ours), topic)))).toEqual(
      refusal === undefined ? { status: 200, text: '' } : { status: 400, text: refusal },
    );
  });

  it('do not clash with EventBridge', async () => {
    expect((await put(`${entry()}<EventBridgeConfiguration/>`)).status).toBe(200);
  });
});
