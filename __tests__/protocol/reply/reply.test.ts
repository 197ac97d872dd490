import { describe, expect, it } from '@jest/globals';
import { aws, ibmCos } from '../../../src/dialects';
import { writeRefusal } from '../../../src/protocol/reply/refusal';
import { type ReplyShape, writeReply } from '../../../src/protocol/reply/reply';
import { S3Error } from '../../../src/refusals/s3-error';
import { element, list } from '../../../src/shapes/elements';
import { blob, header, status } from '../../../src/shapes/places';
import { text } from '../../../src/shapes/values';

const stamp = { requestId: 'REQUEST', hostId: 'HOST', now: Date.parse('2026-01-31T10:00:00Z') };
const request = { method: 'GET', dialect: aws, service: 's3', path: '/vault' } as const;
const cos = { ...request, dialect: ibmCos };

const shape = (part: Partial<ReplyShape> = {}): ReplyShape => ({
  output: {},
  root: undefined,
  contentType: undefined,
  status: 200,
  ...part,
});
const lines = ({ headers }: { readonly headers: readonly (readonly [string, string])[] }) =>
  headers.map((pair) => pair.join(': '));

const before = ['x-amz-id-2: HOST', 'x-amz-request-id: REQUEST', 'Date: Sat, 31 Jan 2026 10:00:00 GMT'];
const cosBefore = [
  'Date: Sat, 31 Jan 2026 10:00:00 GMT',
  'X-Clv-Request-Id: REQUEST',
  'Server: Cleversafe',
  'X-Clv-S3-Version: 2.5',
  'Accept-Ranges: bytes',
  'x-amz-request-id: REQUEST',
];

