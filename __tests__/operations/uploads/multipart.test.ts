import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument, errorDocument, textOf } from '../../support/documents';
import { answerHead } from '../../support/heads';
import { answered, refusal } from '../../support/objects';
import {
  begin,
  complete,
  copyPart,
  noSuchUpload,
  partElement,
  put,
  sendPart,
  undeclared,
  uploadOf,
} from '../../support/uploads';
import { send, type WireAnswer } from '../../support/wire-client';

mockS3({
  now: '2026-03-31T07:35:05Z',
  buckets: { vault: { versioning: 'Enabled' }, plain: {}, paused: { versioning: 'Suspended' } },
});

const path = '/vault/big.bin';
const anew = '/anew/big.bin';
const abort = (id: string, at = path) => send({ method: 'DELETE', path: `${at}?uploadId=${id}` });

// F1620
/** A matcher stands among the lines of a head. */
const versionLine = expect.stringMatching(/^x-amz-version-id: [\w.]{32}$/) as unknown as string;

describe('CreateMultipartUpload', () => {
  // Recorded: dyus/meeseeks-s3, tests/create_multipart_upload_sse_c/golden. F85
  it('answers with an id, and without the type of its document', async () => {
    const { status, head, text, body } = await send({ method: 'POST', path: `${path}?uploads` });
    expect(status).toBe(200);
    expect(head).toEqual(answerHead(versionLine, 'x-amz-server-side-encryption: AES256', 'Transfer-Encoding: chunked'));
    const id = textOf('UploadId', { body });
    expect(id).toMatch(/^[\w.]{128}$/);
    expect(text).toBe(
      answerDocument(
        'InitiateMultipartUploadResult',
        `<Bucket>vault</Bucket><Key>big.bin</Key><UploadId>${id}</UploadId>`,
      ),
    );
  });

  it('returns an id that begins with the time on COS', async () => {
    const answer = await send({
      method: 'POST',
      path: `${path}?uploads`,
      host: 's3.us.cloud-object-storage.appdomain.cloud',
    });
    expect(textOf('UploadId', answer)).toMatch(/^0000019d-42d1-4828-[\da-f]{4}-[\da-f]{12}$/);
  });
});

describe('UploadPart', () => {
  // Recorded: dyus/meeseeks-s3, tests/upload_part_sse_c/golden, docs_reports/versioning_mix.md F2a.
  it('answers with the ETag of the part, and the id of the version to come', async () => {
    const { status, head, body } = await sendPart(path, await begin(path), 1, 'data');
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(head).toEqual(
      answerHead(
        'ETag: "8d777f385d3dfec8815d20f7496026dc"',
        versionLine,
        'x-amz-server-side-encryption: AES256',
        'Content-Length: 0',
      ),
    );
  });

  it('refuses a number with a fraction', async () => {
    const answer = await sendPart(path, await begin(path), '1.5', 'data');
    expect({ status: answer.status, value: textOf('ArgumentValue', answer) }).toEqual({ status: 400, value: '1.5' });
  });

  // Recorded: dyus/meeseeks-s3, docs_reports/versioning_mix.md J2a-J2c.
  it.each(['', 'abc', 'null'])('refuses a version id: %j', async (versionId) => {
    expect(await answered(sendPart(path, await begin(path), `1&versionId=${versionId}`, 'data'))).toEqual(
      refusal(
        400,
        'InvalidArgument',
        'This operation does not accept a version-id.',
        `<ArgumentName>versionId</ArgumentName><ArgumentValue>${versionId}</ArgumentValue>`,
      ),
    );
  });

  it('returns a wrong Content-MD5 in base64', async () => {
    expect(
      await answered(
        sendPart(path, await begin(path), 1, 'data', {
          'Content-MD5': 'ZlTHNMyrj0QP8ILrRD3Hfw==',
        }),
      ),
    ).toEqual(
      refusal(
        400,
        'BadDigest',
        'The Content-MD5 you specified did not match what we received.',
        '<CalculatedDigest>jXd/OF09/siBXSD3SWAm3A==</CalculatedDigest><ExpectedDigest>ZlTHNMyrj0QP8ILrRD3Hfw==</ExpectedDigest>',
      ),
    );
  });

  it('accepts a body in chunks', async () => {
    const id = await begin(path);
    const answer = await sendPart(path, id, 1, '4\r\ndata\r\n0\r\nx-amz-checksum-crc32:rfPzYw==\r\n\r\n', {
      'Content-Encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '4',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    });
    expect({ etag: answer.header('etag'), checksumCrc32: answer.header('x-amz-checksum-crc32') }).toEqual({
      etag: '"8d777f385d3dfec8815d20f7496026dc"',
      checksumCrc32: 'rfPzYw==',
    });
  });
});

// F80
describe('an upload that is not open', () => {
  const calls = {
    'a part': (id: string, at: string) => sendPart(at, id, 1, 'data'),
    'a list of parts': (id: string, at: string) => send({ path: `${at}?uploadId=${id}` }),
    'an abort': (id: string, at: string) => abort(id, at),
    'a copied part': (id: string, at: string) => copyPart(at, id, '/vault/a.txt'),
    'a completion': (id: string, at: string) => complete(at, id, partElement(2, 'x')),
  };
  const slow = new Set(['a copied part', 'a completion']);

  it.each(
    Object.entries(calls).flatMap(([what, call]) =>
      ['never begun', ...(what === 'an abort' ? [] : ['aborted', 'completed']), 'of another key'].map((state) => ({
        what,
        call,
        state,
      })),
    ),
  )('refuses $what if it is $state', async ({ what, call, state }) => {
    await put('/vault/a.txt', 'v1');
    const { id, part } = await uploadOf('v1');
    if (state === 'aborted') expect((await abort(id)).status).toBe(204);
    if (state === 'completed') expect((await complete(path, id, part)).status).toBe(200);
    const asked = state === 'never begun' ? 'nothing' : id;
    expect(await answered(call(asked, state === 'of another key' ? '/vault/other' : path))).toEqual({
      status: 404,
      text: (slow.has(what) ? undeclared : errorDocument)(...noSuchUpload(asked)),
    });
  });
});

// Measured: justincormack/argmin, test_multipart_terminal_retries. F80
describe('a bucket that was deleted and made anew', () => {
  it.each<[string, (id: string, part: string) => Promise<WireAnswer>]>([
    ['aborted', (id) => abort(id, anew)],
    ['completed', (id, part) => complete(anew, id, part)],
  ])('does not know an upload that was %s, to an abort either', async (_how, end) => {
    await send({ method: 'PUT', path: '/anew' });
    const { id, part } = await uploadOf('v1', anew);
    await end(id, part);
    await send({ method: 'DELETE', path: anew });
    expect((await send({ method: 'DELETE', path: '/anew' })).status).toBe(204);
    await send({ method: 'PUT', path: '/anew' });
    const refused = (text: string) => ({ status: 404, text });
    expect(await answered(abort(id, anew))).toEqual(refused(errorDocument(...noSuchUpload(id))));
    expect(await answered(complete(anew, id, part))).toEqual(refused(undeclared(...noSuchUpload(id))));
  });
});

describe('AbortMultipartUpload', () => {
  it('answers 204 without a body', async () => {
    const { status, head, body } = await abort(await begin(path));
    expect({ status, body }).toEqual({ status: 204, body: '' });
    expect(head).toEqual(answerHead(versionLine));
  });
});
