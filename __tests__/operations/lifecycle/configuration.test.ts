import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import {
  answerDocument,
  codeInvalid,
  declaration,
  errorDocument,
  versioningConfiguration,
} from '../../support/documents';
import { answerHead } from '../../support/heads';
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
import { answered, md5Of, refusal } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({
  now: '2026-01-15T10:30:00Z',
  buckets: { logs: {}, guarded: { versioning: 'Enabled', mfaDelete: 'Enabled' } },
});

const get = () => send({ path: '/logs?lifecycle' });
const oneDay = days(1);
const minimum = 'x-amz-transition-default-minimum-object-size';

// Recorded: localstack, TestS3BucketLifecycle. F118
describe('PUT ?lifecycle', () => {
  it('answers 200 with the minimum object size of transitions', async () => {
    const { status, head, body } = await putLifecycle(configuration(`<ID>all</ID>${everything}${oneDay}`));
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(head).toEqual(answerHead(`${minimum}: all_storage_classes_128K`, 'Content-Length: 0'));
  });

  it("stores the rules unchanged, and returns their elements in S3's order", async () => {
    const actions = [
      `${transition('<Days>30</Days>', 'STANDARD_IA')}${transition('<Days>60</Days>', 'GLACIER')}`,
      days(365),
      noncurrentTransition('<NoncurrentDays>30</NoncurrentDays>', 'GLACIER'),
      noncurrent('<NoncurrentDays>90</NoncurrentDays><NewerNoncurrentVersions>5</NewerNoncurrentVersions>'),
    ];
    const and = `<Filter><And><Prefix>a/</Prefix>${tag('x')}${tag('y', '')}<ObjectSizeGreaterThan>10</ObjectSizeGreaterThan><ObjectSizeLessThan>20</ObjectSizeLessThan></And></Filter>`;
    const first = `<ID>first</ID>${and}<Status>Disabled</Status>${actions.join('')}`;
    const second = `<ID>second</ID><Filter/>${on}<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>${abort(7)}`;
    const third = `<ID>third</ID><Filter>${tag('k')}</Filter>${on}<Expiration><Date>2030-01-01T00:00:00.000Z</Date></Expiration>`;
    const shuffled = `${actions.toReversed().join('')}<Status>Disabled</Status>${and}<ID>first</ID>`;
    expect((await putLifecycle(configuration(shuffled, second, third))).status).toBe(200);
    const answer = await get();
    expect(answer.text).toBe(
      answerDocument('LifecycleConfiguration', [first, second, third].map((rule) => `<Rule>${rule}</Rule>`).join('')),
    );
    expect(answer.head).toEqual(answerHead(`${minimum}: all_storage_classes_128K`, 'Transfer-Encoding: chunked'));
  });

  // F116
  it.each([
    ['left out', ''],
    ['empty', '<ID></ID>'],
  ])('generates an id if it is %s: a UUID in base64', async (_what, id) => {
    await putLifecycle(configuration(`${id}${everything}${oneDay}`, `${id}${everything}${abort(1)}`));
    const [one = '', two = ''] = s3.bucket('logs').lifecycle?.Rules.map(({ ID }) => ID) ?? [];
    expect(one).toHaveLength(48);
    expect(Buffer.from(one, 'base64').toString()).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/,
    );
    expect(two).not.toBe(one);
  });

  it('is recorded under the names of SDK v3, in either form', async () => {
    await putLifecycle(
      configuration(
        `<ID>x</ID>${filter(`<And><Prefix>a</Prefix>${tag('k')}</And>`)}${noncurrent('<NoncurrentDays>3</NoncurrentDays>')}${transition('<Days>0</Days>', 'GLACIER')}`,
      ),
    );
    expect(s3.requests.last()?.input).toEqual(
      expect.objectContaining({
        Bucket: 'logs',
        LifecycleConfiguration: {
          Rules: [
            {
              ID: 'x',
              Filter: { And: { Prefix: 'a', Tags: [{ Key: 'k', Value: '1' }] } },
              Status: 'Enabled',
              NoncurrentVersionExpiration: { NoncurrentDays: 3 },
              Transitions: [{ Days: 0, StorageClass: 'GLACIER' }],
            },
          ],
        },
      }),
    );
    s3.requests.expect('PutBucketLifecycle', {
      LifecycleConfiguration: { Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 3 } }] },
    });
  });

  it('keeps its dates from a test that changes those of the journal', async () => {
    const date = '<Date>2030-01-01T00:00:00Z</Date>';
    const dated = `<Expiration>${date.replace('2030', '2031')}</Expiration>${transition(date, 'GLACIER')}`;
    await putLifecycle(configuration(`${everything}${dated}`));
    const input = s3.requests.of('PutBucketLifecycleConfiguration')[0]?.input;
    const [rule] = input?.LifecycleConfiguration?.Rules ?? [];
    rule?.Expiration?.Date?.setTime(0);
    rule?.Transitions?.[0]?.Date?.setTime(0);
    expect(s3.bucket('logs').lifecycle?.Rules[0]).toMatchObject({
      Expiration: { Date: new Date('2031-01-01') },
      Transitions: [{ Date: new Date('2030-01-01'), StorageClass: 'GLACIER' }],
    });
    await get();
    expect((await get()).body).toContain(`${date}<StorageClass>GLACIER</StorageClass>`.replace('00Z', '00.000Z'));
  });

  it.each([
    [
      'an empty prefix among two conditions',
      configuration(`${filter(`<And><Prefix></Prefix>${tag('k')}</And>`)}${oneDay}`),
    ],
    ['overlapping filters', configuration(`${everything}${oneDay}`, `${filter('<Prefix>a</Prefix>')}${oneDay}`)],
    [
      'old prefixes that overlap for different actions',
      configuration(`<Prefix></Prefix>${on}${oneDay}`, `<Prefix>a</Prefix>${on}${abort(1)}`),
    ],
    ['an id of 255 characters', configuration(`<ID>${'x'.repeat(255)}</ID>${everything}${oneDay}`)],
    [
      'ExpiredObjectDeleteMarker false',
      configuration(
        `${everything}<Expiration><ExpiredObjectDeleteMarker>false</ExpiredObjectDeleteMarker></Expiration>`,
      ),
    ],
  ])('accepts %s', async (_what, body) => {
    expect((await putLifecycle(body)).text).toBe('');
  });
});

