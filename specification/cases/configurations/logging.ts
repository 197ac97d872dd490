import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const vault = { Bucket: 'vault' };
const buckets = { vault: {}, logs: {}, others: {} };
const enabled = (TargetPrefix: string, more: object = {}) => ({
  LoggingEnabled: { TargetBucket: 'logs', TargetPrefix, ...more },
});
const put = (label: string, BucketLoggingStatus: object, answer = '200'): RecordedCall => [
  label,
  'PutBucketLogging',
  { ...vault, BucketLoggingStatus },
  answer,
];
const read = (label: string, status: object): RecordedCall => [label, 'GetBucketLogging', vault, '200', status];
const kept = (label: string, status: object): readonly RecordedCall[] => [
  put(label, status),
  read(`${label} state after`, status),
];
const off: RecordedCall = ['default', 'GetBucketLogging', vault, '200', {}, { absent: ['LoggingEnabled'] }];
const partitioned = (more: object) => ({ TargetObjectKeyFormat: { PartitionedPrefix: more } });
const simple = enabled('simple/', { TargetObjectKeyFormat: { SimplePrefix: {} } });
const grants = { TargetGrants: [{ Grantee: { Type: 'CanonicalUser', ID: '$(owner)' }, Permission: 'READ' }] };
const ownership = (ObjectOwnership: string): RecordedCall => [
  'owned destination ownership',
  'PutBucketOwnershipControls',
  { Bucket: 'logs', OwnershipControls: { Rules: [{ ObjectOwnership }] } },
  '200',
];

export const logging: RecordedCases = {
  file: 'logging_control_replay.json',
  recorded: 'September 2026',
  cases: {
    'the target of a log is stored as it was put, without defaults': {
      fact: 'F364',
      state: { buckets },
      calls: [
        off,
        ...kept('enable simple', simple),
        ...kept('enable event', enabled('event/', partitioned({ PartitionDateSource: 'EventTime' }))),
        ...kept('enable delivery', enabled('delivery/', partitioned({ PartitionDateSource: 'DeliveryTime' }))),
        ...kept('omitted object format default', enabled('default-format/')),
        ...kept('empty partition date default', enabled('default-date/', partitioned({}))),
        put('disable third source logging', {}),
        off,
      ],
    },
    'a log target needs no policy and may be a Requester Pays bucket, and grants need a target with ACLs': {
      fact: 'F364',
      state: { buckets },
      calls: [
        ...kept('target without delivery permission admission', enabled('no-permission/')),
        put('restore baseline after permission admission', simple),
        put('BOE target grants', enabled('grants/', grants), '400 AccessControlListNotSupported'),
        read('BOE target grants state after', simple),
        ...kept('BOE empty target grants', enabled('empty-grants/', { TargetGrants: [] })),
        ownership('ObjectWriter'),
        ...kept('ACL-enabled target grants', enabled('acl-grants/', grants)),
        ownership('BucketOwnerEnforced'),
        [
          'requester target supplement enable',
          'PutBucketRequestPayment',
          { Bucket: 'logs', RequestPaymentConfiguration: { Payer: 'Requester' } },
          '200',
        ],
        ...kept('confirmed requester target admission', enabled('confirmed-requester/')),
      ],
    },
    'another account can read and write the logging configuration only if the bucket policy allows it': {
      state: { accounts: { partner: {} }, buckets },
      calls: [
        put('enable simple', simple),
        [
          'expected owner mismatch Put',
          'PutBucketLogging',
          { ...vault, BucketLoggingStatus: {}, ExpectedBucketOwner: '999999999999' },
          '403 AccessDenied',
        ],
        ['member without grant Get logging', 'GetBucketLogging', vault, '403 AccessDenied', {}, { by: 'partner' }],
        [
          'member without grant Put logging',
          'PutBucketLogging',
          { ...vault, BucketLoggingStatus: {} },
          '403 AccessDenied',
          {},
          { by: 'partner' },
        ],
        [
          'owned source grants member logging authority',
          'PutBucketPolicy',
          {
            ...vault,
            Policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: { AWS: '$(account:partner)' },
                  Action: ['s3:GetBucketLogging', 's3:PutBucketLogging'],
                  Resource: 'arn:aws:s3:::vault',
                },
              ],
            }),
          },
          '204',
        ],
        ['member explicitly granted Get logging', 'GetBucketLogging', vault, '200', simple, { by: 'partner' }],
        [
          'member explicitly granted Put logging',
          'PutBucketLogging',
          { ...vault, BucketLoggingStatus: simple },
          '200',
          {},
          { by: 'partner' },
        ],
        read('owner reads state after member granted Put', simple),
      ],
    },
  },
};

