import { describe, expect, it } from '@jest/globals';
import { findOperation } from '../../../src/operations/table';
import { createRouter, parsePattern, type RowLimits } from '../../../src/protocol/request/route';
import { wordRefusal } from '../../../src/refusals/index';
import type { S3Error } from '../../../src/refusals/s3-error';
import type { DialectName, Endpoint } from '../../../src/wire';

function route(
  line: string,
  {
    headers = {},
    dialect = 'aws',
    service = 's3',
  }: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly dialect?: DialectName;
    readonly service?: Endpoint['service'];
  } = {},
): string {
  const [method = '', url = ''] = line.split(' ');
  const [path = '', query = ''] = url.split('?');
  const [, bucket, key] = /^\/([^/]*)\/?(.*)$/.exec(path) ?? [];
  const parameters =
    query === ''
      ? []
      : query.split('&').map((part): [string, string] => {
          const [name = '', value = ''] = part.split('=');
          return [name, value];
        });
  const found = findOperation({
    method,
    path,
    service,
    dialect: { name: dialect },
    bucket: (service === 's3' && bucket) || undefined,
    key: (service === 's3' && key) || undefined,
    query: new Map(parameters),
    headers: new Map(Object.entries(headers)),
  });
  if ('preflight' in found) return 'a preflight';
  if (found.row) return found.refusal ? `${found.row.name}: ${told(found.refusal)}` : found.row.name;
  return `${told(found.refusal)}${found.stage === 'address' ? '' : ` (${found.stage})`}`;
}

function told(refusal: S3Error): string {
  const { status, code, message, fields, headers } = wordRefusal(refusal, 'aws');
  const allow = headers.find(([name]) => name === 'Allow')?.[1] ?? '';
  return code === 'MethodNotAllowed' ? `${status} ${fields['ResourceType']} Allow: ${allow}` : `${status} ${message}`;
}

function expectMethods(path: string, type: string, methods: string): void {
  for (const method of ['HEAD', 'DELETE', 'POST', 'GET', 'PUT', 'PATCH']) {
    const routed = route(`${method} ${path}`);
    if (methods.split(', ').includes(method)) expect(routed).toMatch(/^[A-Z][A-Za-z]+$/);
    else expect(`${method}: ${routed}`).toBe(`${method}: 405 ${type} Allow: ${methods} (method)`);
  }
}

