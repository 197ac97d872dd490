import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const vault = { Bucket: 'vault' };
const bytes = 'acceleration shared bytes';
const state = { buckets: { vault: { region: 'us-east-1', objects: { seed: bytes } } } };
const accelerated = 'vault.s3-accelerate.amazonaws.com';
const dualstack = 'vault.s3-accelerate.dualstack.amazonaws.com';
const hosts = { regional: 'vault.s3.amazonaws.com', accelerate: accelerated, dualstack };
const set = (label: string, Status: string): RecordedCall => [
  label,
  'PutBucketAccelerateConfiguration',
  { ...vault, AccelerateConfiguration: { Status } },
  '200',
];
const refused = '400 InvalidRequest';

const at = (state: string, kind: keyof typeof hosts, served: boolean): readonly RecordedCall[] => {
  const host = hosts[kind];
  return [
    [`${state} put ${kind}`, `PUT /${state}-${kind}`, { host, body: bytes }, served ? '200' : refused],
    [`${state} get ${kind}`, 'GET /seed', { host }, served ? '200' : refused],
    [`${state} head ${kind}`, 'HEAD /seed', { host }, served ? '200' : '400'],
    [`${state} list ${kind}`, 'GET /?list-type=2', { host }, served ? '200' : refused],
  ];
};
const listed = (label: string, ...keys: readonly string[]): RecordedCall => [
  label,
  'GET /?list-type=2&encoding-type=url',
  { host: hosts.regional },
  '200',
  { KeyCount: `${keys.length}`, Contents: keys.map((Key) => ({ Key })) },
];
const denying = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/seed' }],
};

export const accelerationData: RecordedCases = {
  file: 'acceleration_data_replay.json',
  recorded: 'September 2026',
  cases: {
    'the hosts of acceleration answer for a bucket only while it is enabled, and other hosts always do': {
      fact: 'F331',
      state,
      calls: [
        ...at('unset', 'regional', true),
        ...at('unset', 'accelerate', false),
        ...at('unset', 'dualstack', false),
        set('enable acceleration regional', 'Enabled'),
        ...at('enabled', 'regional', true),
        ...at('enabled', 'accelerate', true),
        ...at('enabled', 'dualstack', true),
        [
          'accelerated copy shared seed accelerate',
          'PUT /copied',
          { host: accelerated, headers: { 'x-amz-copy-source': 'vault/seed' } },
          '200',
        ],
        set('suspend acceleration regional', 'Suspended'),
        ...at('suspended', 'regional', true),
        ...at('suspended', 'accelerate', false),
        ...at('suspended', 'dualstack', false),
        listed(
          'suspended list regional',
          ...['copied', 'enabled-accelerate', 'enabled-dualstack', 'enabled-regional'],
          ...['seed', 'suspended-regional', 'unset-regional'],
        ),
      ],
    },
    'a policy denies at the hosts of acceleration as elsewhere': {
      fact: 'F331',
      state: { buckets: { vault: { ...state.buckets.vault, accelerate: 'Enabled' } } },
      calls: [
        ['set-up deny', 'PutBucketPolicy', { ...vault, Policy: JSON.stringify(denying) }, '204'],
        ...Object.entries(hosts).map(
          ([kind, host]): RecordedCall => [
            `enabled permission denial ${kind}`,
            'GET /seed',
            { host },
            '403 AccessDenied',
          ],
        ),
      ],
    },
  },
};

const scope = (region: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260920/${region}/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;

export const accelerationRouting: RecordedCases = {
  file: 'acceleration_routing_replay.json',
  recorded: 'September 2026',
  cases: {
    'a signature at the hosts of acceleration is for the region of the bucket': {
      fact: 'F146',
      state: {
        verifySignatures: true,
        buckets: { vault: { ...state.buckets.vault, accelerate: 'Enabled' } },
      },
      calls: [
        [
          'wrong-signing-region',
          'GET /seed',
          {
            host: accelerated,
            headers: {
              Authorization: scope('us-west-2'),
              'x-amz-date': '20260920T120000Z',
              'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
            },
          },
          '400 AuthorizationHeaderMalformed',
          { Region: 'us-east-1' },
        ],
      ],
    },
    'the hosts of acceleration copy an object of another region, and answer the configuration': {
      fact: 'F331',
      state: {
        buckets: {
          vault: { ...state.buckets.vault, accelerate: 'Enabled' },
          west: { region: 'us-west-2', objects: { key: bytes } },
        },
      },
      calls: [
        [
          'cross-region-copy',
          'PUT /copied',
          { host: accelerated, headers: { 'x-amz-copy-source': '/west/key' } },
          '200',
          { ChecksumType: 'FULL_OBJECT' },
        ],
        ['accelerator-configuration', 'GET /?accelerate', { host: accelerated }, '200', { Status: 'Enabled' }],
      ],
    },
  },
};

export const redirection: RecordedCases = {
  file: 'acceleration_controls_replay.json',
  recorded: 'September 2026',
  cases: {
    'a request for a bucket of us-west-2 is redirected to its host, which has a hyphen before the region': {
      fact: 'F30',
      state: { buckets: { west: { region: 'us-west-2' } } },
      calls: [
        [
          'west-via-east',
          'GET /west?accelerate',
          { host: 's3.us-east-1.amazonaws.com' },
          '301 PermanentRedirect',
          { Endpoint: 'west.s3-us-west-2.amazonaws.com', Bucket: 'west' },
          { headers: { 'x-amz-bucket-region': 'us-west-2' } },
        ],
      ],
    },
  },
};
