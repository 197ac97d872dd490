import { createHash } from 'node:crypto';
import type { RecordedCall, RecordedCases, RecordedDetails } from '../../../src/facts/case';

const host = 'vault.s3.amazonaws.com';
const xml = (root: string, content: string) =>
  `<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`;
const digestOf = (body: string) => ({ 'Content-MD5': createHash('md5').update(body).digest('base64') });
const ask = (
  label: string,
  line: string,
  answer: string,
  body?: string,
  headers: Readonly<Record<string, string>> = {},
  more: RecordedDetails = {},
): RecordedCall => [
  `after-positive ${label}`,
  line,
  { host, ...(body === undefined ? { headers } : { body, headers: { ...digestOf(body), ...headers } }) },
  answer,
  {},
  more,
];
const switches = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
const owned = (word: string) => xml('OwnershipControls', `<Rule><ObjectOwnership>${word}</ObjectOwnership></Rule>`);
const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::$(account):root' },
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::vault',
    },
  ],
};
const rule =
  '<AllowedOrigin>https://example.invalid</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedHeader>x-test</AllowedHeader><MaxAgeSeconds>10</MaxAgeSeconds>';

const key = '/after-positive/space%20quote%22%20backslash%5C%20plus%2B%20percent%25%20snowman-%E2%98%83.txt';
const ofVersion: RecordedDetails = { headers: { 'x-amz-version-id': '$(version)' } };
const attributes = { 'x-amz-object-attributes': 'ETag,ObjectSize,StorageClass,Checksum,ObjectParts' };
const tagged = xml('Tagging', '<TagSet><Tag><Key>phase</Key><Value>after-positive</Value></Tag></TagSet>');
const isPrivate = { 'x-amz-acl': 'private', ...digestOf('') };
const ofObject = (kind: string, by: string): readonly RecordedCall[] => {
  const first = by === '' ? '' : `?${by}`;
  const further = by === '' ? '' : `&${by}`;
  return [
    ask(`object get ${kind}`, `GET ${key}${first}`, '200', undefined, digestOf(''), ofVersion),
    ask(`object head ${kind}`, `HEAD ${key}${first}`, '200', undefined, {}, ofVersion),
    ask(`object attributes ${kind}`, `GET ${key}?attributes${further}`, '200', undefined, attributes, ofVersion),
    ask(`object tags put ${kind}`, `PUT ${key}?tagging${further}`, '200', tagged, {}, ofVersion),
    ask(`object tags get ${kind}`, `GET ${key}?tagging${further}`, '200', undefined, {}, ofVersion),
    ask(`object tags delete ${kind}`, `DELETE ${key}?tagging${further}`, '204', undefined, {}, ofVersion),
    ask(`object acl get ${kind}`, `GET ${key}?acl${further}`, '200'),
    ask(`object acl put private ${kind}`, `PUT ${key}?acl${further}`, '200', undefined, isPrivate),
  ];
};

