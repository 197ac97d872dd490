import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { answerDocument, suspended, textOf } from '../../support/documents';
import { answerHead } from '../../support/heads';
import { digestMissing, lockConfiguration, lockedBuckets, lockRule, malformed, putDocument } from '../../support/locks';
import { answered, badArgument, elements, get, md5Of, put, refusal } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3(lockedBuckets);

const set = (bucket: string, body: string) => answered(putDocument(`/${bucket}?object-lock`, body));
const told = (bucket: string) => answered(get(`/${bucket}?object-lock`));

const on = lockConfiguration('<ObjectLockEnabled>Enabled</ObjectLockEnabled>');
const enabled = '<ObjectLockEnabled>Enabled</ObjectLockEnabled>';
const configured = (content: string) => ({ status: 200, text: answerDocument('ObjectLockConfiguration', content) });
const ruled = (period: string) =>
  configured(`${enabled}<Rule><DefaultRetention><Mode>GOVERNANCE</Mode>${period}</DefaultRetention></Rule>`);

// Recorded: localstack, test_get_put_object_lock_configuration, test_get_object_lock_configuration_exc.
describe('GET ?object-lock', () => {
  it('returns only Enabled if there is no default retention', async () => {
    expect(await told('vault')).toEqual(configured(enabled));
  });

  it('returns the default retention', async () => {
    expect(await told('monthly')).toEqual(ruled('<Days>30</Days>'));
  });

  it.each(['open', 'plain'])('answers 404 if object lock was never set: %s', async (bucket) => {
    expect(await told(bucket)).toEqual(
      refusal(
        404,
        'ObjectLockConfigurationNotFoundError',
        'Object Lock configuration does not exist for this bucket',
        elements({ BucketName: bucket }),
      ),
    );
  });
});

// Recorded: localstack, test_put_object_lock_configuration_on_existing_bucket, test_get_put_object_lock_configuration.
describe('PUT ?object-lock', () => {
  it('answers 200 without a body', async () => {
    const { status, body, head } = await putDocument('/vault?object-lock', on);
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(head).toEqual(answerHead('Content-Length: 0'));
  });

  it.each([
    ['days', '<Mode>GOVERNANCE</Mode><Days>1</Days>', '<Days>1</Days>', { Mode: 'GOVERNANCE', Days: 1 }],
    ['another order', '<Years>2</Years><Mode>GOVERNANCE</Mode>', '<Years>2</Years>', { Mode: 'GOVERNANCE', Years: 2 }],
  ])('accepts a default retention: %s', async (_what, rule, period, defaultRetention) => {
    expect(await set('vault', lockRule(rule))).toEqual({ status: 200, text: '' });
    expect(await told('vault')).toEqual(ruled(period));
    expect(s3.bucket('vault').objectLock).toEqual({ defaultRetention });
  });

  it('accepts the mode COMPLIANCE', async () => {
    await set('vault', lockRule('<Mode>COMPLIANCE</Mode><Days>7</Days>'));
    expect(s3.bucket('vault').objectLock).toEqual({ defaultRetention: { Mode: 'COMPLIANCE', Days: 7 } });
  });

  it('enables object lock permanently, also in a bucket that has versions', async () => {
    await put('/open/report.pdf');
    expect(await set('open', on)).toEqual({ status: 200, text: '' });
    expect(await told('open')).toEqual(configured(enabled));
    const { status } = await send({ method: 'PUT', path: '/open?versioning', body: suspended });
    expect({ status, versioning: s3.bucket('open').versioning }).toEqual({ status: 409, versioning: 'Enabled' });
  });

  it('is refused unless versioning is Enabled', async () => {
    expect(await set('plain', on)).toEqual(
      refusal(
        409,
        'InvalidBucketState',
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
      ),
    );
    expect(s3.requests.last()?.why).toContain("the Status of its versioning is 'not set'");
    expect(s3.bucket('plain').objectLock).toBe(false);
  });
});

