import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { sha256Hex } from '../../../src/formats/digests';
import { cosHost } from '../../support/clients/story-client';
import { testKey } from '../../support/customer-keys';
import { refusalIn, textOf } from '../../support/documents';
import {
  bodyOf,
  type Field,
  formBody,
  partOf,
  post,
  postAnonymous,
  type SignedForm,
  sendForm,
  signedFields,
} from '../../support/forms';
import { closingRefusalHead } from '../../support/heads';
import { answered, badArgument, elements, noSuchBucket, refusal, type StatusAndText } from '../../support/objects';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3({ sseC: 'allowed', buckets: { vault: { versioning: 'Enabled' } } });

const missing = (name: string) =>
  badArgument(
    `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    name,
    '',
  );
const filename = `\${filename}`;
const emptyKey = badArgument('User key must have a length greater than 0.', 'key', '');
const malformed = refusal(
  400,
  'MalformedPOSTRequest',
  'The body of your POST request is not well-formed multipart/form-data.',
);
const invalid = (problem: string) => refusal(400, 'InvalidPolicyDocument', `Invalid Policy: ${problem}`);
const against = (problem: string) => refusal(403, 'AccessDenied', `Invalid according to Policy: ${problem}`);
const oneFile = (count: number) =>
  badArgument('POST requires exactly one file upload per request.', 'file', String(count));

// F562
describe('a body that is not a form', () => {
  it('is refused for another type', async () => {
    const call = { method: 'POST', path: '/vault', headers: { 'Content-Type': 'text/html' }, body: 'a' };
    const elementsOf = elements({ Condition: 'Bucket POST must be of the enclosure-type multipart/form-data' });
    expect(await answered(send(call))).toEqual(
      refusal(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', elementsOf),
    );
    expect(s3.requests.last()?.why).toBe(
      "the Content-Type is 'text/html'; a form is sent as multipart/form-data, as fetch sends a FormData",
    );
  });

  it.each<{ what: string; call: Partial<WireCall>; body: string | Uint8Array }>`
    what                  | call                                                                  | body
    ${'no boundary'}      | ${{ headers: { 'Content-Type': 'multipart/form-data' } }}             | ${'data'}
    ${'another boundary'} | ${{ headers: { 'Content-Type': 'multipart/form-data; boundary=x' } }} | ${formBody([])}
    ${'no end'}           | ${{}}                                                                 | ${formBody(signedFields()).subarray(0, -10)}
    ${'nothing'}          | ${{}}                                                                 | ${''}
  `('is refused if it has $what', async ({ call, body }) => {
    expect(await answered(sendForm(Buffer.from(body), call))).toEqual(malformed);
  });

  it('is answered with the head of every refusal, and in the journal', async () => {
    expect((await sendForm(Buffer.from('data'))).head).toEqual(closingRefusalHead());
    expect(s3.requests.last()).toMatchObject({
      operation: 'PostObject',
      caller: 'anonymous',
      why: 'the body has no line with the boundary "----FormBoundary7MA4YWxkTrZu0gW"',
    });
  });

  it('is refused with 405 if it is posted to a key', async () => {
    const { status, header } = await sendForm(formBody(signedFields()), { path: '/vault/report.pdf' });
    expect({ status, allow: header('Allow') }).toEqual({ status: 405, allow: 'HEAD, DELETE, GET, PUT' });
  });
});

describe('a form that S3 cannot read', () => {
  const long: Field = ['x-ignore-a', 'a'.repeat(20_480)];
  const tooLong = refusal(
    400,
    'MaxPostPreDataLengthExceeded',
    'Your POST request fields preceeding the upload file was too large.',
    elements({ MaxPostPreDataLengthBytes: 20_480 }),
  );

  it.each<[string, Uint8Array, StatusAndText]>([
    ['has long fields', formBody([long]), tooLong],
    ['has no key', formBody([['acl', 'private']]), missing('key')],
    ['has an empty key', formBody([['key', '']]), emptyKey],
    ['has a key that is the name of a file without one', formBody([['key', filename]], { name: '' }), emptyKey],
    ['has its key after the file', formBody([], {}, [['key', 'k']]), missing('key')],
    ['has no file', bodyOf([partOf(['form-data; name="key"'], 'k')]), oneFile(0)],
    ['has two files', formBody([['key', 'k']], {}, [['file', 'b']]), oneFile(2)],
    ['has neither a key nor a file', bodyOf([partOf(['form-data'], 'value')]), oneFile(0)],
  ])('%s', async (_what, body, expected) => {
    expect(await answered(sendForm(body))).toEqual(expected);
  });

  it('has a key of more than 1,024 bytes', async () => {
    const answer = await post({ key: 'é'.repeat(513) });
    expect({ status: answer.status, code: textOf('Code', answer), size: textOf('Size', answer) }).toEqual({
      status: 400,
      code: 'KeyTooLongError',
      size: '1026',
    });
  });
});

// Measured: justincormack/argmin, post_object.rs, test_post_object_with_header_sigv4_auth_rejected. F1694
describe('a form beside an Authorization header of Signature Version 4', () => {
  const authorization = (algorithm: string) =>
    `${algorithm} Credential=AKID/20260331/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
  const ofHeader = refusal(
    400,
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
    elements({ ArgumentName: 'x-amz-content-sha256' }),
  );
  const without = refusal(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');

  it.each<[string, Uint8Array]>([
    ['signed', formBody(signedFields())],
    ['anonymous', formBody([['key', 'k']])],
    ['wrongly signed', formBody(signedFields({ changed: { 'x-amz-signature': '0'.repeat(64) } }))],
    ['expired', formBody(signedFields({ expiration: '2020-01-01T00:00:00Z' }))],
  ])('is refused by that header: %s', async (_what, body) => {
    for (const algorithm of ['AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256']) {
      const Authorization = authorization(algorithm);
      for (const hash of ['UNSIGNED-PAYLOAD', sha256Hex(body), 'other'])
        expect(await answered(sendForm(body, { headers: { Authorization, 'x-amz-content-sha256': hash } }))).toEqual(
          ofHeader,
        );
      expect(await answered(sendForm(body, { headers: { Authorization } }))).toEqual(without);
    }
    expect(s3.bucket('vault').versions()).toEqual([]);
  });
});

