import type { RecordedCases } from '../../../src/facts/case';

const state = { buckets: { vault: {} } } as const;
const payment = (payer: string, root = 'RequestPaymentConfiguration') => `<${root}><Payer>${payer}</Payer></${root}>`;
const put = 'PUT /vault?requestPayment';
const read = (Payer: string) => ['retained', 'GetBucketRequestPayment', { Bucket: 'vault' }, '200', { Payer }] as const;
const headers = { 'x-amz-request-charged': null };
const xml = (content: string) => `<RequestPaymentConfiguration>${content}</RequestPaymentConfiguration>`;

export const admission: RecordedCases = {
  file: 'requester_admission_replay.json',
  recorded: 'September 2026',
  cases: {
    'PutBucketRequestPayment needs no digest, and its root may have any name': {
      fact: 'F403',
      state,
      calls: [
        ['payment missing checksum', put, { body: payment('Requester') }, '200', {}, { headers }],
        read('Requester'),
        ['payment wrong root', put, { body: payment('Requester', 'Other') }, '200', {}, { headers }],
        read('Requester'),
      ],
    },
    'PutBucketRequestPayment without exactly one payer or with a wrong digest is refused and changes nothing': {
      fact: 'F403',
      state,
      calls: [
        [
          'payment bad MD5',
          put,
          { body: payment('Requester'), headers: { 'Content-MD5': 'MDAwMDAwMDAwMDAwMDAwMA==' } },
          '400 BadDigest',
        ],
        [
          'payment malformed MD5',
          put,
          { body: payment('Requester'), headers: { 'Content-MD5': 'broken' } },
          '400 InvalidDigest',
        ],
        [
          'payment checksum algorithm without checksum',
          put,
          { body: payment('Requester'), headers: { 'x-amz-sdk-checksum-algorithm': 'SHA256' } },
          '400 InvalidRequest',
        ],
        ['payment invalid payer', put, { body: payment('Owner') }, '400 MalformedXML'],
        ['payment missing payer', put, { body: xml('') }, '400 MalformedXML'],
        ['payment empty payer', put, { body: payment('') }, '400 MalformedXML'],
        [
          'payment duplicate payer',
          put,
          { body: xml('<Payer>Requester</Payer><Payer>BucketOwner</Payer>') },
          '400 MalformedXML',
        ],
        ['payment unknown child', put, { body: xml('<Payer>Requester</Payer><Other>x</Other>') }, '400 MalformedXML'],
        ['payment malformed XML', put, { body: '<RequestPaymentConfiguration><Payer>' }, '400 MalformedXML'],
        read('BucketOwner'),
      ],
    },
  },
};

const vault = { Bucket: 'vault' };
const configuration = (Payer: string) => ({ ...vault, RequestPaymentConfiguration: { Payer } });

export const control: RecordedCases = {
  file: 'requester_control_replay.json',
  recorded: 'September 2026',
  cases: {
    'the payer of a bucket is stored, and a request that expects another owner changes nothing': {
      state,
      calls: [
        ['default payment', 'GetBucketRequestPayment', vault, '200', { Payer: 'BucketOwner' }],
        ['set Requester', 'PutBucketRequestPayment', configuration('Requester'), '200'],
        [
          'get_bucket_request_payment expected 000000000000',
          'GetBucketRequestPayment',
          { ...vault, ExpectedBucketOwner: '$(account)' },
          '200',
          { Payer: 'Requester' },
        ],
        [
          'get_bucket_request_payment expected 111122223333',
          'GetBucketRequestPayment',
          { ...vault, ExpectedBucketOwner: '111122223333' },
          '403 AccessDenied',
        ],
        [
          'put_bucket_request_payment expected 111122223333',
          'PutBucketRequestPayment',
          { ...configuration('BucketOwner'), ExpectedBucketOwner: '111122223333' },
          '403 AccessDenied',
        ],
        ['expected-owner state retained', 'GetBucketRequestPayment', vault, '200', { Payer: 'Requester' }],
        ['replace BucketOwner', 'PutBucketRequestPayment', configuration('BucketOwner'), '200'],
        ['BucketOwner restored retained', 'GetBucketRequestPayment', vault, '200', { Payer: 'BucketOwner' }],
      ],
    },
  },
};
