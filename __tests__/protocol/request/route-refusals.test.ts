import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { reasonsOfLack } from '../../../src/operations/lacking/rows';
import { errorDocument, textOf } from '../../support/documents';
import { refusalHead } from '../../support/heads';
import { lackingCalls } from '../../support/lacking';
import type { StatusAndText } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: {} } });

async function ask(line: string, headers: Readonly<Record<string, string | undefined>> = {}): Promise<StatusAndText> {
  const [method = '', path = ''] = line.split(' ');
  const { status, text } = await send({ method, path, headers });
  return { status, text };
}

const noBucket = errorDocument(
  'NoSuchBucket',
  'The specified bucket does not exist',
  '<BucketName>nowhere</BucketName>',
);

// All cases: brekkylab/backlot, measured 2026-09-23 to 2026-09-30.
describe('two sub-resources at once (F20)', () => {
  it.each<{ line: string; names: string }>`
    line                                            | names
    ${'GET /vault?versioning&acl'}                  | ${'acl, versioning'}
    ${'GET /nowhere?versioning&location&acl'}       | ${'acl, location, versioning'}
    ${'PUT /vault?versioning&acl'}                  | ${'acl, versioning'}
    ${'GET /vault?partNumber=1&acl'}                | ${'acl, partNumber'}
    ${'GET /vault/key?uploads&acl'}                 | ${'acl, uploads'}
    ${'GET /vault/key?partNumber=1&tagging'}        | ${'partNumber, tagging'}
    ${'GET /vault/key?versioning&tagging'}          | ${'tagging, versioning'}
    ${'GET /vault/key?annotationName=v&acl'}        | ${'acl, annotationName'}
    ${'GET /vault/key?uploadId=a&acl&partNumber=1'} | ${'acl, partNumber, uploadId'}
  `('$line is a conflict of $names for every caller', async ({ line, names }) => {
    const conflict = errorDocument(
      'InvalidArgument',
      `Conflicting query string parameters: ${names}`,
      `<ArgumentName>ResourceType</ArgumentName><ArgumentValue>${names.split(',')[0]}</ArgumentValue>`,
    );
    for (const Authorization of ['AWS KEY:SIG', 'Basic abc', undefined]) {
      expect(await ask(line, { Authorization })).toEqual({ status: 400, text: conflict });
    }
  });

  it('a HEAD gets the status alone', async () => {
    expect(await ask('HEAD /vault?versioning&acl')).toEqual({ status: 400, text: '' });
  });
});