// brekkylab/backlot backlot/routers/s3.py: each selector on each method, measured 2026-09-23 and 2026-09-29. F20, F21
describe('the sub-resources of a bucket', () => {
  it.each<{ name: string; type: string; methods: string; atKey: 'for the bucket' | 'ignored' | '–' }>`
    name                         | type                                                | methods                | atKey
    ${'abac'}                    | ${'BUCKET_ABAC'}                                    | ${'GET, PUT'}          | ${'ignored'}
    ${'accelerate'}              | ${'ACCELERATE'}                                     | ${'GET, PUT'}          | ${'for the bucket'}
    ${'acl'}                     | ${'ACL'}                                            | ${'GET, PUT'}          | ${'–'}
    ${'analytics'}               | ${'ANALYTICS'}                                      | ${'DELETE, GET, PUT'}  | ${'ignored'}
    ${'cors'}                    | ${'CORS'}                                           | ${'DELETE, GET, PUT'}  | ${'for the bucket'}
    ${'delete'}                  | ${'MULTI_OBJECT_DELETE'}                            | ${'POST'}              | ${'–'}
    ${'encryption'}              | ${'ENCRYPTION'}                                     | ${'DELETE, GET, PUT'}  | ${'–'}
    ${'intelligent-tiering'}     | ${'INTELLIGENT_TIERING'}                            | ${'DELETE, GET, PUT'}  | ${'–'}
    ${'inventory'}               | ${'INVENTORY'}                                      | ${'DELETE, GET, PUT'}  | ${'for the bucket'}
    ${'lifecycle'}               | ${'LIFECYCLE'}                                      | ${'DELETE, GET, PUT'}  | ${'for the bucket'}
    ${'location'}                | ${'LOCATION'}                                       | ${'GET'}               | ${'for the bucket'}
    ${'logging'}                 | ${'LOGGING_STATUS'}                                 | ${'GET, PUT'}          | ${'–'}
    ${'metadataAnnotationTable'} | ${'BUCKET_METADATA_ANNOTATION_TABLE_CONFIGURATION'} | ${'PUT'}               | ${'–'}
    ${'metadataConfiguration'}   | ${'BUCKET_METADATA_CONFIGURATION'}                  | ${'DELETE, POST, GET'} | ${'–'}
    ${'metadataInventoryTable'}  | ${'BUCKET_METADATA_INVENTORY_TABLE_CONFIGURATION'}  | ${'PUT'}               | ${'–'}
    ${'metadataJournalTable'}    | ${'BUCKET_METADATA_JOURNAL_TABLE_CONFIGURATION'}    | ${'PUT'}               | ${'–'}
    ${'metadataTable'}           | ${'BUCKET_METADATA_TABLE_CONFIGURATION'}            | ${'DELETE, POST, GET'} | ${'–'}
    ${'metrics'}                 | ${'METRICS'}                                        | ${'DELETE, GET, PUT'}  | ${'ignored'}
    ${'notification'}            | ${'NOTIFICATION'}                                   | ${'GET, PUT'}          | ${'for the bucket'}
    ${'object-lock'}             | ${'OBJECT_LOCK_CONFIGURATION'}                      | ${'GET, PUT'}          | ${'ignored'}
    ${'ownershipControls'}       | ${'OWNERSHIP_CONTROLS'}                             | ${'DELETE, GET, PUT'}  | ${'ignored'}
    ${'policy'}                  | ${'BUCKETPOLICY'}                                   | ${'DELETE, GET, PUT'}  | ${'for the bucket'}
    ${'policyStatus'}            | ${'POLICY_STATUS'}                                  | ${'GET'}               | ${'ignored'}
    ${'publicAccessBlock'}       | ${'PUBLIC_ACCESS_BLOCK'}                            | ${'DELETE, GET, PUT'}  | ${'ignored'}
    ${'replication'}             | ${'REPLICATION'}                                    | ${'DELETE, GET, PUT'}  | ${'for the bucket'}
    ${'requestPayment'}          | ${'REQUEST_PAYMENT'}                                | ${'GET, PUT'}          | ${'for the bucket'}
    ${'tagging'}                 | ${'TAGGING'}                                        | ${'DELETE, GET, PUT'}  | ${'–'}
    ${'versioning'}              | ${'VERSIONING'}                                     | ${'GET, PUT'}          | ${'for the bucket'}
    ${'versions'}                | ${'BUCKETVERSIONS'}                                 | ${'GET'}               | ${'–'}
    ${'website'}                 | ${'WEBSITE'}                                        | ${'DELETE, GET, PUT'}  | ${'for the bucket'}
  `('?$name takes $methods; at a key: $atKey', ({ name, type, methods, atKey }) => {
    expectMethods(`/vault?${name}`, type, methods);
    if (atKey === 'ignored') expect(route(`GET /vault/key?${name}`)).toBe('GetObject');
    if (atKey !== 'for the bucket') return;
    for (const method of ['GET', 'PATCH'])
      expect(route(`${method} /vault/any/key?${name}`)).toBe(route(`${method} /vault?${name}`));
  });
});

