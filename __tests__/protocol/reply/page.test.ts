import { describe, expect, it } from '@jest/globals';
import { dialects } from '../../../src/dialects';
import { errorHeaders, locationHeader, writePage, writeRedirect } from '../../../src/protocol/reply/page';
import { S3Error } from '../../../src/refusals';
import type { WireReply } from '../../../src/wire';

const stamp = { requestId: 'ID', hostId: 'HOST', now: 0 };
const dialect = dialects.aws;

const lines = ({ headers }: WireReply) => headers.map(([name, value]) => `${name}: ${value}`);

describe('a page of S3 (F1802)', () => {
  it('has the code, the message, the fields and the ids', () => {
    const reply = writePage(
      {
        refusal: new S3Error('NoSuchKey', { Key: 'a<b>&"' }),
        ofDocument: new S3Error('NoSuchKey', { Key: 'error.html' }),
      },
      { method: 'GET', dialect },
      stamp,
    );
    expect(reply.body).toBe(`<html>
<head><title>404 Not Found</title></head>
<body>
<h1>404 Not Found</h1>
<ul>
<li>Code: NoSuchKey</li>
<li>Message: The specified key does not exist.</li>
<li>Key: a&lt;b&gt;&amp;&quot;</li>
<li>RequestId: ID</li>
<li>HostId: HOST</li>
</ul>
<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>
<ul>
<li>Code: NoSuchKey</li>
<li>Message: The specified key does not exist.</li>
<li>Key: error.html</li>
</ul>
<hr/>
</body>
</html>
`);
    expect(lines(reply)).toEqual([
      'x-amz-request-id: ID',
      'x-amz-id-2: HOST',
      'Content-Type: text/html; charset=utf-8',
      `Content-Length: ${String(reply.body).length}`,
      'Date: Thu, 01 Jan 1970 00:00:00 GMT',
      'Server: AmazonS3',
    ]);
  });

  it('is missing in the answer to a HEAD, whose headers tell the error', () => {
    const reply = writePage({ refusal: new S3Error('NoSuchKey', { Key: 'ä' }) }, { method: 'HEAD', dialect }, stamp);
    expect(reply).toMatchObject({ status: 404, body: '' });
    expect(lines(reply)).toEqual([
      'x-amz-error-code: NoSuchKey',
      'x-amz-error-message: The specified key does not exist.',
      'x-amz-error-detail-Key: %C3%A4',
      'x-amz-request-id: ID',
      'x-amz-id-2: HOST',
      'Transfer-Encoding: chunked',
      'Date: Thu, 01 Jan 1970 00:00:00 GMT',
      'Server: AmazonS3',
    ]);
  });

  it.each([
    [new S3Error('NoSuchBucket', { BucketName: 'lost' }), ['x-amz-error-detail-BucketName: lost']],
    [
      new S3Error('MethodNotAllowed', { Method: 'POST', ResourceType: 'OBJECT', allow: ['GET'] }),
      ['x-amz-error-detail-Method: POST', 'x-amz-error-detail-ResourceType: OBJECT'],
    ],
    [new S3Error('AccessDenied'), []],
  ])('tells a HEAD all fields of the error: %s', (refusal, fields) => {
    const reply = writePage({ refusal }, { method: 'HEAD', dialect }, stamp);
    expect(lines(reply).filter((line) => line.startsWith('x-amz-error-detail-'))).toEqual(fields);
  });

  // As it was measured: 348 bytes, with ids of this length.
  it('says like an error why it leads elsewhere', () => {
    const ids = { requestId: 'X'.repeat(16), hostId: 'Y'.repeat(76), now: 0 };
    const leading = { refusal: new S3Error('WebsiteWithoutBucket'), location: 'https://aws.amazon.com/s3/' };
    const reply = writePage(leading, { method: 'GET', dialect }, ids);
    expect(reply.body).toContain('<h1>301 Moved Permanently</h1>');
    expect(lines(reply)).toEqual([
      'x-amz-error-code: WebsiteRedirect',
      'x-amz-error-message: Request does not contain a bucket name.',
      `x-amz-request-id: ${ids.requestId}`,
      `x-amz-id-2: ${ids.hostId}`,
      'Location: https://aws.amazon.com/s3/',
      'Content-Type: text/html; charset=utf-8',
      'Content-Length: 348',
      'Date: Thu, 01 Jan 1970 00:00:00 GMT',
      'Server: AmazonS3',
    ]);
  });

  it('of a folder has the title of 302 as S3 words it (F1801)', () => {
    const { body } = writePage({ refusal: new S3Error('WebsiteFolder') }, { method: 'GET', dialect }, stamp);
    expect(body).toContain('<title>302 Moved Temporarily</title>');
  });

  it('of COS has one id and no chunks', () => {
    const answerOf = (method: string) =>
      writePage(
        { refusal: new S3Error('AccessDenied') },
        { method, dialect: dialects['ibm-cos'] },
        { ...stamp, hostId: '' },
      );
    expect(answerOf('GET').body).toContain('<li>RequestId: ID</li>\n</ul>');
    expect(lines(answerOf('HEAD'))).toEqual(expect.arrayContaining([expect.stringMatching(/^Content-Length: /)]));
    expect(lines(answerOf('HEAD'))).not.toContain('Transfer-Encoding: chunked');
  });

  it.each(['GET', 'HEAD'])('is missing in the answer to a %s that is no error', (method) => {
    const unchanged = new S3Error('NotModified', { etag: 'a', lastModified: 0, versionId: undefined });
    const reply = writePage({ refusal: unchanged }, { method, dialect }, stamp);
    expect({ status: reply.status, body: reply.body, head: lines(reply) }).toEqual({
      status: 304,
      body: '',
      head: [
        'x-amz-id-2: HOST',
        'x-amz-request-id: ID',
        'Date: Thu, 01 Jan 1970 00:00:00 GMT',
        'Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT',
        'ETag: "a"',
        'Server: AmazonS3',
      ],
    });
  });
});

describe('a redirect (F1803)', () => {
  it('has no body', () => {
    const to = { status: 301, location: '/a b?c=ü#d\r\ne' };
    const reply = writeRedirect(to, { method: 'GET', dialect }, stamp);
    expect(reply).toMatchObject({ status: 301, body: '' });
    expect(lines(reply)).toEqual([
      'x-amz-id-2: HOST',
      'x-amz-request-id: ID',
      'Date: Thu, 01 Jan 1970 00:00:00 GMT',
      'Location: /a b?c=%C3%BC#d%0D%0Ae',
      'Content-Length: 0',
      'Server: AmazonS3',
    ]);
  });
});

describe('a header of an error or a place', () => {
  it('is in ASCII, whatever the key', () => {
    expect(locationHeader('/\u{1F600}\uD800/')).toEqual(['Location', '/%F0%9F%98%80%EF%BF%BD/']);
    const worded = dialect.answers.wordsOf(new S3Error('AccessDenied'));
    expect(errorHeaders({ ...worded, message: 'd\nä' })).toEqual([
      ['x-amz-error-code', 'AccessDenied'],
      ['x-amz-error-message', 'd%0A%C3%A4'],
    ]);
  });
});
