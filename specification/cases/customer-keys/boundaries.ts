import type { RecordedCases } from '../../../src/facts/case';

const key = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=' };
const other = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'YmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmI=' };
const plain = { Bucket: 'vault', Key: 'plain' };
const archived = { Bucket: 'vault', Key: 'plain-archived' };
const encrypted = { Bucket: 'vault', Key: 'encrypted' };
const both = { Bucket: 'vault', Key: 'encrypted-archived' };
const Body = 'customer boundary payload\n';
const ofKey = { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: 'Xsqb0+sHwAbNQ65I395/0w==' };
const slice = { ContentLength: 3, ContentRange: 'bytes 0-2/26' };
const whole = { ContentLength: 26, ContentRange: 'bytes 0-25/26', Body };

const writes = [
  ['write-plain-STANDARD', 'PutObject', { ...plain, Body }, '200', { ServerSideEncryption: 'AES256' }],
  ['write-plain-GLACIER', 'PutObject', { ...archived, Body, StorageClass: 'GLACIER' }, '200'],
  ['write-customer-STANDARD', 'PutObject', { ...encrypted, Body, ...key }, '200', ofKey],
  ['write-customer-GLACIER', 'PutObject', { ...both, Body, ...key, StorageClass: 'GLACIER' }, '200', ofKey],
] as const;