const document = (content: string) => `<BucketLoggingStatus>${content}</BucketLoggingStatus>`;
const raw = (
  label: string,
  body: string,
  answer: string,
  headers: Readonly<Record<string, string>> = {},
  members: object = {},
): RecordedCall => [label, 'PUT /vault?logging', { body, headers }, answer, members];
const target = (content: string) => document(`<LoggingEnabled>${content}</LoggingEnabled>`);
const others = '<TargetBucket>others</TargetBucket><TargetPrefix>rejected/</TargetPrefix>';
const partition = (source: string) =>
  `<PartitionedPrefix><PartitionDateSource>${source}</PartitionDateSource></PartitionedPrefix>`;
const malformed = '400 MalformedXML';
const zeros = 'AAAAAAAAAAAAAAAAAAAAAA==';

export const loggingRaw: RecordedCases = {
  file: 'logging_raw_replay.json',
  recorded: 'September 2026',
  cases: {
    'a log target has to be a bucket of the same owner and region': {
      fact: 'F365',
      state: {
        accounts: { partner: {} },
        buckets: {
          vault: { region: 'us-east-1' },
          logs: { region: 'us-east-1' },
          west: { region: 'us-west-2' },
          theirs: { region: 'us-east-1', owner: 'partner' },
        },
      },
      calls: [
        put('enable simple', simple),
        [
          'target absent',
          'PutBucketLogging',
          { ...vault, BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'absent', TargetPrefix: 'rejected/' } } },
          '400 InvalidTargetBucketForLogging',
          { TargetBucket: 'absent' },
        ],
        read('target absent state after', simple),
        [
          'target wrong region',
          'PutBucketLogging',
          { ...vault, BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'west', TargetPrefix: 'rejected/' } } },
          '403 CrossLocationLoggingProhibitted',
          { TargetBucketLocation: 'us-west-2' },
        ],
        [
          'target wrong owner',
          'PutBucketLogging',
          { ...vault, BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'theirs', TargetPrefix: 'rejected/' } } },
          '400 InvalidTargetBucketForLogging',
          { TargetBucket: 'theirs' },
        ],
        read('target wrong owner state after', simple),
      ],
    },
    'a logging document that S3 cannot read changes nothing, and one with another root ends logging': {
      fact: 'F364',
      state: { buckets },
      calls: [
        put('baseline before retained rejection checks', simple),
        raw('malformed XML retaining enabled', '<BucketLoggingStatus><', malformed),
        raw(
          'invalid partition retaining enabled',
          target(`${others}<TargetObjectKeyFormat>${partition('Never')}</TargetObjectKeyFormat>`),
          malformed,
        ),
        raw(
          'bad MD5 retaining enabled',
          '<BucketLoggingStatus/>',
          '400 BadDigest',
          { 'Content-MD5': zeros },
          { CalculatedDigest: 'uwqklQUo5s36ac3KB3zBiw==', ExpectedDigest: zeros },
        ),
        raw('unknown child root', document('<Unrecognized>ignored?</Unrecognized>'), malformed),
        read('unknown child root retained state', simple),
        raw('wrong root', '<Wrong/>', '200'),
        off,
        raw('missing target', target('<TargetPrefix>x</TargetPrefix>'), malformed),
        raw(
          'both formats',
          target(`${others}<TargetObjectKeyFormat><SimplePrefix/>${partition('EventTime')}</TargetObjectKeyFormat>`),
          malformed,
        ),
        raw('algorithm header missing checksum', '<BucketLoggingStatus/>', '400 InvalidRequest', {
          'x-amz-sdk-checksum-algorithm': 'SHA256',
        }),
        raw('missing checksum', '<BucketLoggingStatus/>', '200'),
        off,
      ],
    },
  },
};