/** What the logs say is not compared, since the mock delivers none. */
export const loggingOperations: RecordedCases = {
  file: 'logging_delivery_replay.json',
  recorded: 'September 2026',
  cases: {
    'the operations of a bucket are answered with these statuses': {
      state: { buckets: { vault: {}, logs: {} } },
      calls: [
        ask('head bucket', 'HEAD /', '200'),
        ask('logging get', 'GET /?logging', '200'),
        ask(
          'logging put',
          'PUT /?logging',
          '200',
          xml(
            'BucketLoggingStatus',
            '<LoggingEnabled><TargetBucket>logs</TargetBucket><TargetPrefix>operations/</TargetPrefix></LoggingEnabled>',
          ),
        ),
        ['after-positive policy put', 'PutBucketPolicy', { Bucket: 'vault', Policy: JSON.stringify(policy) }, '204'],
        ask('policy get', 'GET /?policy', '200'),
        ask('policy status', 'GET /?policyStatus', '200'),
        ask('policy delete', 'DELETE /?policy', '204'),
        ask('tags put', 'PUT /?tagging', '204', tagged),
        ask('tags get', 'GET /?tagging', '200'),
        ask('tags delete', 'DELETE /?tagging', '204'),
        ask('cors put', 'PUT /?cors', '200', xml('CORSConfiguration', `<CORSRule>${rule}</CORSRule>`)),
        ask('cors get', 'GET /?cors', '200'),
        ask('cors delete', 'DELETE /?cors', '204'),
        ask(
          'website put',
          'PUT /?website',
          '200',
          xml('WebsiteConfiguration', '<IndexDocument><Suffix>index.html</Suffix></IndexDocument>'),
        ),
        ask('website get', 'GET /?website', '200'),
        ask('website delete', 'DELETE /?website', '204'),
        ask('ownership get', 'GET /?ownershipControls', '200'),
        ask('ownership delete', 'DELETE /?ownershipControls', '204'),
        ask('ownership put preferred', 'PUT /?ownershipControls', '200', owned('BucketOwnerPreferred')),
        ask('bucket acl get', 'GET /?acl', '200'),
        ask('bucket acl private put', 'PUT /?acl', '200', undefined, isPrivate),
        ask('public access get', 'GET /?publicAccessBlock', '200'),
        ask('public access delete', 'DELETE /?publicAccessBlock', '204'),
        ask(
          'public access private put',
          'PUT /?publicAccessBlock',
          '200',
          xml('PublicAccessBlockConfiguration', switches.map((name) => `<${name}>true</${name}>`).join('')),
        ),
        ask(
          'encryption put SSE-S3',
          'PUT /?encryption',
          '200',
          xml(
            'ServerSideEncryptionConfiguration',
            '<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>',
          ),
        ),
        ask('encryption get', 'GET /?encryption', '200'),
        ask('encryption delete', 'DELETE /?encryption', '204'),
        [
          'after-positive notifications put empty',
          'PUT /?notification',
          { host, body: '<NotificationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/" />' },
          '200',
        ],
        ask('notifications get', 'GET /?notification', '200'),
        ask('payment get', 'GET /?requestPayment', '200'),
        ask(
          'payment put owner',
          'PUT /?requestPayment',
          '200',
          xml('RequestPaymentConfiguration', '<Payer>BucketOwner</Payer>'),
        ),
        ask('versioning get', 'GET /?versioning', '200'),
        ask(
          'versioning put enabled',
          'PUT /?versioning',
          '200',
          xml('VersioningConfiguration', '<Status>Enabled</Status>'),
        ),
      ],
    },
    'the operations of an object, its versions and its uploads are answered with these statuses, with an unusual key and without digests':
      {
        state: { buckets: { vault: { versioning: 'Enabled', ownershipControls: 'BucketOwnerPreferred' } } },
        calls: [
          [
            'after-positive object put unusual key',
            `PUT ${key}`,
            { host, body: 'tiny', headers: { 'Content-Type': 'text/plain' } },
            '200',
            {},
            ofVersion,
          ],
          ...ofObject('current', ''),
          ...ofObject('version', 'versionId=$(version)'),
          ask('list_objects', 'GET /?prefix=after-positive%2F&encoding-type=url', '200'),
          ask('list_objects_v2', 'GET /?list-type=2&prefix=after-positive%2F&encoding-type=url', '200'),
          ask('list_object_versions', 'GET /?versions&prefix=after-positive%2F&encoding-type=url', '200'),
          ask('copy object current', 'PUT /after-positive/copied-current', '200', undefined, {
            'x-amz-copy-source': `vault${key}`,
          }),
          [
            'after-positive multipart initiate copy',
            'POST /after-positive/multipart-copy?uploads',
            { host },
            '200',
            { UploadId: '$(upload)' },
          ],
          ask('multipart uploads list copy', 'GET /?uploads&prefix=after-positive%2F', '200'),
          [
            'after-positive multipart upload part copy',
            'PUT /after-positive/multipart-copy?partNumber=1&uploadId=$(upload)',
            { host, headers: { 'x-amz-copy-source': `vault${key}?versionId=$(version)` } },
            '200',
            { ETag: '$(part)' },
          ],
          ask('multipart parts list copy', 'GET /after-positive/multipart-copy?uploadId=$(upload)', '200'),
          [
            'after-positive multipart complete copy',
            'POST /after-positive/multipart-copy?uploadId=$(upload)',
            {
              host,
              body: xml('CompleteMultipartUpload', '<Part><PartNumber>1</PartNumber><ETag>$(part)</ETag></Part>'),
            },
            '200',
            {},
            { headers: { 'x-amz-version-id': '$(whole)' } },
          ],
          ask(
            'delete current create marker',
            'DELETE /after-positive/copied-current',
            '204',
            undefined,
            {},
            {
              headers: { 'x-amz-version-id': '$(marker)' },
            },
          ),
          ask('delete object explicit version', `DELETE ${key}?versionId=$(version)`, '204', undefined, {}, ofVersion),
          ask(
            'delete objects',
            'POST /?delete',
            '200',
            xml(
              'Delete',
              '<Object><Key>after-positive/copied-version</Key></Object><Object><Key>after-positive/multipart-copy</Key></Object><Quiet>false</Quiet>',
            ),
          ),
          ask('ownership restore BOE', 'PUT /?ownershipControls', '200', owned('BucketOwnerEnforced')),
          ['nonempty owned source delete bucket', 'DELETE /', { host }, '409 BucketNotEmpty'],
        ],
      },
  },
};