// F117
describe('lifecycle and MFA Delete', () => {
  it('PUT ?lifecycle answers 409 while MFA Delete is Enabled', async () => {
    expect(await answered(putLifecycle(configuration(`${everything}${oneDay}`), {}, 'guarded'))).toEqual(
      refusal(
        409,
        'InvalidBucketState',
        'Lifecycle configuration is not supported on a bucket with Mfa Authentication. Disable Mfa Authentication before adding a lifecycle configuration.',
      ),
    );
    expect(s3.bucket('guarded').lifecycle).toBeUndefined();
  });

  it('enabling MFA Delete answers 409 if there are rules, and its code is spent', async () => {
    await putLifecycle(configuration(`${everything}${oneDay}`));
    const enable = (mfa: string) =>
      send({
        method: 'PUT',
        path: '/logs?versioning',
        headers: { 'x-amz-mfa': mfa },
        body: versioningConfiguration('<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>'),
      });
    const header = s3.mfa.header();
    expect(await answered(enable(header))).toEqual(
      refusal(
        409,
        'InvalidBucketState',
        'Mfa Authentication is not supported on a bucket with lifecycle configuration. Delete lifecycle configuration before enabling Mfa Authentication.',
      ),
    );
    expect(s3.bucket('logs').versioning).toBeUndefined();
    await send({ method: 'DELETE', path: '/logs?lifecycle' });
    expect(await answered(enable(header))).toEqual({ status: 400, text: codeInvalid });
    expect((await enable(s3.mfa.header())).status).toBe(200);
  });
});

describe('GET and DELETE ?lifecycle', () => {
  it('GET answers 404 if there are no rules', async () => {
    const { status, text } = await get();
    const message = 'The lifecycle configuration does not exist';
    expect({ status, text }).toEqual({
      status: 404,
      // F383
      text: errorDocument('NoSuchLifecycleConfiguration', message, '<BucketName>logs</BucketName>').replace(
        declaration,
        '',
      ),
    });
  });
});

describe('lifecycle on IBM COS (F120)', () => {
  const host = cosHost;
  const cos = (method: string, body?: string) =>
    send({
      method,
      path: '/logs?lifecycle',
      host,
      body,
      headers: { Authorization: 'Bearer a.b.c', ...(body !== undefined && { 'Content-MD5': md5Of(body) }) },
    });

  it('accepts and returns tags in a TagSet, and has no minimum object size', async () => {
    const rule = `<ID>x</ID><Filter><TagSet>${tag('team', 'a')}</TagSet></Filter>${on}${days(9)}`;
    const archival = `<ID>y</ID><Filter><Prefix></Prefix></Filter>${on}${transition('<Days>0</Days>', 'ACCELERATED')}${days(19)}`;
    const answer = await cos('PUT', configuration(rule, archival));
    expect({ status: answer.status, minimumSize: answer.header(minimum) }).toEqual({
      status: 200,
      minimumSize: undefined,
    });
    const read = await cos('GET');
    expect(read.body).toContain(`<Rule>${rule}</Rule>`);
    expect(read.header(minimum)).toBeUndefined();
    expect(s3.bucket('logs').lifecycle?.dialect).toBe('ibm-cos');
  });

  it.each([
    ['a transition of noncurrent versions', noncurrentTransition('<NoncurrentDays>1</NoncurrentDays>', 'GLACIER')],
    ["one of AWS's storage classes", transition('<Days>40</Days>', 'STANDARD_IA')],
    [
      'two transitions in a rule',
      `${transition('<Days>1</Days>', 'GLACIER')}${transition('<Days>3</Days>', 'ACCELERATED')}`,
    ],
    [
      'transitions in two rules',
      `${transition('<Days>1</Days>', 'GLACIER')}</Rule><Rule>${everything}${transition('<Days>3</Days>', 'ACCELERATED')}`,
    ],
  ])('refuses %s', async (_what, action) => {
    const { status, body } = await cos('PUT', configuration(`${everything}${action}`));
    expect(status).toBe(400);
    expect(body).toContain('<Code>MalformedXML</Code>');
  });

  it.each([
    ['a prefix', '<Prefix>a</Prefix>'],
    ['a tag', `<TagSet>${tag('team', 'a')}</TagSet>`],
    ['a size', '<ObjectSizeGreaterThan>1</ObjectSizeGreaterThan>'],
    ['conditions', `<And><Prefix></Prefix>${tag('team', 'a')}${tag('part', 'b')}</And>`],
  ])('refuses a transition with %s, and takes an expiration with it', async (_what, filter) => {
    const rule = (action: string) => configuration(`<Filter>${filter}</Filter>${on}${action}`);
    expect((await cos('PUT', rule(days(9)))).status).toBe(200);
    const { status, body } = await cos('PUT', rule(transition('<Days>1</Days>', 'GLACIER')));
    expect(status).toBe(400);
    expect(body).toContain('<Code>MalformedXML</Code>');
  });
});