describe('a method that the path does not support', () => {
  const notAllowed = (method: string, type: string) =>
    errorDocument(
      'MethodNotAllowed',
      'The specified method is not allowed against this resource.',
      `<Method>${method}</Method><ResourceType>${type}</ResourceType>`,
    );

  it.each<{ line: string; type: string; allow: string }>`
    line                                              | type                    | allow
    ${'PUT /'}                                        | ${'SERVICE'}            | ${'GET'}
    ${'POST /'}                                       | ${'SERVICE'}            | ${'GET'}
    ${'DELETE /?acl'}                                 | ${'SERVICE'}            | ${'GET'}
    ${'PATCH /'}                                      | ${'SERVICE'}            | ${'GET'}
    ${'PATCH /vault'}                                 | ${'BUCKET'}             | ${'HEAD, DELETE, POST, GET, PUT'}
    ${'PATCH /nowhere'}                               | ${'BUCKET'}             | ${'HEAD, DELETE, POST, GET, PUT'}
    ${'PATCH /vault/key'}                             | ${'OBJECT'}             | ${'HEAD, DELETE, GET, PUT'}
    ${'POST /vault/key'}                              | ${'OBJECT'}             | ${'HEAD, DELETE, GET, PUT'}
    ${'PATCH /vault/key?partNumber=1'}                | ${'OBJECT'}             | ${'HEAD, DELETE, GET, PUT'}
    ${'POST /vault?versioning'}                       | ${'VERSIONING'}         | ${'GET, PUT'}
    ${'PATCH /vault/key?uploadId=a&partNumber=1'}     | ${'PART'}               | ${'PUT'}
    ${'GET /vault?uploadId=a&partNumber=1'}           | ${'PART'}               | ${'PUT'}
    ${'PUT /vault?uploadId=a'}                        | ${'UPLOAD'}             | ${'DELETE, POST, GET'}
    ${'PUT /vault?restore'}                           | ${'RESTORE'}            | ${'POST'}
    ${'DELETE /vault?uploads'}                        | ${'UPLOADS'}            | ${'POST, GET'}
    ${'PUT /vault/key?annotation'}                    | ${'OBJECT_ANNOTATIONS'} | ${'GET'}
    ${'DELETE /vault/key?annotation'}                 | ${'OBJECT_ANNOTATIONS'} | ${'GET'}
    ${'PATCH /vault/key?annotation&annotationName=n'} | ${'OBJECT_ANNOTATIONS'} | ${'DELETE, GET, PUT'}
  `('$line is 405 for a $type', async ({ line, type, allow }) => {
    const [method = '', path = ''] = line.split(' ');
    const { status, head, text } = await send({ method, path });
    expect({ status, text }).toEqual({ status: 405, text: notAllowed(method, type) });
    expect(head).toEqual(refusalHead(`Allow: ${allow}`));
  });

  it.each([
    ['HEAD /'],
    ['HEAD /vault?versioning'],
    ['HEAD /nowhere?acl'],
    ['HEAD /vault?uploadId=a'],
    ['HEAD /vault?torrent'],
  ])('%s is 405 without a document', async (line) => {
    expect(await ask(line)).toEqual({ status: 405, text: '' });
  });

  it('is refused also for the anonymous, and after credentials that cannot be read', async () => {
    expect(await ask('PATCH /vault', { Authorization: undefined })).toEqual({
      status: 405,
      text: notAllowed('PATCH', 'BUCKET'),
    });
    expect(await ask('PATCH /vault', { Authorization: 'Basic abc' })).toEqual({
      status: 400,
      text: expect.stringContaining('<Message>Unsupported Authorization Type</Message>'),
    });
  });

  it('a bucket accepts only forms by POST', async () => {
    const told = errorDocument(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
      '<Condition>Bucket POST must be of the enclosure-type multipart/form-data</Condition>',
    );
    for (const line of ['POST /vault', 'POST /nowhere', 'POST /vault?versionId=x'])
      expect(await ask(line)).toEqual({ status: 412, text: told });
  });
});

describe('a sub-resource that the path does not have (F22)', () => {
  const keyName = errorDocument('InvalidRequest', 'Object must have a valid key name.');
  const keyRequired = errorDocument('InvalidRequest', 'A key must be specified');
  it.each<[line: string, status: number, document: string]>([
    ['GET /vault?partNumber=1', 400, keyName],
    ['PUT /nowhere?partNumber=', 400, keyName],
    ['GET /vault?uploadId=a', 400, keyRequired],
    ['POST /vault?uploadId=a', 400, keyRequired],
    ['DELETE /vault?uploadId=a', 400, keyRequired],
    ['GET /nowhere?uploadId=a', 404, noBucket],
    ['POST /nowhere?uploads', 404, noBucket],
    ['POST /vault?restore', 400, errorDocument('UserKeyMustBeSpecified', 'User key must be specified.')],
    ['POST /nowhere?restore', 404, noBucket],
    ['GET /nowhere?torrent', 404, noBucket],
    [
      'GET /vault/key?uploads',
      400,
      errorDocument('InvalidRequest', 'Key is not expected for the GET method ?uploads subresource'),
    ],
    ['GET /nowhere/key?uploads', 404, noBucket],
    [
      'GET /vault/key?logging',
      400,
      errorDocument('NoLoggingStatusForKey', 'There is no such thing as the ?logging sub-resource for a key'),
    ],
    ['GET /nowhere/key?logging', 404, noBucket],
    [
      'GET /vault/key?versions',
      400,
      errorDocument('InvalidRequest', 'There is no such thing as the ?versions sub-resource for a key'),
    ],
  ])('%s is %s', async (line, status, document) => {
    expect(await ask(line)).toEqual({ status, text: document });
  });

  it('GET ?torrent of a bucket is 405', async () => {
    expect((await ask('GET /vault?torrent')).status).toBe(405);
  });
});

