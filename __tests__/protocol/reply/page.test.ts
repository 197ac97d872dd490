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
      'x-amz-id-2: HOST',
      'x-amz-request-id: ID',
      'Date: Thu, 01 Jan 1970 00:00:00 GMT',
      'Content-Type: text/html; charset=utf-8',
      `Content-Length: ${String(reply.body).length}`,
      'Server: AmazonS3',
    ]);
  });

  it('is missing in the answer to a HEAD, whose headers tell the error', () => {
    const reply = writePage({ refusal: new S3Error('NoSuchKey', { Key: 'ä' }) }, { method: 'HEAD', dialect }, stamp);
    expect(reply).toMatchObject({ status: 404, body: '' });
    expect(lines(reply)).toEqual([
      'x-amz-id-2: HOST',
      'x-amz-request-id: ID',
      'Date: Thu, 01 Jan 1970 00:00:00 GMT',
      'x-amz-error-code: NoSuchKey',
      'x-amz-error-message: The specified key does not exist.',
      'x-amz-error-detail-Key: %C3%A4',
      'Transfer-Encoding: chunked',
      'Server: AmazonS3',
    ]);
  });

  it('of COS has one id', () => {
    const reply = writePage(
      { refusal: new S3Error('AccessDenied') },
      { method: 'GET', dialect: dialects['ibm-cos'] },
      { ...stamp, hostId: '' },
    );
    expect(reply.body).toContain('<li>RequestId: ID</li>\n</ul>');
  });

  it('is missing in an answer that is no error', () => {
    const unchanged = new S3Error('NotModified', { etag: '"a"', lastModified: 0, versionId: undefined });
    const { status, body } = writePage({ refusal: unchanged }, { method: 'GET', dialect }, stamp);
    expect({ status, body }).toEqual({ status: 304, body: '' });
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
    expect(errorHeaders(worded)).toEqual([
      ['x-amz-error-code', 'AccessDenied'],
      ['x-amz-error-message', 'Access Denied'],
    ]);
  });
});