// F564
describe('a form whose signature is not whole', () => {
  it.each<[4 | 2, readonly string[], string]>([
    [4, ['x-amz-signature'], 'X-Amz-Signature'],
    [4, ['x-amz-algorithm', 'x-amz-credential'], 'X-Amz-Algorithm'],
    [4, ['x-amz-credential', 'x-amz-date'], 'X-Amz-Credential'],
    [4, ['x-amz-date'], 'X-Amz-Date'],
    [2, ['signature'], 'Signature'],
    [2, ['awsaccesskeyid'], 'AWSAccessKeyId'],
  ])('of version %s lacks %s', async (version, without, name) => {
    expect(await answered(post({ version, without }))).toEqual(missing(name));
  });

  const credential = (value: string) => ({ 'x-amz-credential': value });
  const ofCredential = (message: string, value: string) => badArgument(message, 'X-Amz-Credential', value);
  const form = 'the Credential is mal-formed; expecting "&lt;YOUR-AKID&gt;/YYYYMMDD/REGION/SERVICE/aws4_request".';

  it.each<[string, Readonly<Record<string, string>>, StatusAndText]>([
    [
      'an algorithm',
      { 'x-amz-algorithm': 'AWS4-ECDSA-P256-SHA256' },
      badArgument('Only AWS4-HMAC-SHA256 is supported', 'X-Amz-Algorithm', 'AWS4-ECDSA-P256-SHA256'),
    ],
    [
      'a date',
      { 'x-amz-date': '2026-03-31' },
      badArgument('X-Amz-Date must be formated via ISO8601 Long format', 'X-Amz-Date', '2026-03-31'),
    ],
    ['a credential', credential('AKIDEXAMPLE'), ofCredential(form, 'AKIDEXAMPLE')],
    [
      'a credential without a key',
      credential('/20260331/us-east-1/s3/aws4_request'),
      ofCredential(
        'a non-empty Access Key (AKID) must be provided in the credential.',
        '/20260331/us-east-1/s3/aws4_request',
      ),
    ],
  ])('has %s of another form', async (_what, changed, expected) => {
    expect(await answered(post({ changed }))).toEqual(expected);
  });

  it('is anonymous if it has no field of a signature, whatever its policy says', async () => {
    const ofSignature = ['x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature'];
    expect(await answered(post({ without: ofSignature }))).toEqual(refusal(403, 'AccessDenied', 'Access Denied'));
    expect(s3.requests.last()?.caller).toBe('anonymous');
  });

  it('has no policy', async () => {
    expect(await answered(post({ without: ['policy'] }))).toEqual(invalid("Expecting '{' but found End-of-Input"));
  });
});