// The order of headers: versity/versitygw#1693, and dyus/meeseeks-s3. F7
describe('the answer to a request that was carried out', () => {
  const document = shape({
    root: 'Result',
    contentType: 'application/xml',
    output: { Name: element(text), VersionId: header('x-amz-version-id'), Keys: list(text, 'Key') },
  });

  it('is a document in chunks, with each member at its declared place', () => {
    const reply = writeReply(document, { Keys: ['a&b', ''], VersionId: 'v', Name: 'vault' }, request, stamp);
    expect(reply.body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Result xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>vault</Name><Key>a&amp;b</Key><Key></Key></Result>',
    );
    expect(lines(reply)).toEqual([
      ...before,
      'x-amz-version-id: v',
      'Content-Type: application/xml',
      'Transfer-Encoding: chunked',
      'Server: AmazonS3',
    ]);
  });

  it('writes an empty root as one tag', () => {
    expect(writeReply(document, { Keys: [] }, request, stamp).body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Result xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>',
    );
  });

  // F7, F89, F1687
  it.each<{ what: string; part: Partial<ReplyShape>; to: typeof request | typeof cos; framing: string }>`
    what                                  | part                     | to         | framing
    ${'a document'}                       | ${{}}                    | ${request} | ${'Transfer-Encoding: chunked'}
    ${'a document that S3 streams'}       | ${{ slow: 'streamed' }}  | ${request} | ${'Transfer-Encoding: chunked'}
    ${'a document that S3 sends at once'} | ${{ slow: 'whole' }}     | ${request} | ${'Content-Length: its length'}
    ${'a document of a known length'}     | ${{ knowsLength: true }} | ${request} | ${'Content-Length: its length'}
    ${'a document of IBM COS'}            | ${{}}                    | ${cos}     | ${'Content-Length: its length'}
  `('frames $what by $framing', ({ part, to, framing }) => {
    const reply = writeReply({ ...document, ...part }, { Name: 'v' }, to, stamp);
    const length = String(Buffer.byteLength(String(reply.body)));
    expect(lines(reply).filter((line) => /^(?:Content-Length|Transfer-Encoding)/.test(line))).toEqual([
      framing.replace('its length', length),
    ]);
  });

  it.each<{ what: string; part: Partial<ReplyShape>; to: typeof request | typeof cos; written: string }>`
    what                                  | part                               | to         | written
    ${'an empty root'}                    | ${{}}                              | ${request} | ${'?>\n<Result xmlns=""/>'}
    ${'an empty root that stays open'}    | ${{ rootStaysOpen: true }}         | ${request} | ${'?>\n<Result xmlns=""></Result>'}
    ${'an empty root of IBM COS'}         | ${{}}                              | ${cos}     | ${'?>\n<Result xmlns=""/>'}
    ${'one that stays open on AWS alone'} | ${{ rootStaysOpen: true }}         | ${cos}     | ${'?>\n<Result xmlns=""/>'}
    ${'a line before the root'}           | ${{ lineBeforeRoot: true }}        | ${request} | ${'?>\n\n<Result xmlns=""/>'}
    ${'a line that was streamed'}         | ${{ slow: 'streamed' }}            | ${request} | ${'?>\n\n<Result xmlns=""/>'}
    ${'no declaration'}                   | ${{ prolog: 'none' }}              | ${request} | ${'<Result xmlns=""/>'}
    ${'a text in place of an empty root'} | ${{ emptyDocument: '<Nothing/>' }} | ${request} | ${'?>\n<Nothing/>'}
  `('writes $what', ({ part, to, written }) => {
    const body = String(writeReply({ ...document, ...part }, { Keys: [] }, to, stamp).body);
    expect(body.replace(/^.*(?=\?>)/, '').replace(/xmlns="[^"]*"/, 'xmlns=""')).toBe(written);
  });

  it('has Content-Length 0 without a body', () => {
    expect(lines(writeReply(shape(), {}, request, stamp))).toEqual([
      ...before,
      'Content-Length: 0',
      'Server: AmazonS3',
    ]);
  });

  it.each([[204], [304]])('has no Content-Length with %i', (code) => {
    expect(lines(writeReply(shape({ status: code }), {}, request, stamp))).toEqual([...before, 'Server: AmazonS3']);
  });

  it('has the headers of a document, without the document, for a HEAD', () => {
    const reply = writeReply(shape({ contentType: 'application/xml' }), {}, { ...request, method: 'HEAD' }, stamp);
    expect(reply.body).toBe('');
    expect(lines(reply).slice(3)).toEqual([
      'Content-Type: application/xml',
      'Transfer-Encoding: chunked',
      'Server: AmazonS3',
    ]);
  });

  it('has the length of bytes, and the status that the handler chose', () => {
    const bytes = shape({ output: { Body: blob(), Status: status<206>() } });
    const values = { Body: Buffer.from('abc'), Status: 206 };
    const reply = writeReply(bytes, values, request, stamp);
    expect({ status: reply.status, body: reply.body.toString() }).toEqual({ status: 206, body: 'abc' });
    expect(lines(reply).slice(3)).toEqual(['Content-Length: 3', 'Server: AmazonS3']);
    const head = writeReply(bytes, values, { ...request, method: 'HEAD' }, stamp);
    expect({ body: head.body, line: lines(head)[3] }).toEqual({ body: '', line: 'Content-Length: 3' });
  });

  it('omits the members of the other dialect', () => {
    const arn = shape({ output: { Arn: header('x-amz-bucket-arn', text, { dialect: 'aws' }) } });
    expect(lines(writeReply(arn, { Arn: 'arn' }, cos, stamp))).toEqual([...cosBefore, 'Content-Length: 0']);
  });

  it("is JSON from IBM Cloud's token service", () => {
    const reply = writeReply(shape(), { access_token: 'a' }, { ...cos, service: 'iam' }, stamp);
    expect({ body: reply.body, contentType: lines(reply)[0] }).toEqual({
      body: '{"access_token":"a"}',
      contentType: 'Content-Type: application/json',
    });
  });
});

// dyus/meeseeks-s3, versity/versitygw#1698 and #1810. F5, F6, F7
describe('the answer to a request that was refused', () => {
  it('is an error document with code, message, details and ids', () => {
    const error = new S3Error('ArgumentNotAnInteger', { ArgumentName: 'a "b" <c>', ArgumentValue: '' });
    const reply = writeRefusal(error, request, stamp);
    expect({ status: reply.status, body: reply.body }).toEqual({
      status: 400,
      body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InvalidArgument</Code><Message>Provided a "b" &lt;c&gt; not an integer or within integer range</Message><ArgumentName>a &quot;b&quot; &lt;c&gt;</ArgumentName><ArgumentValue></ArgumentValue><RequestId>REQUEST</RequestId><HostId>HOST</HostId></Error>',
    });
  });

  // F1686
  it('has quotes as they are in its message, and as references in its details', () => {
    const error = new S3Error('ArgumentNotAnInteger', { ArgumentName: "it's", ArgumentValue: '"' });
    const { body } = writeRefusal(error, request, stamp);
    expect(String(body)).toContain(
      `<Message>Provided it's not an integer or within integer range</Message><ArgumentName>it's</ArgumentName><ArgumentValue>&quot;</ArgumentValue>`,
    );
  });

  it.each<{ refusal: S3Error; store: string[]; close: string[] }>`
    refusal                                                             | store                          | close
    ${new S3Error('MalformedXML')}                                      | ${[]}                          | ${['Connection: close']}
    ${new S3Error('DuplicateBucketTags')}                               | ${[]}                          | ${['Connection: close']}
    ${new S3Error('HeaderNotImplemented', { Header: 'If-None-Match' })} | ${['Cache-Control: no-store']} | ${['Connection: close']}
    ${new S3Error('AccessDenied')}                                      | ${[]}                          | ${[]}
    ${new S3Error('NoSuchBucket', { BucketName: 'vault' })}             | ${[]}                          | ${[]}
    ${new S3Error('VersioningFixedByObjectLock')}                       | ${[]}                          | ${[]}
  `('closes the connection with 400, 500 and 501: $refusal.message', ({ refusal, store, close }) => {
    expect(lines(writeRefusal(refusal, request, stamp))).toEqual([
      'x-amz-request-id: REQUEST',
      'x-amz-id-2: HOST',
      ...store,
      'Content-Type: application/xml',
      'Transfer-Encoding: chunked',
      'Date: Sat, 31 Jan 2026 10:00:00 GMT',
      ...close,
      'Server: AmazonS3',
    ]);
  });

  // F89, F383, F627
  it.each<{ refusal: S3Error; to: typeof request | typeof cos; shapeOf: object; declared: boolean }>`
    refusal                            | to         | shapeOf                                         | declared
    ${new S3Error('MalformedXML')}     | ${request} | ${{}}                                           | ${true}
    ${new S3Error('MalformedXML')}     | ${request} | ${{ undeclaredRefusals: ['MalformedXML'] }}     | ${false}
    ${new S3Error('KmsKeyWithoutKms')} | ${request} | ${{ undeclaredRefusals: ['KmsKeyWithoutKms'] }} | ${false}
    ${new S3Error('KmsKeyWithoutKms')} | ${request} | ${{ undeclaredRefusals: ['MalformedXML'] }}     | ${true}
    ${new S3Error('AccessDenied')}     | ${request} | ${{ slow: 'streamed' }}                         | ${false}
    ${new S3Error('AccessDenied')}     | ${cos}     | ${{ slow: 'streamed' }}                         | ${true}
  `('$refusal.message with $shapeOf has an XML declaration: $declared', ({ refusal, to, shapeOf, declared }) => {
    const { body } = writeRefusal(refusal, to, stamp, [], shapeOf);
    expect({ declared: String(body).startsWith('<?xml'), error: String(body).includes('<Error>') }).toEqual({
      declared,
      error: true,
    });
  });

  it('has the headers of the refusal before the type', () => {
    const error = new S3Error('MethodNotAllowed', { Method: 'PUT', ResourceType: 'SERVICE', allow: ['GET'] });
    const reply = writeRefusal(error, request, stamp, [['x-amz-bucket-region', 'us-east-1']]);
    expect(lines(reply).slice(2, 5)).toEqual([
      'x-amz-bucket-region: us-east-1',
      'Allow: GET',
      'Content-Type: application/xml',
    ]);
  });

  it('has no document for a HEAD', () => {
    const reply = writeRefusal(new S3Error('AccessDenied'), { ...request, method: 'HEAD' }, stamp);
    expect({ body: reply.body, line: lines(reply)[3] }).toEqual({ body: '', line: 'Transfer-Encoding: chunked' });
  });

  it("has COS's form on COS: the requested path, the status, no details", () => {
    const error = new S3Error('NoSuchBucket', { BucketName: 'vault' });
    const { body, headers } = writeRefusal(error, { ...cos, path: '/vault/a&b' }, stamp);
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist.</Message><Resource>/vault/a&amp;b</Resource><RequestId>REQUEST</RequestId><httpStatusCode>404</httpStatusCode></Error>',
    );
    expect(lines({ headers })).toEqual([
      ...cosBefore,
      'Content-Type: application/xml',
      `Content-Length: ${body.length}`,
    ]);
  });

  it("is the page of S3's HTTP server if that refuses before S3 (F24)", () => {
    const reply = writeRefusal(new S3Error('TransferEncodingUnsupported'), request, stamp);
    expect({ status: reply.status, body: reply.body }).toEqual({ status: 501, body: '' });
    expect(lines(reply).slice(0, 3)).toEqual([
      'Transfer-Encoding: chunked',
      'Cache-Control: no-store',
      'Connection: close',
    ]);
    expect(writeRefusal(new S3Error('TransferEncodingUnsupported'), cos, stamp).body).toContain(
      '<Code>NotImplemented</Code>',
    );
  });

  it("is JSON from IBM Cloud's token service", () => {
    const reply = writeRefusal(
      new S3Error('IamPropertyMissing', { property: 'apikey' }),
      { ...cos, service: 'iam' },
      stamp,
    );
    expect({ status: reply.status, body: JSON.parse(String(reply.body)) }).toEqual({
      status: 400,
      body: { context: expect.anything(), errorCode: 'BXNIM0109E', errorMessage: 'Property missing or empty: apikey' },
    });
  });
});
