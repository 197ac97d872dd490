import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { errorDocument, versioningConfiguration } from '../../support/documents';
import { refusal } from '../../support/objects';
import { exchangeBytes, send, sendAsIs } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: {} } });

const body = versioningConfiguration('<Status>Enabled</Status><MfaDelete>Disabled</MfaDelete>');
const bodies = { 'a body': body, 'no body': '' };

const put = (coding: string, content: string) =>
  sendAsIs({
    method: 'PUT',
    path: '/vault?versioning',
    headers: { 'Transfer-Encoding': coding, 'Content-Length': String(content.length), Connection: 'close' },
    body: content,
  });

// Recorded: dyus/meeseeks-s3, TestPutBucketVersioningTransferEncoding*.json, sent with a Content-Length as these are. F24
describe.each(Object.entries(bodies))('a Transfer-Encoding that S3 does not accept, with %s', (_what, content) => {
  it.each([
    'gzip',
    'compress',
    'deflate',
    'chunked, gzip',
    'chunked, compress',
    'chunked, deflate',
    'gzip, chunked',
    'compress, chunked',
    'deflate, chunked',
  ])('%s is 501 without a document', async (coding) => {
    const { status, head, body: answered } = await put(coding, content);
    expect({ status, answered }).toEqual({ status: 501, answered: '' });
    expect(head.filter((line) => !/^(?:Date|Server):/.test(line))).toEqual([
      'Transfer-Encoding: chunked',
      'Cache-Control: no-store',
      'Connection: close',
    ]);
    expect(s3.bucket('vault').versioning).toBeUndefined();
  });

  it.each(['br', 'chunked, br', 'unknown', 'xyz'])('%s is 400 without a document', async (coding) => {
    const { status, head, body: answered } = await put(coding, content);
    expect({ status, answered }).toEqual({ status: 400, answered: '' });
    expect(head.filter((line) => !/^(?:Date|Server):/.test(line))).toEqual(['Connection: close', 'Content-Length: 0']);
    expect(s3.bucket('vault').versioning).toBeUndefined();
  });
});

// Recorded: dyus/meeseeks-s3, docs_reports/putbucketversioning.md, rows 14 and 29. F24
it('an empty Transfer-Encoding counts as absent', async () => {
  expect(await put('', '')).toMatchObject(refusal(400, 'MissingRequestBodyError', 'Request Body is empty'));
  expect((await put('', body)).status).toBe(200);
  expect(s3.bucket('vault').versioning).toBe('Enabled');
});

// https://github.com/dyus/meeseeks-s3, test_transfer_encoding_raw.py: the chunked body without a Content-Length.
describe('Transfer-Encoding: chunked', () => {
  const putChunked = (chunks: string) =>
    sendAsIs({
      method: 'PUT',
      path: '/vault?versioning',
      headers: { 'Transfer-Encoding': 'chunked', Connection: 'close' },
      body: chunks,
    });

  it('is accepted with a body', async () => {
    expect((await putChunked(`${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`)).status).toBe(200);
    expect(s3.bucket('vault').versioning).toBe('Enabled');
  });

  it('is refused if the body is empty', async () => {
    expect(await putChunked('0\r\n\r\n')).toMatchObject(
      refusal(400, 'MissingRequestBodyError', 'Request Body is empty'),
    );
  });
});

// versity/versitygw, tests/test_rest_*.sh, and brekkylab/backlot: a verb that S3 does not know is a request that it cannot parse. F22
describe('a request that S3 cannot parse', () => {
  const unparsable = errorDocument('BadRequest', 'An error occurred when parsing the HTTP request.');

  it('answers 400 to verbs that Node does not know', async () => {
    const { status, text, header } = await sendAsIs({ method: 'GETS', path: '/vault?versioning' });
    expect({ status, text, connection: header('connection') }).toEqual({
      status: 400,
      text: unparsable,
      connection: 'close',
    });
  });

  it('answers 400 to verbs that Node knows and S3 does not', async () => {
    expect(await send({ method: 'PROPFIND', path: '/vault?versioning' })).toMatchObject({
      status: 400,
      text: unparsable,
    });
  });

  it('answers 400 to bytes that are not HTTP', async () => {
    expect(await exchangeBytes('\r\n:::\r\n\r\n')).toMatchObject({ status: 400, text: unparsable });
  });
});