/** The order of the checks of a read: that a key came, the range or the part, which key it is, the archive. */
export const boundaries: RecordedCases = {
  file: 'customer_encryption_boundaries_replay.json',
  recorded: 'September 2026',
  cases: {
    "a read checks the range before the customer's key and the archive": {
      fact: 'F611',
      state: { sseC: 'allowed', buckets: { vault: { objectLock: true } } },
      calls: [
        ...writes,
        [
          'plain-STANDARD-absent-bytes=0-2',
          'GetObject',
          { ...plain, Range: 'bytes=0-2' },
          '206',
          { ...slice, Body: 'cus' },
        ],
        ['plain-STANDARD-absent-bytes=9999-', 'GetObject', { ...plain, Range: 'bytes=9999-' }, '416 InvalidRange'],
        ['plain-GLACIER-absent-bytes=0-2', 'GetObject', { ...archived, Range: 'bytes=0-2' }, '403 InvalidObjectState'],
        ['plain-GLACIER-absent-bytes=9999-', 'GetObject', { ...archived, Range: 'bytes=9999-' }, '416 InvalidRange'],
        ['customer-STANDARD-absent-bytes=0-2', 'GetObject', { ...encrypted, Range: 'bytes=0-2' }, '400 InvalidRequest'],
        [
          'customer-STANDARD-absent-bytes=9999-',
          'GetObject',
          { ...encrypted, Range: 'bytes=9999-' },
          '400 InvalidRequest',
        ],
        [
          'customer-STANDARD-correct-bytes=0-2',
          'GetObject',
          { ...encrypted, ...key, Range: 'bytes=0-2' },
          '206',
          { ...slice, ...ofKey, Body: 'cus' },
        ],
        [
          'customer-STANDARD-correct-bytes=9999-',
          'GetObject',
          { ...encrypted, ...key, Range: 'bytes=9999-' },
          '416 InvalidRange',
        ],
        [
          'customer-STANDARD-wrong-bytes=0-2',
          'GetObject',
          { ...encrypted, ...other, Range: 'bytes=0-2' },
          '403 AccessDenied',
        ],
        [
          'customer-STANDARD-wrong-bytes=9999-',
          'GetObject',
          { ...encrypted, ...other, Range: 'bytes=9999-' },
          '416 InvalidRange',
        ],
        ['customer-GLACIER-absent-bytes=0-2', 'GetObject', { ...both, Range: 'bytes=0-2' }, '400 InvalidRequest'],
        ['customer-GLACIER-absent-bytes=9999-', 'GetObject', { ...both, Range: 'bytes=9999-' }, '400 InvalidRequest'],
        [
          'customer-GLACIER-correct-bytes=0-2',
          'GetObject',
          { ...both, ...key, Range: 'bytes=0-2' },
          '403 InvalidObjectState',
        ],
        [
          'customer-GLACIER-correct-bytes=9999-',
          'GetObject',
          { ...both, ...key, Range: 'bytes=9999-' },
          '416 InvalidRange',
        ],
        [
          'customer-GLACIER-wrong-bytes=0-2',
          'GetObject',
          { ...both, ...other, Range: 'bytes=0-2' },
          '403 AccessDenied',
        ],
        [
          'customer-GLACIER-wrong-bytes=9999-',
          'GetObject',
          { ...both, ...other, Range: 'bytes=9999-' },
          '416 InvalidRange',
        ],
      ],
    },
    "a read checks the part number before the customer's key and the archive": {
      fact: 'F611',
      state: { sseC: 'allowed', buckets: { vault: { objectLock: true } } },
      calls: [
        ...writes,
        ['plain-STANDARD-absent-part-1', 'GetObject', { ...plain, PartNumber: 1 }, '206', whole],
        ['plain-STANDARD-absent-part-2', 'GetObject', { ...plain, PartNumber: 2 }, '416 InvalidPartNumber'],
        ['plain-GLACIER-absent-part-1', 'GetObject', { ...archived, PartNumber: 1 }, '403 InvalidObjectState'],
        ['plain-GLACIER-absent-part-2', 'GetObject', { ...archived, PartNumber: 2 }, '416 InvalidPartNumber'],
        ['customer-STANDARD-absent-part-1', 'GetObject', { ...encrypted, PartNumber: 1 }, '400 InvalidRequest'],
        ['customer-STANDARD-absent-part-2', 'GetObject', { ...encrypted, PartNumber: 2 }, '400 InvalidRequest'],
        [
          'customer-STANDARD-correct-part-1',
          'GetObject',
          { ...encrypted, ...key, PartNumber: 1 },
          '206',
          { ...whole, ...ofKey },
        ],
        [
          'customer-STANDARD-correct-part-2',
          'GetObject',
          { ...encrypted, ...key, PartNumber: 2 },
          '416 InvalidPartNumber',
        ],
        ['customer-STANDARD-wrong-part-1', 'GetObject', { ...encrypted, ...other, PartNumber: 1 }, '403 AccessDenied'],
        [
          'customer-STANDARD-wrong-part-2',
          'GetObject',
          { ...encrypted, ...other, PartNumber: 2 },
          '416 InvalidPartNumber',
        ],
        ['customer-GLACIER-absent-part-1', 'GetObject', { ...both, PartNumber: 1 }, '400 InvalidRequest'],
        ['customer-GLACIER-absent-part-2', 'GetObject', { ...both, PartNumber: 2 }, '400 InvalidRequest'],
        ['customer-GLACIER-correct-part-1', 'GetObject', { ...both, ...key, PartNumber: 1 }, '403 InvalidObjectState'],
        ['customer-GLACIER-correct-part-2', 'GetObject', { ...both, ...key, PartNumber: 2 }, '416 InvalidPartNumber'],
        ['customer-GLACIER-wrong-part-1', 'GetObject', { ...both, ...other, PartNumber: 1 }, '403 AccessDenied'],
        ['customer-GLACIER-wrong-part-2', 'GetObject', { ...both, ...other, PartNumber: 2 }, '416 InvalidPartNumber'],
      ],
    },
    "HeadObject checks the range before the customer's key, and answers for an archived object": {
      fact: 'F611',
      state: { sseC: 'allowed', buckets: { vault: { objectLock: true } } },
      calls: [
        ...writes,
        ['plain-STANDARD-absent-head-bytes=0-2', 'HeadObject', { ...plain, Range: 'bytes=0-2' }, '206', slice],
        ['plain-STANDARD-absent-head-bytes=9999-', 'HeadObject', { ...plain, Range: 'bytes=9999-' }, '416'],
        [
          'plain-GLACIER-absent-head-bytes=0-2',
          'HeadObject',
          { ...archived, Range: 'bytes=0-2' },
          '206',
          { ...slice, StorageClass: 'GLACIER' },
        ],
        ['plain-GLACIER-absent-head-bytes=9999-', 'HeadObject', { ...archived, Range: 'bytes=9999-' }, '416'],
        ['customer-STANDARD-absent-head-bytes=0-2', 'HeadObject', { ...encrypted, Range: 'bytes=0-2' }, '400'],
        ['customer-STANDARD-absent-head-bytes=9999-', 'HeadObject', { ...encrypted, Range: 'bytes=9999-' }, '400'],
        [
          'customer-STANDARD-correct-head-bytes=0-2',
          'HeadObject',
          { ...encrypted, ...key, Range: 'bytes=0-2' },
          '206',
          { ...slice, ...ofKey },
        ],
        [
          'customer-STANDARD-correct-head-bytes=9999-',
          'HeadObject',
          { ...encrypted, ...key, Range: 'bytes=9999-' },
          '416',
        ],
        ['customer-STANDARD-wrong-head-bytes=0-2', 'HeadObject', { ...encrypted, ...other, Range: 'bytes=0-2' }, '403'],
        [
          'customer-STANDARD-wrong-head-bytes=9999-',
          'HeadObject',
          { ...encrypted, ...other, Range: 'bytes=9999-' },
          '416',
        ],
        ['customer-GLACIER-absent-head-bytes=0-2', 'HeadObject', { ...both, Range: 'bytes=0-2' }, '400'],
        ['customer-GLACIER-absent-head-bytes=9999-', 'HeadObject', { ...both, Range: 'bytes=9999-' }, '400'],
        [
          'customer-GLACIER-correct-head-bytes=0-2',
          'HeadObject',
          { ...both, ...key, Range: 'bytes=0-2' },
          '206',
          { ...slice, ...ofKey, StorageClass: 'GLACIER' },
        ],
        ['customer-GLACIER-correct-head-bytes=9999-', 'HeadObject', { ...both, ...key, Range: 'bytes=9999-' }, '416'],
        ['customer-GLACIER-wrong-head-bytes=0-2', 'HeadObject', { ...both, ...other, Range: 'bytes=0-2' }, '403'],
        ['customer-GLACIER-wrong-head-bytes=9999-', 'HeadObject', { ...both, ...other, Range: 'bytes=9999-' }, '416'],
      ],
    },
    'the date of a retention keeps its milliseconds': {
      fact: 'F103',
      state: { now: '2026-09-21T19:27:53Z', buckets: { vault: { objectLock: true, objects: { plain: Body } } } },
      calls: [
        [
          'fractional-retention',
          'PutObjectRetention',
          { ...plain, Retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2026-09-22T19:27:53.756Z' } },
          '200',
        ],
        [
          'retention-header',
          'HeadObject',
          plain,
          '200',
          { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: '2026-09-22T19:27:53.756Z' },
        ],
        [
          'retention-document',
          'GetObjectRetention',
          plain,
          '200',
          { Retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2026-09-22T19:27:53.756Z' } },
        ],
      ],
    },
  },
};
