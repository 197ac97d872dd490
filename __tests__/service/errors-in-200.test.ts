import { describe, expect, it } from '@jest/globals';
import type { MockS3Options, OperationName } from 's3-versioning-mock';
import { mockS3 } from 's3-versioning-mock/jest';
import { operations } from '../../src/operations/table';
import { cosHost } from '../support/clients/story-client';
import { declaration, signedBy, textOf } from '../support/documents';
import { answerHead, documentHead } from '../support/heads';
import { answered, md5Of } from '../support/objects';
import { send, type WireCall } from '../support/wire-client';

const options: MockS3Options = {
  now: '2026-03-01T12:00:00Z',
  buckets: { vault: { versioning: 'Enabled', objects: { 'a.pdf': 'text' } } },
};
const s3 = mockS3(options);
const vault = s3.bucket('vault');

const error =
  '<Error><Code>InternalError</Code><Message>We encountered an internal error. Please try again.</Message><RequestId>ID</RequestId><HostId>HOST</HostId></Error>';
const copySource = { 'x-amz-copy-source': '/vault/a.pdf' };
const deletion = '<Delete><Object><Key>a.pdf</Key></Object></Delete>';
const completion =
  '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"e"</ETag></Part></CompleteMultipartUpload>';

type Failing = 'CopyObject' | 'UploadPartCopy' | 'CompleteMultipartUpload' | 'DeleteObjects';

const calls: Readonly<Record<Failing, WireCall>> = {
  CopyObject: { method: 'PUT', path: '/vault/b.pdf', headers: copySource },
  UploadPartCopy: { method: 'PUT', path: '/vault/b.pdf?partNumber=1&uploadId=U', headers: copySource },
  CompleteMultipartUpload: { method: 'POST', path: '/vault/b.pdf?uploadId=U', body: completion },
  DeleteObjects: { method: 'POST', path: '/vault?delete', body: deletion, headers: { 'Content-MD5': md5Of(deletion) } },
};
const cases = Object.entries(calls) as readonly [Failing, WireCall][]; // its own keys

// F670
describe('an error inside of a 200', () => {
  it('is an answer of these operations alone', () => {
    const failing = Object.entries(operations).filter(([, row]) => row.mayFailIn200);
    expect(failing.map(([name]) => name).toSorted()).toEqual(Object.keys(calls).toSorted());
  });

  it.each(cases.slice(0, 3))('of %s follows the status, the declaration and blanks, in chunks', async (name, call) => {
    s3.on(name).fail('InternalError', { status: 200 });
    const { status, head, text } = await send(call);
    expect({ status, head, text }).toEqual({
      status: 200,
      head: documentHead(),
      text: `${declaration}\n   \n${error}`,
    });
  });

  it('of DeleteObjects follows the declaration at once, and ends the connection', async () => {
    s3.on('DeleteObjects').fail('InternalError', { status: 200 });
    const { status, head, text } = await send(calls.DeleteObjects);
    expect({ status, head, text }).toEqual({
      status: 200,
      head: documentHead('Connection: close'),
      text: `${declaration}${error}`,
    });
  });

  it.each(cases)('of %s has one declaration and chunks on IBM COS, too', async (name, call) => {
    s3.on(name).fail('SlowDown', { status: 200 });
    const headers = { ...call.headers, Authorization: signedBy(s3.account) };
    const answer = await send({ ...call, headers, host: cosHost });
    expect({
      status: answer.status,
      chunked: answer.header('transfer-encoding'),
      length: answer.header('content-length'),
      declarations: answer.body.match(/<\?xml/g)?.length,
      code: textOf('Code', answer),
      message: textOf('Message', answer),
    }).toEqual({
      status: 200,
      chunked: 'chunked',
      length: undefined,
      declarations: 1,
      code: 'SlowDown',
      message: 'Reduce your request rate.',
    });
  });

  it('leaves the request without effect, and the next one is answered', async () => {
    s3.on('CopyObject').fail('InternalError', { status: 200, times: 1 });
    s3.on('DeleteObjects').fail('SlowDown', { status: 200, times: 1 });
    await send(calls.CopyObject);
    await send(calls.DeleteObjects);
    expect(vault.versions().map(({ key }) => key)).toEqual(['a.pdf']);
    expect((await send(calls.CopyObject)).text).toContain('<CopyObjectResult');
    expect(vault).toHaveVersions('b.pdf', ['text']);
  });

  it('has the code and the text of an error of the test', async () => {
    s3.on('CopyObject').fail({ code: 'Teapot', status: 418, message: 'Short and stout' }, { status: 200 });
    expect(await answered(send(calls.CopyObject))).toEqual({
      status: 200,
      text: expect.stringContaining('<Error><Code>Teapot</Code><Message>Short and stout</Message>'),
    });
  });

  it('is a refusal in the journal, with the status 200', async () => {
    const rule = s3.on('CopyObject').fail('InternalError', { status: 200, times: 1 });
    await send(calls.CopyObject);
    expect(s3.requests.last()).toMatchObject({
      status: 200,
      error: { code: 'InternalError', message: 'We encountered an internal error. Please try again.' },
      output: undefined,
      failure: { kind: 'fail', what: 'failed with InternalError inside of a 200', applied: false },
    });
    expect(`${s3.requests}`).toContain('200 InternalError');
    expect(s3).toHaveRefused('CopyObject', {}, { code: 'InternalError', status: 200 });
    expect(s3).not.toHaveApplied('CopyObject');
    expect(`${rule}`).toContain(
      "on('CopyObject').fail('InternalError', { status: 200, times: 1 }): used for 1 request",
    );
  });

  it('does not change the answer of an error with its own status', async () => {
    s3.on('CopyObject').fail('InternalError');
    const { status, head } = await send(calls.CopyObject);
    expect({ status, head }).not.toMatchObject({ head: answerHead() });
    expect(status).toBe(500);
  });

  // The cast is of what JavaScript may give.
  it.each<[name: string, call: () => unknown, message: string]>([
    [
      'an operation whose 200 has no errors',
      () => s3.on('UploadPart').fail('InternalError', { status: 200 }),
      "on('UploadPart').fail: invalid status 200; expected undefined: an error may come inside of a 200 of CompleteMultipartUpload, CopyObject, DeleteObjects, UploadPartCopy alone",
    ],
    [
      'another status',
      () => s3.on('CopyObject').fail('InternalError', { status: 503 as never }),
      'fail: invalid status 503; expected 200, or undefined for the status of the error',
    ],
    [
      'an error whose own status it is',
      () => s3.on('CopyObject').fail({ code: 'Teapot', status: 200, message: 'Short and stout' }),
      'fail: invalid status 200; expected a whole number from 300 to 599, and the option { status: 200 } for an error inside of a 200',
    ],
    [
      'Retry-After, which is a header',
      () => s3.on('CopyObject').fail('SlowDown', { status: 200, retryAfter: 1 }),
      'fail: invalid retryAfter 1; expected undefined: S3 sends the headers of a 200 before it fails',
    ],
  ])('is refused for %s', (_name, call, message) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  });

  it('is refused for each other operation', () => {
    const others = (Object.keys(operations) as OperationName[]).filter((name) => !Object.hasOwn(calls, name)); // the table's own names
    for (const name of others)
      expect(() => s3.on(name).fail('InternalError', { status: 200 })).toThrow(
        `on('${name}').fail: invalid status 200`,
      );
  });
});