describe('a versionId at a path without versions (F22)', () => {
  it.each([
    ['GET /vault?versionId=x'],
    ['GET /nowhere?versioning&versionId=x'],
    ['PUT /vault?versioning&versionId=x'],
    ['DELETE /vault?versionId=x'],
    ['DELETE /vault?acl&versionId=x'],
    ['POST /vault?delete&versionId=x'],
    ['GET /vault/key?versioning&versionId=x'],
    ['GET /vault/key?uploadId=a&versionId=x'],
    ['GET /nowhere/key?uploads&versionId=x'],
    ['GET /vault/key?torrent&versionId=x'],
  ])('%s is refused for every caller', async (line) => {
    const told = errorDocument(
      'InvalidArgument',
      'This operation does not accept a version-id.',
      '<ArgumentName>versionId</ArgumentName><ArgumentValue>x</ArgumentValue>',
    );
    for (const Authorization of ['AWS KEY:SIG', 'Basic abc', undefined]) {
      expect(await ask(line, { Authorization })).toEqual({ status: 400, text: told });
    }
  });

  it.each([
    ['GET /nowhere?max-keys=abc&versionId=x', 'Provided max-keys not an integer or within integer range'],
    ['GET /vault?versions&versionId=x&max-keys=abc', 'Provided max-keys not an integer or within integer range'],
    ['GET /vault?uploads&max-uploads=abc&versionId=x', 'Provided max-uploads not an integer or within integer range'],
    ['GET /vault?versionId=x&partNumber=1', 'Object must have a valid key name.'],
    ['GET /nowhere?versionId=x&start-after=a', 'startAfter only supported in REST.GET.BUCKET with list-type=2'],
    ...['delete', 'website=v', 'max-keys=-1', 'encoding-type=bogus'].map(
      (later) => [`GET /vault?versionId=x&${later}`, 'This operation does not accept a version-id.'] as const,
    ),
  ])('%s is refused with: %s', async (line, message) => {
    const { status, text } = await ask(line, { Authorization: 'Basic abc' });
    expect({ status, message: textOf('Message', { body: text }) }).toEqual({ status: 400, message });
  });

  it('an empty versionId is refused too', async () => {
    expect((await ask('GET /vault?location&versionId=')).text).toContain('<ArgumentValue></ArgumentValue>');
  });
});

describe('?website with a value', () => {
  it.each([['GET /vault?website=a'], ['PUT /nowhere?website=a'], ['GET /vault/key?website=a']])('%s', async (line) => {
    expect(await ask(line)).toEqual({
      status: 400,
      text: errorDocument(
        'InvalidArgument',
        'The website parameter must not have a value',
        '<ArgumentName>website</ArgumentName><ArgumentValue>a</ArgumentValue>',
      ),
    });
  });
});

