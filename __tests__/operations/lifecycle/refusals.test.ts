import { afterEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { errorDocument, malformedXml } from '../../support/documents';
import {
  abort,
  configuration,
  days,
  everything,
  filter,
  noncurrent,
  noncurrentTransition,
  on,
  putLifecycle,
  tag,
  transition,
} from '../../support/lifecycle';
import { answered, refusal } from '../../support/objects';

const s3 = mockS3({ buckets: { logs: {} } });

const oneDay = days(1);
const minimum = 'x-amz-transition-default-minimum-object-size';
const largest = 1_099_511_627_776_000;
const sizes = ({ greater, less }: { readonly greater?: number; readonly less?: number }) => {
  const elements = [
    ...(greater === undefined ? [] : [`<ObjectSizeGreaterThan>${greater}</ObjectSizeGreaterThan>`]),
    ...(less === undefined ? [] : [`<ObjectSizeLessThan>${less}</ObjectSizeLessThan>`]),
  ];
  return elements.length > 1 ? `<And>${elements.join('')}</And>` : elements.join('');
};
const argument = (name: string, value: string) =>
  `<ArgumentName>${name}</ArgumentName><ArgumentValue>${value}</ArgumentValue>`;

describe('PUT ?lifecycle that S3 refuses', () => {
  afterEach(() => {
    expect(s3.bucket('logs').lifecycle).toBeUndefined();
  });

  // F115
  it.each([
    ['no document', '<LifecycleConfiguration>'],
    ['another Status', configuration(`<Filter/><Status>enabled</Status>${oneDay}`)],
    ['an unknown element', configuration(`${everything}${oneDay}<Foo/>`)],
    ['two Expirations', configuration(`${everything}${oneDay}${oneDay}`)],
    ['an empty Expiration', configuration(`${everything}<Expiration/>`)],
    [
      'Days and ExpiredObjectDeleteMarker',
      configuration(
        `${everything}<Expiration><Days>1</Days><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>`,
      ),
    ],
    ['Days that are not a number', configuration(`${everything}<Expiration><Days>one</Days></Expiration>`)],
    ['empty Days', configuration(`${everything}<Expiration><Days></Days></Expiration>`)],
    [
      'a date of HTTP',
      configuration(`${everything}<Expiration><Date>Fri, 01 Jan 2016 00:00:00 GMT</Date></Expiration>`),
    ],
    ['an empty NoncurrentVersionExpiration', configuration(`${everything}${noncurrent('')}`)],
    [
      'NewerNoncurrentVersions alone',
      configuration(`${everything}${noncurrent('<NewerNoncurrentVersions>1</NewerNoncurrentVersions>')}`),
    ],
    ['an empty AbortIncompleteMultipartUpload', configuration(`${everything}<AbortIncompleteMultipartUpload/>`)],
    [
      'a Filter of prefix and And',
      configuration(`${filter(`<Prefix>a</Prefix><And>${tag('a')}${tag('b')}</And>`)}${oneDay}`),
    ],
    [
      'a Filter of prefix and size',
      configuration(`${filter('<Prefix>a</Prefix><ObjectSizeGreaterThan>1</ObjectSizeGreaterThan>')}${oneDay}`),
    ],
    ['a Filter of prefix and tag', configuration(`${filter(`<Prefix>a</Prefix>${tag('a')}`)}${oneDay}`)],
    ['an And of one prefix', configuration(`${filter('<And><Prefix>a</Prefix></And>')}${oneDay}`)],
    ['a tag without a value', configuration(`${filter('<Tag><Key>a</Key></Tag>')}${oneDay}`)],
    ["COS's way to write tags", configuration(`${filter(`<TagSet>${tag('a')}</TagSet>`)}${oneDay}`)],
    ['a transition to an unknown class', configuration(`${everything}${transition('<Days>1</Days>', 'COLD')}`)],
    ['a noncurrent transition without days', configuration(`${everything}${noncurrentTransition('', 'GLACIER')}`)],
  ])('answers MalformedXML to %s', async (_what, body) => {
    expect(await answered(putLifecycle(body))).toEqual({ status: 400, text: malformedXml });
  });

  // F115
  it.each([
    ['Days 0', days(0), 'Days', '0', "'Days' for Expiration action must be a positive integer"],
    [
      'NoncurrentDays 0',
      noncurrent('<NoncurrentDays>0</NoncurrentDays><NewerNoncurrentVersions>1</NewerNoncurrentVersions>'),
      'NoncurrentDays',
      '0',
      "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer",
    ],
    [
      'NewerNoncurrentVersions 0',
      noncurrent('<NoncurrentDays>1</NoncurrentDays><NewerNoncurrentVersions>0</NewerNoncurrentVersions>'),
      'NewerNoncurrentVersions',
      '0',
      "'NewerNoncurrentVersions' for NoncurrentVersionExpiration action must be a positive integer",
    ],
    [
      'DaysAfterInitiation 0',
      abort(0),
      'DaysAfterInitiation',
      '0',
      "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
    ],
    [
      'a Date that is not midnight',
      '<Expiration><Date>2030-01-01T10:00:00Z</Date></Expiration>',
      'Date',
      'Tue Jan 01 02:00:00 PST 2030',
      "'Date' must be at midnight GMT",
    ],
    [
      'negative Days of a transition',
      transition('<Days>-1</Days>', 'GLACIER'),
      'Days',
      '-1',
      "'Days' in Transition action must be nonnegative",
    ],
    [
      'a transition to STANDARD',
      transition('<Days>1</Days>', 'STANDARD'),
      'StorageClass',
      'STANDARD',
      'Invalid target Storage class for Transition action',
    ],
    [
      'an expiration that does not wait for the transition',
      `${days(5)}${transition('<Days>5</Days>', 'GLACIER')}`,
      'Days',
      '5',
      "'Days' in the Expiration action for filter '(prefix=)' must be greater than 'Days' in the Transition action",
    ],
    [
      'an expiration that does not wait for the date of the transition',
      `<Expiration><Date>2030-01-01T00:00:00Z</Date></Expiration>${transition('<Date>2030-01-01T00:00:00Z</Date>', 'GLACIER')}`,
      'Date',
      'Mon Dec 31 16:00:00 PST 2029',
      "'Date' in the Expiration action for filter '(prefix=)' must be greater than 'Date' in the Transition action",
    ],
    [
      'a noncurrent expiration that does not wait for the transition',
      `${noncurrent('<NoncurrentDays>3</NoncurrentDays>')}${noncurrentTransition('<NoncurrentDays>4</NoncurrentDays>', 'GLACIER')}`,
      'NoncurrentDays',
      '3',
      "'NoncurrentDays' in the NoncurrentVersionExpiration action for filter '(prefix=)' must be greater than 'NoncurrentDays' in the NoncurrentVersionTransition action",
    ],
    [
      'transitions that follow each other too soon',
      `${transition('<Days>30</Days>', 'STANDARD_IA')}${transition('<Days>59</Days>', 'GLACIER')}`,
      'Days',
      '59',
      "'Days' in the 'Transition' action for StorageClass 'GLACIER' for filter '(prefix=)' must be 30 days more than 'filter '(prefix=)'' in the 'Transition' action for StorageClass 'STANDARD_IA'",
    ],
  ])('answers InvalidArgument to %s', async (_what, action, name, value, message) => {
    expect(await answered(putLifecycle(configuration(`${everything}${action}`)))).toEqual(
      refusal(400, 'InvalidArgument', message, argument(name, value)),
    );
  });

  it('answers InvalidArgument to an id of 256 characters', async () => {
    const id = 'x'.repeat(256);
    const { text } = await putLifecycle(configuration(`<ID>${id}</ID>${everything}${oneDay}`));
    expect(text).toBe(
      errorDocument('InvalidArgument', 'ID length should not exceed allowed limit of 255', argument('ID', id)),
    );
  });

  it('answers InvalidArgument to two rules with the same id', async () => {
    const rule = `<ID>same</ID>${everything}`;
    const { text } = await putLifecycle(configuration(`${rule}${oneDay}`, `${rule}${abort(1)}`));
    const message = 'Rule ID must be unique. Found same ID for more than one rule';
    expect(text).toBe(errorDocument('InvalidArgument', message, argument('ID', 'same')));
  });

  // F115
  it.each([
    ['a rule without an action', everything, 'At least one action needs to be specified in a rule'],
    [
      'two tags of one key',
      `${filter(`<And>${tag('a')}${tag('a', '2')}</And>`)}${oneDay}`,
      'Duplicate Tag Keys are not allowed.',
    ],
    ['a tag without a key', `${filter(tag(''))}${oneDay}`, "A Tag's Key must be a length between 1 and 128."],
    [
      'a long tag',
      `${filter(tag('a', 'x'.repeat(257)))}${oneDay}`,
      "A Tag's Value must be a length between 0 and 256.",
    ],
    [
      'a long prefix',
      `${filter(`<Prefix>${'x'.repeat(1025)}</Prefix>`)}${oneDay}`,
      'The maximum size of a prefix is 1024',
    ],
    [
      'an abort for tags',
      `${filter(tag('a'))}${abort(1)}`,
      'AbortIncompleteMultipartUpload cannot be specified with Tags.',
    ],
    [
      'ExpiredObjectDeleteMarker for sizes, even false',
      `${filter('<ObjectSizeGreaterThan>9</ObjectSizeGreaterThan>')}<Expiration><ExpiredObjectDeleteMarker>false</ExpiredObjectDeleteMarker></Expiration>`,
      'ExpiredObjectDeleteMarker cannot be specified with Object Size.',
    ],
    [
      'a size of nothing',
      `${filter('<ObjectSizeLessThan>0</ObjectSizeLessThan>')}${oneDay}`,
      "'ObjectSizeLessThan' should be between 1 and 1099511627776000.",
    ],
    [
      'a size below nothing',
      `${filter('<ObjectSizeGreaterThan>-1</ObjectSizeGreaterThan>')}${oneDay}`,
      "'ObjectSizeGreaterThan' should be between 0 and 1099511627776000.",
    ],
    [
      'sizes with nothing between them',
      `${filter('<And><ObjectSizeGreaterThan>9</ObjectSizeGreaterThan><ObjectSizeLessThan>9</ObjectSizeLessThan></And>')}${oneDay}`,
      "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
    ],
    [
      'newer versions in the old form',
      `<Prefix></Prefix>${on}${noncurrent('<NoncurrentDays>1</NoncurrentDays><NewerNoncurrentVersions>1</NewerNoncurrentVersions>')}`,
      'NewerNoncurrentVersions element can only be used in Lifecycle V2.',
    ],
    [
      'two transitions to one class',
      `${everything}${transition('<Days>1</Days>', 'GLACIER')}${transition('<Days>2</Days>', 'GLACIER')}`,
      "'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter '(prefix=)'",
    ],
    [
      'days and dates of transitions',
      `${filter('<Prefix>a/</Prefix>')}${transition('<Days>1</Days>', 'GLACIER')}${transition('<Date>2030-01-01T00:00:00Z</Date>', 'DEEP_ARCHIVE')}`,
      "Found mixed 'Date' and 'Days' based Transition actions in lifecycle rule for filter '(prefix=a/)'",
    ],
    [
      'an expiration by days and a transition by its date',
      `${everything}${oneDay}${transition('<Date>2030-01-01T00:00:00Z</Date>', 'DEEP_ARCHIVE')}`,
      "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter '(prefix=)'",
    ],
  ])('answers InvalidRequest to %s', async (_what, rule, message) => {
    expect(await answered(putLifecycle(configuration(rule)))).toEqual(refusal(400, 'InvalidRequest', message));
  });

  // F115
  it.each([
    [
      'a filter after an old prefix',
      [`<Prefix>a</Prefix>${on}${oneDay}`, `${everything}${oneDay}`],
      'Filter element can only be used in Lifecycle V2.',
    ],
    [
      'an old prefix after a filter',
      [`${everything}${oneDay}`, `<Prefix>a</Prefix>${on}${oneDay}`],
      'Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.',
    ],
    [
      'old prefixes that overlap',
      [`<Prefix>a</Prefix>${on}${oneDay}`, `<Prefix></Prefix>${on}${days(2)}`],
      "Found overlapping prefixes '' and 'a' for same action type 'Expiration'",
    ],
  ])('answers InvalidRequest to %s', async (_what, rules, message) => {
    const { text } = await putLifecycle(configuration(...rules));
    expect(text).toBe(errorDocument('InvalidRequest', message));
  });

  it('is checked against the schema before its values are checked', async () => {
    const { text } = await putLifecycle(configuration(`${everything}${days(0)}`, `${on}${oneDay}`));
    expect(text).toContain('<Code>MalformedXML</Code>');
    expect(s3.requests.last()?.why).toBe('rule 2: it needs a Filter, such as {}, which selects all objects');
  });

  it('answers InvalidRequest to an unknown minimum object size', async () => {
    expect(await answered(putLifecycle(configuration(`${everything}${oneDay}`), { [minimum]: 'value' }))).toEqual(
      refusal(400, 'InvalidRequest', 'Invalid TransitionDefaultMinimumObjectSize found: value'),
    );
  });

  // Measured: justincormack/argmin, test_put_bucket_lifecycle_requires_content_md5; boto/botocore#1888. F1685
  it('answers InvalidRequest if there is no digest', async () => {
    expect(await answered(putLifecycle(configuration(`${everything}${oneDay}`), { 'Content-MD5': undefined }))).toEqual(
      refusal(400, 'InvalidRequest', 'Missing required header for this request: Content-MD5'),
    );
  });

  // The reason of a refusal names what was sent, since the text of S3 does not.
  it.each([
    ['no action', `<ID>r</ID>${everything}`, "ID is 'r'"],
    ['a tag without a key', `${filter(tag(''))}${oneDay}`, "Key is ''"],
    ['a long tag', `${filter(tag('kind', 'x'.repeat(257)))}${oneDay}`, "Key is 'kind'"],
    ['two tags of one key', `${filter(`<And>${tag('a')}${tag('a', '2')}</And>`)}${oneDay}`, "Key is 'a'"],
    ['a long prefix', `${filter(`<Prefix>${'x'.repeat(1025)}</Prefix>`)}${oneDay}`, "Prefix is 'xxx"],
    ['a size', `${filter(sizes({ less: 0 }))}${oneDay}`, "ObjectSizeLessThan is '0'"],
    ['a negative size', `${filter(sizes({ greater: -1 }))}${oneDay}`, "ObjectSizeGreaterThan is '-1'"],
    [
      'sizes',
      `${filter(sizes({ greater: 9, less: 9 }))}${oneDay}`,
      "ObjectSizeGreaterThan is '9', ObjectSizeLessThan is '9'",
    ],
    ['an abort for tags', `<ID>r</ID>${filter(tag('a'))}${abort(1)}`, "ID is 'r'"],
    ['an abort for sizes', `<ID>r</ID>${filter(sizes({ less: 9 }))}${abort(1)}`, "ID is 'r'"],
    [
      'newer versions in the old form',
      `<ID>r</ID><Prefix></Prefix>${on}${noncurrent('<NoncurrentDays>1</NoncurrentDays><NewerNoncurrentVersions>1</NewerNoncurrentVersions>')}`,
      "ID is 'r'",
    ],
  ])('says of %s what was sent', async (_what, rule, told) => {
    expect((await putLifecycle(configuration(rule))).status).toBe(400);
    expect(s3.requests.last()?.why).toContain(told);
  });

  it.each([
    [[`<ID>q</ID><Prefix>a</Prefix>${on}${oneDay}`, `<ID>r</ID>${everything}${oneDay}`], "ID is 'r'"],
    [[`<ID>q</ID>${everything}${oneDay}`, `<ID>r</ID><Prefix>a</Prefix>${on}${oneDay}`], "Prefix is 'a', ID is 'r'"],
  ])('says which of two rules has the other form', async (rules, told) => {
    expect((await putLifecycle(configuration(...rules))).status).toBe(400);
    expect(s3.requests.last()?.why).toContain(told);
  });

  // F115
  it.each([
    ['a prefix of more than 1,024 bytes', filter(`<Prefix>${'é'.repeat(513)}</Prefix>`)],
    ['a key of 129 characters', filter(tag('k'.repeat(129)))],
    ['a size above the largest', filter(sizes({ greater: largest + 1 }))],
    ['a size below more than the largest', filter(sizes({ less: largest + 1 }))],
  ])('answers InvalidRequest to %s', async (_what, rule) => {
    const { status, text } = await putLifecycle(configuration(`${rule}${oneDay}`));
    expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining('<Code>InvalidRequest</Code>') });
  });
});