describe('the sub-resources of a key', () => {
  it.each<{ name: string; type: string; methods: string }>`
    name            | type                       | methods
    ${'acl'}        | ${'ACL'}                   | ${'GET, PUT'}
    ${'attributes'} | ${'OBJECT_ATTRIBUTES'}     | ${'GET'}
    ${'encryption'} | ${'OBJECT_ENCRYPTION'}     | ${'PUT'}
    ${'legal-hold'} | ${'OBJECT_LOCK_LEGALHOLD'} | ${'GET, PUT'}
    ${'restore'}    | ${'RESTORE'}               | ${'POST'}
    ${'retention'}  | ${'OBJECT_LOCK_RETENTION'} | ${'GET, PUT'}
    ${'select'}     | ${'SELECT'}                | ${'POST'}
    ${'tagging'}    | ${'OBJECT_TAGGING'}        | ${'DELETE, GET, PUT'}
    ${'uploadId'}   | ${'UPLOAD'}                | ${'DELETE, POST, GET'}
  `('?$name takes $methods', ({ name, type, methods }) => {
    expectMethods(`/vault/key?${name}`, type, methods);
  });
});

describe('the choice of an operation', () => {
  it.each<{ line: string; operation: string }>`
    line                                          | operation
    ${'GET /'}                                    | ${'ListBuckets'}
    ${'GET /?acl'}                                | ${'ListBuckets'}
    ${'GET /vault'}                               | ${'ListObjects'}
    ${'GET /vault/'}                              | ${'ListObjects'}
    ${'GET /vault?list-type=2'}                   | ${'ListObjectsV2'}
    ${'GET /vault?list-type=1'}                   | ${'ListObjects'}
    ${'GET /vault?foo=bar'}                       | ${'ListObjects'}
    ${'GET /vault?Versioning'}                    | ${'ListObjects'}
    ${'GET /vault?session'}                       | ${'ListObjects'}
    ${'GET /vault?x-id=GetBucketVersioning'}      | ${'ListObjects'}
    ${'GET /vault?versioning=1'}                  | ${'GetBucketVersioning'}
    ${'GET /vault?versioning&versioning'}         | ${'GetBucketVersioning'}
    ${'GET /vault?analytics&id=a'}                | ${'GetBucketAnalyticsConfiguration'}
    ${'GET /vault?analytics'}                     | ${'ListBucketAnalyticsConfigurations'}
    ${'PUT /vault/key'}                           | ${'PutObject'}
    ${'PUT /vault/key?x-id=PutObject'}            | ${'PutObject'}
    ${'PUT /vault/key?uploadId=a&partNumber=1'}   | ${'UploadPart'}
    ${'GET /vault/key?partNumber=1'}              | ${'GetObject'}
    ${'POST /vault/any/key?delete'}               | ${'DeleteObjects'}
    ${'GET /vault?constructor'}                   | ${'ListObjects'}
    ${'GET /vault?__proto__'}                     | ${'ListObjects'}
    ${'GET /?versionId=v'}                        | ${'ListBuckets'}
    ${'GET /vault?acl&versionId=v'}               | ${'GetBucketAcl'}
    ${'POST /vault/key?uploads&versionId=v'}      | ${'CreateMultipartUpload'}
    ${'DELETE /vault/key?uploadId=a&versionId=v'} | ${'AbortMultipartUpload'}
  `('$line is $operation', ({ line, operation }) => {
    expect(route(line)).toBe(operation);
  });

  it.each<{ line: string; header: string; operation: string }>`
    line                                        | header                   | operation
    ${'PUT /vault/key'}                         | ${'x-amz-copy-source'}   | ${'CopyObject'}
    ${'PUT /vault/key?uploadId=a&partNumber=1'} | ${'x-amz-copy-source'}   | ${'UploadPartCopy'}
    ${'PUT /vault/key'}                         | ${'x-amz-rename-source'} | ${'RenameObject'}
  `('$line with $header is $operation', ({ line, header, operation }) => {
    expect(route(line, { headers: { [header]: '/a/b' } })).toBe(operation);
  });

  it('with a source of a copy and one of a rename is RenameObject, which only AWS has: an unverified guess', () => {
    const headers = { 'x-amz-copy-source': '/a/b', 'x-amz-rename-source': '/a/b' };
    expect({
      aws: route('PUT /vault/key', { headers }),
      ibmCos: route('PUT /vault/key', { headers, dialect: 'ibm-cos' }),
    }).toEqual({ aws: 'RenameObject', ibmCos: 'CopyObject' });
  });

  it.each<{ line: string; aws: string; cos: string }>`
    line                        | aws              | cos
    ${'GET /vault?protection'}  | ${'ListObjects'} | ${'GetBucketProtectionConfiguration'}
    ${'GET /vault/a?legalHold'} | ${'GetObject'}   | ${'ListLegalHolds'}
    ${'GET /?extended'}         | ${'ListBuckets'} | ${'ListBucketsExtended'}
  `('$line is $aws on AWS and $cos on COS', ({ line, aws, cos }) => {
    expect({ aws: route(line), ibmCos: route(line, { dialect: 'ibm-cos' }) }).toEqual({ aws, ibmCos: cos });
  });

  it("IBM Cloud's token service has one operation, at its paths (F251)", () => {
    for (const path of ['/identity/token', '/oidc/token'])
      expect(route(`POST ${path}`, { service: 'iam', dialect: 'ibm-cos' })).toBe('CreateIamToken');
    expect(route('POST /identity', { service: 'iam', dialect: 'ibm-cos' })).toMatch(/^405/);
  });
});

