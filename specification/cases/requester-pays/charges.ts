import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const vault = ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'];
const allowed = { Effect: 'Allow', Principal: { AWS: '$(account:partner)' }, Action: 's3:*', Resource: vault };
const denied = ['arn:aws:s3:::vault/k', 'arn:aws:s3:::vault/missing'];
const deny = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: denied };
const grant = (...more: readonly object[]): RecordedCall => [
  'grant owned bucket to foreign role',
  'PutBucketPolicy',
  { Bucket: 'vault', Policy: JSON.stringify({ Version: '2012-10-17', Statement: [allowed, ...more] }) },
  '204',
];
const state = (requestPayment: 'Requester' | 'BucketOwner') => ({
  accounts: { partner: {} },
  buckets: {
    vault: { requestPayment, objects: { k: 'data' } },
    free: { owner: 'partner', objects: { own: 'own' } },
  },
});
const by = 'partner';
const charged = { by, headers: { 'x-amz-request-charged': 'requester' } };
const free = { by, headers: { 'x-amz-request-charged': null } };
const agreed = { 'x-amz-request-payer': 'requester' };

const read = (query: string, answer = '200'): readonly RecordedCall[] => [
  [`Requester foreign /?${query} None`, `GET /vault?${query}`, {}, '403 AccessDenied', {}, free],
  [`Requester foreign /?${query} requester`, `GET /vault?${query}`, { headers: agreed }, answer, {}, charged],
];
const tagging = '<Tagging><TagSet><Tag><Key>probe</Key><Value>payer</Value></Tag></TagSet></Tagging>';
const digest = { 'Content-MD5': '7Bj4thhfaq2cYARt62N8jw==' };
const owner = '<RequestPaymentConfiguration><Payer>BucketOwner</Payer></RequestPaymentConfiguration>';

const payer = (label: string, Payer: string) =>
  [label, 'GetBucketRequestPayment', { Bucket: 'vault' }, '200', { Payer }] as const;
const byOwner = { headers: { 'x-amz-request-charged': null } };

export const management: RecordedCases = {
  file: 'requester_management_raw_replay.json',
  recorded: 'September 2026',
  cases: {
    'PutBucketRequestPayment without a digest, and with a root of another name, changes who pays': {
      fact: 'F403',
      state: { buckets: { vault: {} } },
      calls: [
        [
          'wrong root changes Owner to Requester',
          'PUT /vault?requestPayment',
          { body: '<Other><Payer>Requester</Payer></Other>' },
          '200',
          {},
          byOwner,
        ],
        payer('wrong root changed state retained', 'Requester'),
        [
          'missing checksum changes Requester to Owner',
          'PUT /vault?requestPayment',
          { body: owner },
          '200',
          {},
          byOwner,
        ],
        payer('missing checksum changed state retained', 'BucketOwner'),
      ],
    },
    'another account is not charged for configurations of a bucket whose owner pays': {
      fact: 'F450',
      state: state('BucketOwner'),
      calls: [
        grant(),
        ['BucketOwner foreign /?requestPayment', 'GET /vault?requestPayment', {}, '200', {}, free],
        ['BucketOwner foreign /?versioning', 'GET /vault?versioning', {}, '200', {}, free],
        ['BucketOwner foreign /?location', 'GET /vault?location', {}, '200', {}, free],
      ],
    },
    'another account can read and write configurations of a Requester Pays bucket only if it pays, and is charged for refusals':
      {
        fact: 'F450',
        state: state('Requester'),
        calls: [
          grant(),
          ...read('requestPayment'),
          ...read('versioning'),
          ...read('location'),
          ...read('acl'),
          ...read('cors', '404 NoSuchCORSConfiguration'),
          ...read('website', '404 NoSuchWebsiteConfiguration'),
          ...read('logging'),
          ['Requester foreign HeadBucket None', 'HEAD /vault', {}, '403', {}, free],
          ['Requester foreign HeadBucket requester', 'HEAD /vault', { headers: agreed }, '200', {}, charged],
          [
            'foreign bucket tagging None',
            'PUT /vault?tagging',
            { body: tagging, headers: digest },
            '403 AccessDenied',
            {},
            free,
          ],
          ['bucket tags retained None', 'GetBucketTagging', { Bucket: 'vault' }, '404 NoSuchTagSet'],
          [
            'foreign bucket tagging requester',
            'PUT /vault?tagging',
            { body: tagging, headers: { ...digest, ...agreed } },
            '204',
            {},
            charged,
          ],
          ['foreign payment PUT None', 'PUT /vault?requestPayment', { body: owner }, '403 AccessDenied', {}, free],
          [
            'foreign payment PUT requester',
            'PUT /vault?requestPayment',
            { body: owner, headers: agreed },
            '200',
            {},
            charged,
          ],
          [
            'foreign PUT state requester retained',
            'GetBucketRequestPayment',
            { Bucket: 'vault' },
            '200',
            { Payer: 'BucketOwner' },
          ],
        ],
      },
  },
};

const copy = { 'x-amz-copy-source': 'vault/k' };