// F568
describe('a form that its policy does not allow', () => {
  const redirect: Field = ['success_action_redirect', 'http://wrong.location/test'];

  it.each<[SignedForm, StatusAndText, string | undefined]>([
    [
      { fields: [redirect], conditions: [['eq', '$success_action_redirect', 'http://localhost.test/random']] },
      against('Policy Condition failed: ["eq", "$success_action_redirect", "http://localhost.test/random"]'),
      "the form's success_action_redirect is 'http://wrong.location/test'",
    ],
    [
      { fields: [redirect], conditions: [['eq', 'success_action_redirect', redirect[1]]] },
      against('Policy Condition failed: ["eq", "success_action_redirect", "http://wrong.location/test"]'),
      'the condition names no field, since its name does not begin with $',
    ],
    [
      { fields: [redirect], conditions: [{ bucket: 'vault', success_action_redirect: redirect[1] }] },
      invalid('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.'),
      expect.stringMatching(/^the policy is '\{"expiration":/) as unknown as string,
    ],
    [
      { conditions: [{ 'Content-Disposition': 'filename="test.png"' }] },
      against('Policy Condition failed: ["eq", "$Content-Disposition", "filename=\\"test.png\\""]'),
      'the form has no field content-disposition before its file',
    ],
    [
      { fields: [['Content-Type', 'text/plain']], conditions: [] },
      against('Extra input fields: content-type'),
      "the policy has no condition on content-type, which the form sends as 'text/plain': sign ['starts-with', '$content-type', ''] among its Conditions, or leave the field out",
    ],
    [
      { bucket: 'other' },
      against('Policy Condition failed: ["eq", "$bucket", "other"]'),
      'the form was sent to the bucket vault',
    ],
    [
      { expiration: '2020-01-01T00:00:00Z' },
      against('Policy expired.'),
      expect.stringMatching(/^the policy expired at 2020-01-01T00:00:00.000Z, and it is 2/) as unknown as string,
    ],
    [
      { policy: { Expiration: '2099-01-01T00:00:00Z', conditions: [{ bucket: 'vault' }] } },
      invalid("Unexpected: 'expiration'"),
      expect.stringMatching(/^the policy is '\{"Expiration":"2099-01-01T00:00:00Z"/) as unknown as string,
    ],
  ])('%j', async (form, expected, why) => {
    expect(await answered(post(form))).toEqual(expected);
    expect(s3.requests.last()?.why).toEqual(why);
  });

  it('has an empty file, or a large one', async () => {
    const conditions = [['content-length-range', 5, 10]];
    const sized = (content: string) => answered(post({ conditions, file: { content } }));
    expect(await sized('a')).toEqual(
      refusal(
        400,
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed size',
        elements({ ProposedSize: 1, MinSizeAllowed: 5 }),
      ),
    );
    expect(await sized('a'.repeat(12))).toEqual(
      refusal(
        400,
        'EntityTooLarge',
        'Your proposed upload exceeds the maximum allowed size',
        elements({ ProposedSize: 12, MaxSizeAllowed: 10 }),
      ),
    );
    expect({ atLeast: (await sized('a'.repeat(5))).status, atMost: (await sized('a'.repeat(10))).status }).toEqual({
      atLeast: 204,
      atMost: 204,
    });
  });

  it('needs a file of no size in particular without a condition on it', async () => {
    expect((await post({ file: { content: '' } })).status).toBe(204);
    expect(s3.bucket('vault').current('report.pdf')).toMatchObject({ size: 0 });
  });
});

describe('the values of fields', () => {
  const key = testKey('k');

  it.each<[readonly Field[], number, string, Partial<WireCall>]>([
    [[['x-amz-storage-class', 'FakeClass']], 400, 'InvalidStorageClass', {}],
    [[['x-amz-server-side-encryption', 'AES255']], 400, 'InvalidArgument', {}],
    [[['x-amz-website-redirect-location', 'docs/a.html']], 400, 'InvalidRedirectLocation', {}],
    [[['acl', 'everyone']], 400, 'InvalidArgument', {}],
    [[['x-amz-meta-a', 'a'.repeat(2048)]], 400, 'MetadataTooLarge', {}],
    [[['Content-MD5', 'a']], 400, 'InvalidDigest', {}],
    [
      [
        ['x-amz-object-lock-legal-hold', 'ON'],
        ['Content-MD5', 'jXd/OF09/siBXSD3SWAm3A=='],
      ],
      400,
      'InvalidRequest',
      {},
    ],
    [Object.entries(key.headers), 400, 'InvalidArgument', { secure: false }],
    [Object.entries(key.headers).slice(0, 2), 400, 'InvalidArgument', {}],
  ])('%j are refused as those of headers', async (fields, status, code, call) => {
    expect(refusalIn(await post({ fields }, call))).toMatchObject({ status, code });
  });
});

describe('the order of the refusals of a form', () => {
  it('is that of S3', async () => {
    const wrong: SignedForm = {
      key: '',
      fields: [
        ['x-amz-storage-class', 'FakeClass'],
        ['x-amz-meta-a', '1'],
        ['tagging', 'no xml'],
      ],
      conditions: [
        { acl: 'private' },
        ['starts-with', '$x-amz-storage-class', ''],
        ['starts-with', '$tagging', ''],
        ['content-length-range', 0, 1],
      ],
      expiration: '2020-01-01T00:00:00Z',
      without: ['x-amz-signature'],
    };
    const at = { path: '/nowhere' };
    const right: SignedForm = { ...wrong, key: 'k', without: [], expiration: '2999-01-01T00:00:00Z' };
    const { fields = [], conditions = [] } = right;
    const steps: readonly (readonly [SignedForm, Partial<WireCall>, string])[] = [
      [wrong, at, 'InvalidArgument'],
      [{ ...wrong, key: 'k' }, at, 'InvalidArgument'],
      [{ ...wrong, key: 'k', without: [] }, at, 'NoSuchBucket'],
      [{ ...right, policy: 'no json' }, {}, 'InvalidPolicyDocument'],
      [{ ...right, expiration: wrong.expiration ?? '' }, {}, 'AccessDenied'],
      [right, {}, 'AccessDenied'],
      [{ ...right, conditions: conditions.slice(1) }, {}, 'AccessDenied'],
      [
        { ...right, fields: [...fields.slice(0, 1), ...fields.slice(2)], conditions: conditions.slice(1) },
        {},
        'InvalidStorageClass',
      ],
      [{ ...right, fields: fields.slice(2), conditions: conditions.slice(2) }, {}, 'MalformedXML'],
      [{ ...right, fields: [], conditions: [conditions[3]] }, {}, 'EntityTooLarge'],
      [{ ...right, fields: [], conditions: [] }, {}, ''],
    ];
    const codes: string[] = [];
    for (const [form, call] of steps) codes.push(textOf('Code', await post({ bucket: 'vault', ...form }, call)) ?? '');
    expect(codes).toEqual(steps.map(([, , code]) => code));
  });

  it('has the bucket after the form', async () => {
    expect(await answered(post({ bucket: 'nowhere' }, { path: '/nowhere' }))).toEqual(noSuchBucket('nowhere'));
    expect(await answered(postAnonymous([['acl', 'private']], { path: '/nowhere' }))).toEqual(missing('key'));
  });
});

describe('a form at IBM COS', () => {
  it('is refused in the words of COS', async () => {
    expect(await post({ expiration: '2020-01-01T00:00:00Z' }, { host: cosHost })).toMatchObject({
      status: 403,
      body: expect.stringMatching(/<Code>AccessDenied<\/Code>.*<httpStatusCode>403<\/httpStatusCode>/s),
    });
    expect(textOf('Message', await post({ without: ['x-amz-date'] }, { host: cosHost }))).toBe('Invalid Argument');
  });
});

// F572
describe('the length of a form', () => {
  it('is declared, also by a client that does not know it', async () => {
    const headers = { 'Transfer-Encoding': 'chunked' };
    expect(await answered(sendForm(formBody(signedFields()), { headers }))).toEqual(
      refusal(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.'),
    );
    expect(s3.requests.last()).toMatchObject({
      operation: 'PostObject',
      why: 'a form must give its length in Content-Length',
    });
  });

  it('does not refuse the head of a form, whose fields come later', async () => {
    const body = formBody(signedFields());
    const headers = { Expect: '100-continue', 'Content-Length': String(body.length) };
    expect((await sendForm(body, { headers })).status).toBe(204);
  });
});