describe('a declaration', () => {
  const plain = { service: 's3', parameters: [], takesForm: false };

  it.each<[pattern: string, limits: RowLimits, row: object]>([
    ['GET /', {}, { ...plain, method: 'GET', level: 'SERVICE' }],
    ['POST /{Bucket}', { takesForm: true }, { ...plain, method: 'POST', level: 'BUCKET', takesForm: true }],
    [
      'PUT /{Bucket}/{Key+}?partNumber={}&uploadId',
      { requires: 'x-amz-copy-source' },
      {
        ...plain,
        method: 'PUT',
        level: 'OBJECT',
        subResource: 'uploadId',
        parameters: [['partNumber', undefined]],
        requires: 'x-amz-copy-source',
      },
    ],
    [
      'GET /{Bucket}?list-type=2',
      { dialect: 'aws' },
      { ...plain, method: 'GET', level: 'BUCKET', parameters: [['list-type', '2']], dialect: 'aws' },
    ],
    [
      'POST /identity/token',
      { service: 'iam', alsoAt: ['/oidc/token'] },
      { ...plain, method: 'POST', level: 'SERVICE', service: 'iam', paths: ['/identity/token', '/oidc/token'] },
    ],
  ])('%s with %j is read', (pattern, limits, row) => {
    expect(parsePattern(pattern, limits)).toEqual(row);
  });
});

describe('of two operations that a request satisfies', () => {
  const named = (name: string, pattern: string, limits: RowLimits = {}) => ({ name, ...parsePattern(pattern, limits) });
  const key = 'PUT /{Bucket}/{Key+}';
  const request = {
    method: 'PUT',
    path: '/vault/key',
    service: 's3',
    dialect: { name: 'aws' },
    bucket: 'vault',
    key: 'key',
    query: new Map([['part', '1']]),
    headers: new Map([['x-source', '/a/b']]),
  } as const;

  it.each([
    ['with a parameter', named('more', `${key}?part={}`), named('less', key)],
    ['with two parameters', named('more', `${key}?part={}&part=1`), named('less', `${key}?part={}`)],
    ['with a header', named('more', key, { requires: 'x-source' }), named('less', key)],
    ['of one dialect', named('more', key, { dialect: 'aws' }), named('less', key)],
    [
      'of one dialect, with a header',
      named('more', key, { requires: 'x-source', dialect: 'aws' }),
      named('less', key, { requires: 'x-source' }),
    ],
  ])('the one %s wins, in any order', (_what, more, less) => {
    for (const rows of [
      [more, less],
      [less, more],
    ]) {
      const found = createRouter(rows)(request);
      expect('row' in found && found.row?.name).toBe('more');
    }
  });
});
