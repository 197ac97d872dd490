import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { md5Of } from '../../support/objects';
import { send, type WireAnswer } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': 'data' } } } });

function ask(line: string, headers: Readonly<Record<string, string>> = {}): Promise<WireAnswer> {
  const [method = '', path = ''] = line.split(' ');
  const body = method === 'PUT' || method === 'POST' ? '<Document/>' : undefined;
  const digest = body === undefined ? {} : { 'Content-MD5': md5Of(body) };
  return send({ method, path, host: cosHost, body, headers: { ...digest, ...headers } });
}

const atBucket = (methods: string, ...names: readonly string[]) =>
  names.flatMap((name) => methods.split(' ').map((method) => `${method} /vault?${name}`));
const atKey = (...lines: readonly string[]) => lines.map((line) => line.replace(' ?', ' /vault/report.pdf?'));

// F404
describe('an operation that IBM COS lacks', () => {
  it.each([
    ...atBucket('GET PUT DELETE', 'policy', 'encryption', 'ownershipControls'),
    ...atBucket('GET', 'policyStatus'),
    ...atBucket('GET PUT', 'abac', 'accelerate', 'logging', 'notification', 'requestPayment'),
    ...['analytics', 'intelligent-tiering', 'inventory', 'metrics'].flatMap((name) => [
      ...atBucket('GET', name),
      ...atBucket('GET PUT DELETE', `${name}&id=a`),
    ]),
    ...atBucket('GET POST DELETE', 'metadataConfiguration', 'metadataTable'),
    ...atBucket('PUT', 'metadataAnnotationTable', 'metadataInventoryTable', 'metadataJournalTable'),
    ...atKey('GET ?attributes', 'GET ?torrent', 'POST ?select&select-type=2', 'PUT ?encryption'),
    ...atKey('GET ?annotation', 'PUT ?annotation', 'DELETE ?annotation'),
    ...atKey(...['GET', 'PUT', 'DELETE'].map((method) => `${method} ?annotation&annotationName=a`)),
  ])('answers 501: %s', async (line) => {
    const { status, body } = await ask(line, { 'x-amz-object-attributes': 'ETag' });
    expect({ status, body }).toEqual({
      status: 501,
      body: expect.stringContaining(
        '<Code>NotImplemented</Code><Message>A header you provided implies functionality that is not implemented.</Message>',
      ),
    });
    expect(s3.requests.at(-1)?.why).toMatch(/^the service has no (GET|PUT|POST|DELETE) \?/);
  });

  it('is not meant by the header of RenameObject, which COS ignores as each that it does not know', async () => {
    expect((await ask('PUT /vault/new.pdf', { 'x-amz-rename-source': '/vault/report.pdf' })).status).toBe(200);
    expect(s3.requests.at(-1)?.operation).toBe('PutObject');
  });
});

// F231
describe('an operation that IBM COS has', () => {
  it.each([
    [
      'GET',
      404,
      atBucket('GET', 'cors', 'lifecycle', 'object-lock', 'publicAccessBlock', 'replication', 'tagging', 'website'),
    ],
    [
      'GET',
      200,
      atBucket(
        'GET',
        'acl',
        'ibm-replication-failures',
        'location',
        'protection',
        'uploads',
        'versioning',
        'versions',
        'list-type=2',
      ),
    ],
    ['GET', 200, atKey('GET ?acl', 'GET ?tagging', 'GET ?')],
    ['DELETE', 204, atBucket('DELETE', 'cors', 'lifecycle', 'publicAccessBlock', 'replication', 'tagging', 'website')],
    ['GET', 200, ['GET /?extended', 'GET /', 'HEAD /vault', 'HEAD /vault/report.pdf']],
  ])('is answered: %s with %i', async (_method, status, lines) => {
    for (const line of lines) expect({ line, status: (await ask(line)).status }).toEqual({ line, status });
  });
});