export const data: RecordedCases = {
  file: 'requester_data_replay.json',
  recorded: 'September 2026',
  cases: {
    'the requester is charged for a copy if only the source is a Requester Pays bucket': {
      fact: 'F450',
      state: state('Requester'),
      calls: [
        grant(),
        ['requester source copy payer None', 'PUT /free/copy', { headers: copy }, '403 AccessDenied', {}, free],
        [
          'requester source copy payer requester',
          'PUT /free/copy',
          { headers: { ...copy, ...agreed } },
          '200',
          {},
          charged,
        ],
        ['upload', 'POST /free/parts?uploads', {}, '200', { UploadId: '$(upload)' }, free],
      ],
    },
    'the requester is charged for a copy and an upload to a Requester Pays bucket': {
      fact: 'F450',
      state: state('Requester'),
      calls: [
        grant(),
        [
          'requester destination copy requester',
          'PUT /vault/copy',
          { headers: { 'x-amz-copy-source': 'free/own', ...agreed } },
          '200',
          {},
          charged,
        ],
        [
          'requester destination create multipart requester',
          'CreateMultipartUpload',
          { Bucket: 'vault', Key: 'parts', RequestPayer: 'requester' },
          '200',
          { UploadId: '$(upload)', RequestCharged: 'requester' },
          { by },
        ],
        [
          'requester destination upload part copy requester',
          'UploadPartCopy',
          {
            Bucket: 'vault',
            Key: 'parts',
            UploadId: '$(upload)',
            PartNumber: 1,
            CopySource: 'free/own',
            RequestPayer: 'requester',
          },
          '200',
          { RequestCharged: 'requester' },
          { by },
        ],
        [
          'requester destination abort multipart None',
          'AbortMultipartUpload',
          { Bucket: 'vault', Key: 'parts', UploadId: '$(upload)' },
          '403 AccessDenied',
          {},
          free,
        ],
        [
          'requester destination abort multipart requester',
          'AbortMultipartUpload',
          { Bucket: 'vault', Key: 'parts', UploadId: '$(upload)', RequestPayer: 'requester' },
          '204',
          { RequestCharged: 'requester' },
          { by },
        ],
      ],
    },
    'the requester is charged for a refusal, whether by a Deny or for a missing key': {
      fact: 'F450',
      state: state('Requester'),
      calls: [
        grant(deny),
        ['deny hold member existing 0', 'GET /vault/k', { headers: agreed }, '403 AccessDenied', {}, charged],
        [
          'deny hold member missing after bounded existing probes',
          'GET /vault/missing',
          { headers: agreed },
          '404 NoSuchKey',
          { Key: 'missing' },
          charged,
        ],
        [
          'deny hold member existing after missing',
          'GET /vault/k',
          { headers: agreed },
          '403 AccessDenied',
          {},
          charged,
        ],
      ],
    },
  },
};

/** A presigned URL, whose signature the mock does not check. */
const signedBy = (key: string) =>
  `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${key}%2F20260920%2Fus-east-1%2Fs3%2Faws4_request` +
  '&X-Amz-Date=20260920T120000Z&X-Amz-Expires=900&X-Amz-Signature=00';
const signed = signedBy('KEY');
const unsigned = { by: 'anonymous', headers: { 'x-amz-request-charged': null } }; // the URL is signed
const byPartner = `GET /vault/k?${signedBy('PARTNER')}&X-Amz-SignedHeaders=host`;

export const presigned: RecordedCases = {
  file: 'requester_presigned_replay.json',
  recorded: 'September 2026',
  cases: {
    'a presigned URL of another account may name the payer in its query': {
      fact: 'F450',
      state: {
        ...state('Requester'),
        accounts: { partner: { credentials: { accessKeyId: 'PARTNER', secretAccessKey: 'secret' } } },
      },
      calls: [
        grant(),
        ['foreign presigned omitted', byPartner, {}, '403 AccessDenied', {}, unsigned],
        [
          'foreign presigned correct',
          `${byPartner}&x-amz-request-payer=requester`,
          {},
          '200',
          {},
          { ...charged, by: 'anonymous' },
        ],
        ['foreign presigned invalid', `${byPartner}&x-amz-request-payer=invalid`, {}, '403 AccessDenied', {}, unsigned],
      ],
    },
    'a presigned URL may name the payer in its query or in a header, but not in both': {
      fact: 'F450',
      state: state('Requester'),
      calls: [
        [
          'presigned query requester header requester',
          `GET /vault/absent?${signed}&X-Amz-SignedHeaders=host;x-amz-request-payer&x-amz-request-payer=requester`,
          { headers: agreed },
          '400 InvalidArgument',
          {},
          unsigned,
        ],
        [
          'query requester signed header requester sent header invalid',
          `GET /vault/absent?${signed}&X-Amz-SignedHeaders=host;x-amz-request-payer&x-amz-request-payer=requester`,
          { headers: { 'x-amz-request-payer': 'invalid' } },
          '400 InvalidArgument',
          {},
          unsigned,
        ],
      ],
    },
  },
};