// F115
describe('PUT ?lifecycle at the limits', () => {
  it.each([
    ['an id of 255 characters', `<ID>${'x'.repeat(255)}</ID>${everything}${oneDay}`],
    ['a prefix of 1,024 bytes', `${filter(`<Prefix>${'é'.repeat(512)}</Prefix>`)}${oneDay}`],
    ['a tag of 128 and 256 characters', `${filter(tag('k'.repeat(128), 'v'.repeat(256)))}${oneDay}`],
    ['an empty value', `${filter(tag('k', ''))}${oneDay}`],
    ['objects of more than nothing', `${filter(sizes({ greater: 0 }))}${oneDay}`],
    ['objects of more than the largest', `${filter(sizes({ greater: largest }))}${oneDay}`],
    ['objects of less than a byte', `${filter(sizes({ less: 1 }))}${oneDay}`],
    ['objects of less than the largest', `${filter(sizes({ less: largest }))}${oneDay}`],
    ['sizes next to each other', `${filter(sizes({ greater: 8, less: 9 }))}${oneDay}`],
    ['a transition on the day of the write', `${everything}${transition('<Days>0</Days>', 'GLACIER')}`],
    ['an expiration on the next day', `${everything}${days(6)}${transition('<Days>5</Days>', 'GLACIER')}`],
    [
      'transitions with just the days between them',
      `${everything}${transition('<Days>30</Days>', 'STANDARD_IA')}${transition('<Days>60</Days>', 'GLACIER')}`,
    ],
    [
      'transitions a day apart',
      `${everything}${transition('<Days>1</Days>', 'INTELLIGENT_TIERING')}${transition('<Days>2</Days>', 'GLACIER')}`,
    ],
  ])('takes %s', async (_what, rule) => {
    expect((await putLifecycle(configuration(rule))).status).toBe(200);
    expect(s3.bucket('logs').lifecycle).toBeDefined();
  });
});
