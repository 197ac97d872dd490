import https from 'node:https';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { textOf } from '../../support/documents';
import { send } from '../../support/wire-client';

const most = 5 * 1024 ** 3;

const s3 = mockS3({ buckets: { vault: {} } });

type Headers = Readonly<Record<string, string | number>>;

/** Sends the head alone. */
const announce = (path: string, headers: Headers) =>
  new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const request = https.request({
      method: 'PUT',
      host: 's3.amazonaws.com',
      path,
      headers: { Authorization: 'AWS KEY:SIG', Expect: '100-continue', ...headers },
    });
    request.on('continue', () => {
      resolve({ status: 100, body: '' });
      request.destroy();
    });
    request.on('response', (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += String(chunk);
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
    request.on('error', reject);
    request.flushHeaders();
  });

const begin = async () => textOf('UploadId', await send({ method: 'POST', path: '/vault/a?uploads' }));

// F1592
describe('an upload that declares more than 5 GiB', () => {
  it.each<[string, () => Promise<string> | string, Headers, number]>([
    ['PutObject', () => '/vault/a', { 'Content-Length': most + 1 }, most + 1],
    [
      'UploadPart',
      async () => `/vault/a?partNumber=1&uploadId=${await begin()}`,
      { 'Content-Length': 2 ** 33 },
      2 ** 33,
    ],
    [
      'PutObject in framing',
      () => '/vault/a',
      {
        'Content-Length': most + 9_000_000,
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'x-amz-decoded-content-length': most + 1,
      },
      most + 1,
    ],
  ])('is refused before its body: %s', async (_what, path, headers, size) => {
    const answer = await announce(await path(), headers);
    expect({
      status: answer.status,
      code: textOf('Code', answer),
      message: textOf('Message', answer),
      proposed: textOf('ProposedSize', answer),
      allowed: textOf('MaxSizeAllowed', answer),
    }).toEqual({
      status: 400,
      code: 'EntityTooLarge',
      message: 'Your proposed upload exceeds the maximum allowed size',
      proposed: String(size),
      allowed: String(most),
    });
    expect(s3.bucket('vault').keys).toEqual([]);
  });

  it('is let through at 5 GiB, also in a framing that makes it longer', async () => {
    const framed = {
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': most,
    };
    const answers = [
      await announce('/vault/a', { 'Content-Length': most }),
      await announce('/vault/a', { 'Content-Length': most + 9_000_000, ...framed }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([100, 100]);
  });
});
