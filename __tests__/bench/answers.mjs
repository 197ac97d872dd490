import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The object that is put and got: 1 KB. */
export const smallBody = Buffer.alloc(1024, 's3 ');

const ofEveryAnswer = {
  'x-amz-id-2': 'UtRMFxNGYTlxAWNYVXPNtsSZvkFMRBkZQ9MVgVcPmE0Ec1C2p2nXfM/7n/lS3zb6bQ1Qh1cQYjM=',
  'x-amz-request-id': 'D2C2E4B5A3F1E0D9',
  Date: new Date().toUTCString(),
  Server: 'AmazonS3',
};

const ofTheObject = {
  ETag: `"${createHash('md5').update(smallBody).digest('hex')}"`,
  'x-amz-checksum-crc32': checksumOf(smallBody),
  'x-amz-checksum-type': 'FULL_OBJECT',
  'x-amz-server-side-encryption': 'AES256',
  'x-amz-version-id': 'XotaHaVOMNzhZRsX3gvDhjZHLOGdevid',
};

/** As S3 gives them to the AWS SDK v3, which verifies checksums. All ways of answering except the library give these bytes. */
const answers = {
  GetBucketVersioning: {
    status: 200,
    headers: { ...ofEveryAnswer, 'Transfer-Encoding': 'chunked' },
    body: Buffer.from(
      '<?xml version="1.0" encoding="UTF-8"?>\n<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
        '<Status>Enabled</Status></VersioningConfiguration>',
    ),
  },
  PutObject: {
    status: 200,
    headers: { ...ofEveryAnswer, ...ofTheObject, 'Content-Length': '0' },
    body: Buffer.alloc(0),
  },
  GetObject: {
    status: 200,
    headers: {
      ...ofEveryAnswer,
      ...ofTheObject,
      'Last-Modified': new Date().toUTCString(),
      'Accept-Ranges': 'bytes',
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(smallBody.length),
    },
    body: smallBody,
  },
};

/** A PUT is PutObject, a GET of the versioning GetBucketVersioning, and any other GetObject. */
export function answerTo(method, isOfVersioning) {
  if (method === 'PUT') return answers.PutObject;
  return isOfVersioning ? answers.GetBucketVersioning : answers.GetObject;
}

export function bytesOf({ status, headers, body }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`HTTP/1.1 ${status} OK\r\n${lines.join('')}\r\n`);
  if (!('Transfer-Encoding' in headers)) return Buffer.concat([head, body]);
  return Buffer.concat([head, Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
}

export function checksumOf(body) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}