// Recorded: localstack, test_put_object_lock_configuration_exc; versity/versitygw tests/test_rest_*.sh for the empty body.
describe('the body of PUT ?object-lock', () => {
  const mode = '<Mode>GOVERNANCE</Mode>';

  it('is required', async () => {
    expect(await set('vault', '')).toEqual(refusal(400, 'MissingRequestBodyError', 'Request Body is empty'));
  });

  it('needs a digest', async () => {
    expect(await answered(send({ method: 'PUT', path: '/vault?object-lock', body: on }))).toEqual(digestMissing);
  });

  it('may have a checksum as its digest', async () => {
    const headers = { 'Content-MD5': undefined, 'x-amz-checksum-crc32': 'AAAAAA==' };
    expect(await answered(putDocument('/vault?object-lock', on, headers))).toEqual(
      refusal(400, 'BadDigest', 'The CRC32 you specified did not match the calculated checksum.'),
    );
  });

  it.each([
    [
      'no ObjectLockEnabled',
      lockConfiguration(`<Rule><DefaultRetention>${mode}<Days>1</Days></DefaultRetention></Rule>`),
    ],
    ['ObjectLockEnabled empty', lockConfiguration('<ObjectLockEnabled></ObjectLockEnabled>')],
    ['a small letter', lockConfiguration('<ObjectLockEnabled>enabled</ObjectLockEnabled>')],
    ['days and years, none of them right', lockRule(`${mode}<Days>0</Days><Years>0</Years>`)],
    ['days that are not a number', lockRule(`${mode}<Days>many</Days>`)],
    ['half a day', lockRule(`${mode}<Days>0.5</Days>`)],
    ['two modes', lockRule(`${mode}${mode}<Days>1</Days>`)],
    ['something else', lockConfiguration(`${enabled}<Other/>`)],
    ['no XML', 'ObjectLockEnabled'],
  ])('is refused as malformed: %s', async (_what, body) => {
    expect(await set('monthly', body)).toEqual(malformed);
    expect(await told('monthly')).toEqual(ruled('<Days>30</Days>'));
  });

  // versity/versitygw#1738 pastes the answer for Days 0; the larger ones: versity/versitygw#2195. F102
  it.each([
    ['<Days>0</Days>', 'Default retention period must be a positive integer value.', 'Days'],
    ['<Years>101</Years>', 'Default retention period too large.', 'Years'],
  ])('is refused if it names a wrong period: %s', async (period, message, name) => {
    expect(await set('monthly', lockRule(mode + period))).toEqual(
      badArgument(message, name, /-?\d+/.exec(period)?.[0]),
    );
    expect(await told('monthly')).toEqual(ruled('<Days>30</Days>'));
  });

  it('is checked before the versioning of the bucket', async () => {
    expect(await set('plain', lockRule(`${mode}<Days>0</Days>`))).toEqual(
      badArgument('Default retention period must be a positive integer value.', 'Days', '0'),
    );
  });

  it('is refused if it names a mode without a period', async () => {
    expect(await set('monthly', lockRule(mode))).toEqual(
      refusal(400, 'InvalidRequest', 'Default retention must have a retention period.'),
    );
    expect(s3.requests.last()?.why).toBe('a default retention has Days, Years or a DefaultEventHold');
  });
});

// F602
it.each([
  ['<DefaultEventHold><Days>36501</Days></DefaultEventHold>', 'Days', '36501'],
  ['<Days>3</Days><DefaultEventHold><Years>0</Years></DefaultEventHold>', 'Years', '0'],
])('a default event hold is refused if it has a wrong duration: %s', async (content, name, value) => {
  const text = 'The event hold duration must be from 1 to 36500 days or from 1 to 100 years.';
  expect(await set('vault', lockRule(`<Mode>GOVERNANCE</Mode>${content}`))).toEqual(badArgument(text, name, value));
});

// F103
it('IBM COS has no event holds', async () => {
  const body = lockRule('<Mode>GOVERNANCE</Mode><Days>3</Days><DefaultEventHold><Days>3</Days></DefaultEventHold>');
  const sent = { method: 'PUT', path: '/vault?object-lock', host: cosHost, body };
  const answer = await send({ ...sent, headers: { 'Content-MD5': md5Of(body) } });
  expect({ status: answer.status, code: textOf('Code', answer) }).toEqual({ status: 400, code: 'MalformedXML' });
  expect(s3.requests.last()?.why).toBe('IBM COS has no event holds');
});