describe('OPTIONS (F23)', () => {
  const origin = { Origin: 'https://example.com' };
  const forbidden = (message: string, method: string) => ({
    status: 403,
    text: errorDocument(
      'AccessForbidden',
      `CORSResponse: ${message}`,
      `<Method>${method}</Method><ResourceType>BUCKET</ResourceType>`,
    ),
  });
  const bad = (message: string) => ({ status: 400, text: errorDocument('BadRequest', message) });

  it.each<[line: string, headers: Record<string, string>, answer: object]>([
    ['OPTIONS /vault', {}, bad('Insufficient information. Origin request header needed.')],
    ['OPTIONS /', { Origin: '' }, bad('Insufficient information. Origin request header needed.')],
    ['OPTIONS /vault', origin, forbidden('CORS is not enabled for this bucket.', 'OPTIONS')],
    [
      'OPTIONS /vault/key',
      { ...origin, 'Access-Control-Request-Method': 'PUT' },
      forbidden('CORS is not enabled for this bucket.', 'PUT'),
    ],
    ['OPTIONS /vault?versionId=x', origin, forbidden('CORS is not enabled for this bucket.', 'OPTIONS')],
    ['OPTIONS /vault?acl', origin, forbidden('CORS is not enabled for this bucket.', 'OPTIONS')],
    ['OPTIONS /nowhere', origin, forbidden('Bucket not found', 'OPTIONS')],
    ['OPTIONS /', origin, forbidden('Bucket not found', 'OPTIONS')],
    [
      'OPTIONS /vault',
      { ...origin, 'Access-Control-Request-Method': 'put' },
      bad('Invalid Access-Control-Request-Method: put'),
    ],
  ])('%s with %p', async (line, headers, answer) => {
    expect(await ask(line, headers)).toEqual(answer);
  });
});

describe.each(lackingCalls)('$name, which the mock does not implement,', ({ name, ...call }) => {
  const document = '{"Version":"1"}';
  const reason = reasonsOfLack.get(name);
  const answer = `s3.on('${name}').reply({ status: 200, body: '...' })`;

  it('is an error of the mock that no SDK retries, and is recorded under its name (F231)', async () => {
    const { status, text } = await send(call);
    expect({ status, text }).toEqual({
      status: 400,
      text: errorDocument(
        'S3MockNotImplemented',
        `s3-versioning-mock does not implement ${name}. To answer it in a test, write ${answer}.`,
      ),
    });
    expect(s3.requests.last()).toMatchObject({
      operation: name,
      why: `the mock does not implement ${name}${reason === undefined ? '' : `: ${reason}`}; ${answer} answers it`,
    });
  });

  it('is recorded with the document that came (F231)', async () => {
    // Node sends no length with the document of a GET or DELETE unless it is told to.
    await send({ ...call, body: document, headers: { 'Content-Length': `${document.length}` } });
    expect(s3).toHaveReceived(name, { Bucket: 'vault', Body: document });
    await send(call);
    expect(s3.requests.last()?.input).not.toHaveProperty('Body');
  });

  it('comes after the checks of the bucket and the caller', async () => {
    expect((await send({ ...call, path: call.path.replace('/vault', '/nowhere') })).status).toBe(404);
    expect((await send({ ...call, headers: { Authorization: undefined } })).status).toBe(403);
  });
});

describe('an annotationName at a key without annotation (F22)', () => {
  const told = errorDocument(
    'InvalidArgument',
    'Unexpected query string parameter',
    '<ArgumentName>ResourceType</ArgumentName><ArgumentValue>annotationName</ArgumentValue>',
  );

  it.each(['GET /vault/key', 'GET /nowhere/key', 'PUT /vault/key', 'DELETE /vault/key'])(
    '%s is refused for every caller',
    async (line) => {
      for (const Authorization of ['AWS KEY:SIG', 'Basic abc', undefined])
        expect(await ask(`${line}?annotationName=v`, { Authorization })).toEqual({ status: 400, text: told });
    },
  );

  it('is ignored at a bucket, and on IBM COS', async () => {
    expect((await ask('GET /vault?annotationName=v')).status).toBe(200);
    const cos = 's3.us-south.cloud-object-storage.appdomain.cloud';
    expect((await ask('GET /vault/key?annotationName=v', { host: cos })).text).not.toContain('Unexpected');
  });
});
