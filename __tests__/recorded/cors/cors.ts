import type { RecordedCall, RecordedCases } from '../replay';

const app = 'https://app.example';
const first = {
  ID: 'first',
  AllowedOrigins: [app],
  AllowedMethods: ['GET', 'HEAD', 'PUT'],
  AllowedHeaders: ['x-probe-*', 'Content-Type'],
  ExposeHeaders: ['ETag', 'x-amz-request-id'],
  MaxAgeSeconds: 17,
} as const;
const fallback = {
  ID: 'fallback',
  AllowedOrigins: ['*'],
  AllowedMethods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
  AllowedHeaders: ['*'],
  ExposeHeaders: ['x-amz-version-id'],
  MaxAgeSeconds: 41,
} as const;
const vault = { Bucket: 'vault' };
const rule = (more: object = {}) => ({ AllowedOrigins: [app], AllowedMethods: ['GET'], ...more });
const rules = (...CORSRules: readonly object[]) => ({ ...vault, CORSConfiguration: { CORSRules } });
const state = (...CORSRules: readonly (typeof first | typeof fallback)[]) => ({
  buckets: { vault: { objects: { k: 'data' }, cors: { CORSRules } } },
});
const none = { 'access-control-allow-origin': null, vary: null };

/** A rule that is put, and answered as it was put. */
const kept = (label: string, one: object): readonly RecordedCall[] => [
  [label, 'PutBucketCors', rules(one), '200'],
  [`${label}.state-after`, 'GetBucketCors', vault, '200', { CORSRules: [one] }],
];
/** The digests of the documents. */
const md5: Readonly<Record<string, string>> = {
  'admission-method-lowercase': 'DwhtLjoroRG6KYR8LuZ9Hw==',
  'admission-method-empty': 'Czoa09esgcPozwNJ8EZmwQ==',
  'admission-method-missing': 'kmZXKca7Ivv9qpc5vqcnIA==',
  'admission-origin-missing': '0NEZVB4Csppoapl0577emQ==',
  'admission-origin-two-wildcards': 'hNVY+UGXBd8WaI4z1xVSDA==',
  'admission-origin-empty': 'Wvj4eDF20VXWUvgGdfPZwQ==',
  'admission-origin-not-url': 'DeS4p5Lkg8AWrmwuAeUpiA==',
};
const put = (label: string, content: string, answer: string): RecordedCall => [
  label,
  'PUT /vault?cors',
  {
    body: `<CORSConfiguration><CORSRule>${content}</CORSRule></CORSConfiguration>`,
    headers: { 'Content-MD5': md5[label] ?? '' },
  },
  answer,
  {},
  { headers: none },
];
const origin = `<AllowedOrigin>${app}</AllowedOrigin>`;
const get = '<AllowedMethod>GET</AllowedMethod>';
const preflight = (
  requested: string,
  headers: Readonly<Record<string, string | null>>,
  label: string,
): RecordedCall => [
  label,
  'OPTIONS /vault/k',
  {
    headers: { Origin: app, 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': requested },
  },
  '200',
  {},
  { by: 'anonymous', headers },
];

export const cors: RecordedCases = {
  file: 'cors_replay.json',
  recorded: 'September 2026',
  cases: {
    'a rule is kept whatever the length of its ID and the sign of its age': {
      fact: 'F340',
      state: { buckets: { vault: {} } },
      calls: [
        ...kept('supplement-admission-id-1024', rule({ ID: 'i'.repeat(1024) })),
        ...kept('supplement-admission-id-1025', rule({ ID: 'i'.repeat(1025) })),
        ...kept('admission-max-age-negative', rule({ MaxAgeSeconds: -1 })),
        ...kept('wildcard-first-config', rule({ AllowedOrigins: ['*'], AllowedHeaders: ['*'], MaxAgeSeconds: 99 })),
        [
          'admission-rules-100',
          'PutBucketCors',
          rules(...Array.from({ length: 100 }, (_, at) => rule({ ID: `${at}` }))),
          '200',
        ],
        [
          'admission-rules-101',
          'PutBucketCors',
          rules(...Array.from({ length: 101 }, (_, at) => rule({ ID: `${at}` }))),
          '400 InvalidRequest',
        ],
        [
          'admission-rules-101.state-after',
          'GetBucketCors',
          vault,
          '200',
          { CORSRules: Array.from({ length: 100 }, (_, at) => rule({ ID: `${at}` })) },
        ],
      ],
    },
    'another expected owner is denied, and changes nothing': {
      state: state(first, fallback),
      calls: [
        [
          'put-wrong-expected-owner',
          'PutBucketCors',
          { ...rules(rule()), ExpectedBucketOwner: '111111111111' },
          '403 AccessDenied',
        ],
        [
          'get-wrong-expected-owner',
          'GetBucketCors',
          { ...vault, ExpectedBucketOwner: '111111111111' },
          '403 AccessDenied',
        ],
        [
          'delete-wrong-expected-owner',
          'DeleteBucketCors',
          { ...vault, ExpectedBucketOwner: '111111111111' },
          '403 AccessDenied',
        ],
        [
          'get-correct-expected-owner',
          'GetBucketCors',
          { ...vault, ExpectedBucketOwner: '$(account)' },
          '200',
          { CORSRules: [first, fallback] },
        ],
        ['delete-existing-config', 'DeleteBucketCors', vault, '204'],
      ],
    },
  },
};

export const corsRaw: RecordedCases = {
  file: 'cors_raw_replay.json',
  recorded: 'September 2026',
  cases: {
    'a rule needs a method that S3 knows, and an origin, which may be any text with one wildcard': {
      fact: 'F340',
      state: { buckets: { vault: {} } },
      calls: [
        put('admission-method-lowercase', `${origin}<AllowedMethod>get</AllowedMethod>`, '400 InvalidRequest'),
        put('admission-method-empty', `${origin}<AllowedMethod/>`, '400 InvalidRequest'),
        put('admission-method-missing', origin, '400 MalformedXML'),
        put('admission-origin-missing', get, '400 MalformedXML'),
        put(
          'admission-origin-two-wildcards',
          `<AllowedOrigin>https://*.*.example</AllowedOrigin>${get}`,
          '400 InvalidRequest',
        ),
        put('admission-origin-empty', `<AllowedOrigin/>${get}`, '200'),
        [
          'admission-origin-empty.state-after',
          'GetBucketCors',
          vault,
          '200',
          { CORSRules: [rule({ AllowedOrigins: [''] })] },
        ],
        put('admission-origin-not-url', `<AllowedOrigin>not-an-origin</AllowedOrigin>${get}`, '200'),
      ],
    },
    'a preflight may have empty parts in the list of its headers': {
      fact: 'F341',
      state: state(fallback),
      calls: [
        preflight(
          ',',
          { 'access-control-allow-origin': '*', 'access-control-allow-headers': null },
          'exact-header-empty-list',
        ),
        preflight(', X-Probe-A,,', { 'access-control-allow-headers': ', x-probe-a' }, 'exact-header-empty-list'),
      ],
    },
    'a request with an Origin is refused if it asks for a method that HTTP does not have': {
      fact: 'F343',
      state: state(first),
      calls: [
        [
          'supplement-private-get-requested-method-malformed',
          'GET /vault/k',
          { headers: { Origin: app, 'Access-Control-Request-Method': 'get' } },
          '400 BadRequest',
          {},
          { headers: none },
        ],
        [
          'supplement-private-get-requested-method-delete',
          'GET /vault/k',
          { headers: { Origin: app, 'Access-Control-Request-Method': 'DELETE' } },
          '200',
          {},
          { headers: none },
        ],
        [
          'get-public-partial-authorization',
          'GET /vault/k',
          { headers: { Origin: app, Authorization: 'AWS4-HMAC-SHA256 Credential=invalid' } },
          '400 InvalidRequest',
          {},
          { by: 'anonymous' },
        ],
      ],
    },
  },
};
