import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { declaration } from '../../../support/documents';
import { type Field, post, type SignedForm } from '../../../support/forms';
import { answerHead, closingRefusalHead } from '../../../support/heads';
import { answered, get, refusal } from '../../../support/objects';
import {
  digestOf,
  headersOf,
  incompatible,
  insecure,
  type Outcome,
  recordedDigest,
  recordedHeaders,
  recordedKey,
  recordedSets,
  refusalOf,
  type SentSet,
} from '../../../support/recorded-customer-keys';
import type { WireCall } from '../../../support/wire-client';

const bucket = 'anon-reverse-s3-test-bucket';
const content = 'test content for PostObject SSE-C';
const s3 = mockS3({ sseC: 'allowed', buckets: { [bucket]: { versioning: 'Enabled' } } });

const prefix = 'x-amz-server-side-encryption';
const atBucket = { path: '/', host: `${bucket}.s3.amazonaws.com` };

/** The fields of a set, in the order of the recorded requests. */
const fieldsOf = (set: SentSet): readonly Field[] =>
  Object.entries(headersOf(set)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));

type RecordedForm = Pick<SentSet, keyof SentSet> & { readonly test: string; readonly outcome: Outcome };

function posted(fields: readonly Field[], form: SignedForm = {}, call: Partial<WireCall> = {}) {
  const conditions = fields.map(([name]) => ['starts-with', `$${name}`, '']);
  const file = { name: 'test_file.txt', content };
  return post({ bucket, key: 'test-post-ssec-5ec69ace', fields, conditions, file, ...form }, { ...atBucket, ...call });
}

async function expectOutcome(set: SentSet, outcome: Outcome): Promise<void> {
  const answer = await posted(fieldsOf(set));
  const refused = refusalOf(set, outcome);
  if (refused) {
    expect(answer).toMatchObject({ status: refused.status, text: refused.text });
    expect(answer.head).toEqual(closingRefusalHead());
    expect(s3.bucket(bucket).versions()).toEqual([]);
    return;
  }
  expect(answer).toMatchObject({ status: 204, body: '' });
  expect(answer.head).toEqual(headOf(answer, digestOf(set)));
}

function headOf({ header }: { readonly header: (name: string) => string | undefined }, digest: string) {
  return answerHead(
    `x-amz-version-id: ${header('x-amz-version-id')}`,
    `${prefix}-customer-algorithm: AES256`,
    `${prefix}-customer-key-MD5: ${digest}`,
    `ETag: ${header('ETag')}`,
    'x-amz-checksum-crc64nvme: QsVTfgw3Mks=',
    'x-amz-checksum-type: FULL_OBJECT',
    `Location: https://${bucket}.s3.amazonaws.com/test-post-ssec-5ec69ace`,
  );
}

const aes = 'AES256';
const [key, digest] = [recordedKey, recordedDigest];
const notBase64 = 'not-valid-base64!!!';
const latin = 'éèê'.repeat(15);

// Recorded: dyus/meeseeks-s3, tests/post_object_sse_c/golden, by the name of each test there whose set the recorded sets lack. F573, F610
describe("a customer's key in a form", () => {
  it.each<RecordedForm>`
    test                                           | algorithm | key                                               | digest                        | outcome
    ${'sse_c_key_and_md5_both_url_safe_base64'}    | ${aes}    | ${'wfePuCuj7xu1cNBAdMfyDZNhp6QJPCXGUykJGgJMlbk='} | ${'NXYsRVc0xRSuCVOCaR121g=='} | ${'accepted'}
    ${'sse_c_key_url_safe_base64'}                 | ${aes}    | ${'1UU1-zbptJYum9pvhhoKtyFubAaiJTyG5o2U8QTNOuw='} | ${'CVU3GofXw+ARzLqZR5+/Jg=='} | ${'MD5 differs'}
    ${'sse_c_key_with_garbage_chars_in_base64'}    | ${aes}    | ${key.replace('HJ', 'HJ!@#$')}                    | ${digest}                     | ${'accepted'}
    ${'sse_c_customer_key_invalid_base64'}         | ${aes}    | ${notBase64}                                      | ${'8OFm3DTRTWwij/rFdsmkPA=='} | ${'MD5 differs'}
    ${'sse_c_key_md5_mismatch'}                    | ${aes}    | ${key}                                            | ${'hfr9jIgLZu6HCBxKEY1Wlg=='} | ${'MD5 differs'}
    ${'sse_c_customer_key_decodes_to_1_byte'}      | ${aes}    | ${'Qg=='}                                         | ${'nV7WeP5XvMphAUCVevq1cQ=='} | ${'length invalid'}
    ${'sse_c_customer_key_decodes_to_short_value'} | ${aes}    | ${'AQEBAQEBAQEBAQEBAQEBAQ=='}                     | ${'JDEdmrxAdxI8LJoWevvnVA=='} | ${'length invalid'}
    ${'sse_c_customer_key_latin1_chars'}           | ${aes}    | ${latin}                                          | ${'kGTUEEj0TjwHH2aPFQGnpg=='} | ${'not ASCII'}
    ${'sse_c_customer_key_single_char_a'}          | ${aes}    | ${'a'}                                            | ${'DMF1ucDxtqgxw5niaXcmYQ=='} | ${'too short'}
    ${'sse_c_empty_customer_key'}                  | ${aes}    | ${''}                                             | ${'1B2M2Y8AsgTpgAmY7PhCfg=='} | ${'too short'}
    ${'sse_c_key_31_bytes'}                        | ${aes}    | ${'u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7uw=='} | ${'ssfkgHdRhN1lmSxrGbPaFA=='} | ${'length invalid'}
    ${'sse_c_key_33_bytes'}                        | ${aes}    | ${'zMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzM'} | ${'eMdToOuTV+UPHFYKRxSQxA=='} | ${'length invalid'}
    ${'sse_c_long_key_33_bytes_with_matching_md5'} | ${aes}    | ${'qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq'} | ${'Ra9OzlWmRJVitUTIzulIuw=='} | ${'length invalid'}
    ${'sse_c_md5_decodes_to_wrong_length'}         | ${aes}    | ${key}                                            | ${'AAAAAAAAAAA='}             | ${'MD5 differs'}
    ${'sse_c_md5_with_garbage_chars'}              | ${aes}    | ${key}                                            | ${'abc!@#def$%^ghi'}          | ${'MD5 differs'}
  `('$test: $outcome', ({ outcome, ...set }) => expectOutcome(set, outcome));

  it('sse_c_all_valid_fields_returns_201: answers the document of the recording', async () => {
    const set = { algorithm: aes, key, digest };
    const fields: readonly Field[] = [...fieldsOf(set), ['success_action_status', '201']];
    const answer = await posted(fields, { key: 'test-post-ssec-92808b6a' });
    const etag = answer.header('ETag');
    const address = `https://${bucket}.s3.amazonaws.com/test-post-ssec-92808b6a`;
    expect(answer).toMatchObject({
      status: 201,
      body: `${declaration}<PostResponse><Location>${address}</Location><Bucket>${bucket}</Bucket><Key>test-post-ssec-92808b6a</Key><ETag>${etag}</ETag></PostResponse>`,
    });
    expect(['Location', 'Content-Type', 'Content-Length'].map(answer.header)).toEqual([
      address,
      'application/xml',
      '290',
    ]);
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    expect((await get(`/${bucket}/test-post-ssec-92808b6a`, recordedHeaders)).body).toBe(content);
  });

  it('sse_c_all_invalid_fields_over_http: is refused for the connection', async () => {
    const set = { algorithm: 'AES256-INVALID', key: notBase64, digest: 'dGhpcyBpcyB3cm9uZw==' };
    const answer = await posted(fieldsOf(set), {}, { secure: false });
    expect(answer).toMatchObject(refusal(400, ...insecure));
    expect(answer.head).toEqual(closingRefusalHead());
  });

  it('sse_c_valid_with_sse_s3_field_conflict: is refused beside another encryption', async () => {
    expect(await answered(posted([[prefix, aes], ...fieldsOf({ algorithm: aes, key, digest })]))).toEqual(
      refusal(400, ...incompatible(aes)),
    );
  });

  it.each(recordedSets)('has the answer of PutObject to $what: $write', (set) => expectOutcome(set, set.write));
});
