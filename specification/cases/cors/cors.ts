import { createHash } from 'node:crypto';
import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

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
const exact = {
  AllowedOrigins: [app],
  AllowedMethods: ['GET', 'PUT'],
  AllowedHeaders: ['x-probe-*', 'Content-Type'],
  ExposeHeaders: ['ETag'],
  MaxAgeSeconds: 0,
} as const;
const pattern = {
  AllowedOrigins: ['https://*.example'],
  AllowedMethods: ['GET'],
  AllowedHeaders: ['X-Probe-*'],
  ExposeHeaders: ['ETag'],
} as const;
const bare = { AllowedOrigins: [app], AllowedMethods: ['GET'] } as const;
const wild = { AllowedOrigins: ['*'], AllowedMethods: ['GET'], ExposeHeaders: ['ETag'], MaxAgeSeconds: 99 } as const;
const objects = { 'private.txt': 'private', 'public.txt': 'public' };
const state = (...CORSRules: readonly Rule[]) => ({ buckets: { vault: { objects, cors: { CORSRules } } } });

interface Rule {
  readonly AllowedOrigins: readonly [string];
  readonly AllowedMethods: readonly string[];
  readonly AllowedHeaders?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  readonly MaxAgeSeconds?: number;
}
const by = (
  { AllowedOrigins: [origin], AllowedMethods, ExposeHeaders, MaxAgeSeconds }: Rule,
  headers: string | null = null,
  asked: string = origin,
) => ({
  'access-control-allow-origin': asked,
  'access-control-allow-methods': AllowedMethods.join(', '),
  'access-control-allow-headers': headers,
  'access-control-expose-headers': ExposeHeaders?.join(', ') ?? null,
  'access-control-max-age': MaxAgeSeconds === undefined ? null : `${MaxAgeSeconds}`,
  'access-control-allow-credentials': origin === '*' ? null : 'true',
  vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
});
const none = Object.fromEntries(Object.keys(by(fallback)).map((name) => [name, null]));

const kept = (label: string, one: object): readonly RecordedCall[] => [
  [label, 'PutBucketCors', rules(one), '200'],
  [`${label}.state-after`, 'GetBucketCors', vault, '200', { CORSRules: [one] }],
];
const md5 = (text: string) => createHash('md5').update(text).digest('base64');
const putDocument = (
  label: string,
  body: string,
  answer: string,
  headers: Readonly<Record<string, string>> = { 'Content-MD5': md5(body) },
  members: object = {},
): RecordedCall => [label, 'PUT /vault?cors', { body, headers }, answer, members, { headers: none }];
const document = (content: string) => `<CORSConfiguration>${content}</CORSConfiguration>`;
const put = (label: string, content: string, answer: string) =>
  putDocument(label, document(`<CORSRule>${content}</CORSRule>`), answer);
const origin = `<AllowedOrigin>${app}</AllowedOrigin>`;
const get = '<AllowedMethod>GET</AllowedMethod>';
const replacement = document(
  `<CORSRule><ID>replacement</ID><AllowedOrigin>https://replacement.example</AllowedOrigin>${get}</CORSRule>`,
);
const zeros = 'AAAAAAAAAAAAAAAAAAAAAA==';
const padded = (length: number) => {
  const rest = document(`<CORSRule>${origin}${get}</CORSRule>`);
  return rest.replace('</CORSConfiguration>', `${' '.repeat(length - rest.length)}$&`);
};
const preflight = (
  label: string,
  [Origin, method, requested]: readonly [origin?: string, method?: string, headers?: string],
  headers: Readonly<Record<string, string | null>>,
  answer = '200',
  members: object = {},
  path = '/vault/private.txt',
): RecordedCall => [
  label,
  `OPTIONS ${path}`,
  {
    headers: {
      ...(Origin !== undefined && { Origin }),
      ...(method !== undefined && { 'Access-Control-Request-Method': method }),
      ...(requested !== undefined && { 'Access-Control-Request-Headers': requested }),
    },
  },
  answer,
  members,
  { by: 'anonymous', headers },
];
const forbidden = (
  label: string,
  asked: readonly [origin?: string, method?: string, headers?: string],
  ResourceType = 'OBJECT',
  path?: string,
) => preflight(label, asked, none, '403 AccessForbidden', { Method: asked[1] || 'OPTIONS', ResourceType }, path);
const bad = (label: string, ...asked: readonly [origin?: string, method?: string, headers?: string]) =>
  preflight(label, asked, none, '400 BadRequest');
const actual = (
  label: string,
  line: string,
  answer: string,
  headers: Readonly<Record<string, string | null>>,
  { by, ...sent }: { readonly by?: 'anonymous' } & Readonly<Record<string, string>> = {},
): RecordedCall => [
  label,
  line,
  { headers: { Origin: app, ...sent } },
  answer,
  {},
  { headers, ...(by !== undefined && { by }) },
];
const nobody = { by: 'anonymous' } as const;

export const cors: RecordedCases = {
  file: 'cors_replay.json',
  recorded: 'September 2026',
  cases: {
    'a CORS rule is stored with an ID of any length and with a negative MaxAgeSeconds': {
      fact: 'F340',
      state: { buckets: { vault: {} } },
      calls: [
        ...kept('supplement-admission-id-1024', rule({ ID: 'i'.repeat(1024) })),
        ...kept('supplement-admission-id-1025', rule({ ID: 'i'.repeat(1025) })),
        ...kept('admission-max-age-negative', rule({ MaxAgeSeconds: -1 })),
        ...kept('wildcard-first-config', rule({ AllowedOrigins: ['*'], AllowedHeaders: ['*'], MaxAgeSeconds: 99 })),
        ...kept('admission-origin-null', rule({ AllowedOrigins: ['null'] })),
        ...kept('admission-header-empty', rule({ AllowedHeaders: [''] })),
        ...kept(
          'admission-duplicate-values',
          rule({
            ID: '',
            AllowedOrigins: [app, app],
            AllowedMethods: ['GET', 'GET'],
            AllowedHeaders: ['X-Probe', 'X-Probe'],
            ExposeHeaders: ['ETag', 'ETag'],
            MaxAgeSeconds: 0,
          }),
        ),
        ['admission-duplicate-id', 'PutBucketCors', rules(rule({ ID: 'same' }), rule({ ID: 'same' })), '200'],
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
    'a request for CORS that expects another owner is denied and changes nothing': {
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
    'a CORS rule needs a method that S3 knows, and an origin, which may be any text with at most one wildcard': {
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
        put('admission-method-options', `${origin}<AllowedMethod>OPTIONS</AllowedMethod>`, '400 InvalidRequest'),
        put(
          'admission-header-two-wildcards',
          `${origin}${get}<AllowedHeader>x-*-*</AllowedHeader>`,
          '400 InvalidRequest',
        ),
        put(
          'admission-header-spaces',
          `${origin}${get}<AllowedHeader>not a header</AllowedHeader>`,
          '400 InvalidRequest',
        ),
        put('admission-expose-wildcard', `${origin}${get}<ExposeHeader>*</ExposeHeader>`, '400 InvalidRequest'),
        put('supplement-admission-expose-empty', `${origin}${get}<ExposeHeader/>`, '200'),
        put('admission-empty-rule', '', '400 MalformedXML'),
        put(
          'admission-duplicate-max-age',
          `${origin}${get}<MaxAgeSeconds>1</MaxAgeSeconds><MaxAgeSeconds>2</MaxAgeSeconds>`,
          '400 MalformedXML',
        ),
        put('supplement-admission-id-duplicate-scalar', `<ID>one</ID>${origin}${get}<ID>two</ID>`, '400 MalformedXML'),
        put('admission-unknown-element', `${origin}${get}<Unknown>value</Unknown>`, '400 MalformedXML'),
        put('admission-noninteger-max-age', `${origin}${get}<MaxAgeSeconds>one</MaxAgeSeconds>`, '400 MalformedXML'),
        [
          'supplement-admission-expose-empty.state-after',
          'GetBucketCors',
          vault,
          '200',
          { CORSRules: [rule({ ExposeHeaders: [''] })] },
        ],
      ],
    },
    'a CORS document has at most 64 KB and needs a correct digest': {
      fact: 'F340',
      state: { buckets: { vault: {} } },
      calls: [
        putDocument('admission-xml-65536', padded(65536), '200'),
        putDocument('admission-xml-65537', padded(65537), '400 MaxMessageLengthExceeded', undefined, {
          MaxMessageLengthBytes: '65536',
        }),
        putDocument('admission-empty-config', document(''), '400 MalformedXML'),
        putDocument('checksum-no-md5', replacement, '400 InvalidRequest', {}),
        putDocument(
          'checksum-bad-md5',
          replacement,
          '400 BadDigest',
          { 'Content-MD5': zeros },
          { ExpectedDigest: zeros, CalculatedDigest: md5(replacement) },
        ),
        putDocument(
          'checksum-malformed-md5',
          replacement,
          '400 InvalidDigest',
          { 'Content-MD5': 'invalid-base64' },
          { 'Content-MD5': 'invalid-base64' },
        ),
        putDocument('checksum-algorithm-missing-value', replacement, '400 InvalidRequest', {
          'x-amz-sdk-checksum-algorithm': 'SHA256',
        }),
        putDocument('checksum-sha256-correct', replacement, '200', {
          'x-amz-sdk-checksum-algorithm': 'SHA256',
          'x-amz-checksum-sha256': createHash('sha256').update(replacement).digest('base64'),
        }),
      ],
    },
    'a preflight is refused for a bucket without a CORS configuration and for a missing bucket': {
      fact: 'F341',
      state: { buckets: { vault: { objects } } },
      calls: [
        ['missing-config', 'GetBucketCors', vault, '404 NoSuchCORSConfiguration', { BucketName: 'vault' }],
        ['delete-missing-config', 'DeleteBucketCors', vault, '204'],
        forbidden('options-without-config', [app, 'GET'], 'BUCKET'),
        forbidden('options-missing-bucket', [app, 'GET'], 'BUCKET', '/absent/private.txt'),
        actual('public-get-after-delete', 'GET /vault/private.txt', '200', none),
      ],
    },
    'the first CORS rule that allows the origin, the method and all headers applies': {
      fact: 'F342',
      state: state(first, fallback),
      calls: [
        preflight('first-match-existing', [app, 'GET'], by(first)),
        preflight('first-match-missing-object', [app, 'GET'], by(first), '200', {}, '/vault/missing.txt'),
        preflight('first-match-bucket-root', [app, 'GET'], by(first), '200', {}, '/vault/'),
        preflight(
          'first-match-headers-case-list',
          [app, 'GET', 'X-Probe-Z, content-type, X-Probe-A'],
          by(first, 'x-probe-z, content-type, x-probe-a'),
        ),
        preflight(
          'first-match-headers-duplicates',
          [app, 'GET', 'X-Probe-Z, x-probe-z'],
          by(first, 'x-probe-z, x-probe-z'),
        ),
        preflight('fallback-when-first-headers-fail', [app, 'GET', 'X-Other'], by(fallback, 'x-other')),
        preflight('fallback-when-first-method-fails', [app, 'DELETE'], by(fallback)),
        preflight('fallback-when-first-origin-fails', ['https://elsewhere.example', 'GET'], by(fallback)),
        preflight('method-head', [app, 'HEAD'], by(first)),
        preflight('origin-null', ['null', 'GET'], by(fallback)),
        preflight('origin-malformed-with-wildcard', ['not an origin', 'GET'], by(fallback)),
        preflight('origin-multiple', [`${app} https://other.example`, 'GET'], by(fallback)),
        preflight('request-headers-empty', [app, 'GET', ''], by(first)),
        preflight(
          'partial-signature-query',
          [app, 'GET'],
          by(first),
          '200',
          {},
          '/vault/private.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256',
        ),
      ],
    },
    'a preflight needs an origin, a method of HTTP and valid names of headers': {
      fact: 'F341',
      state: state(first, fallback),
      calls: [
        bad('method-lowercase-preflight', app, 'get'),
        forbidden('method-unsupported-preflight', [app, 'PATCH']),
        bad('origin-missing', undefined, 'GET'),
        bad('origin-empty', '', 'GET'),
        forbidden('request-method-missing', [app]),
        forbidden('request-method-empty', [app, '']),
        bad('request-method-multiple', app, 'GET, PUT'),
        bad('request-headers-malformed-token', app, 'GET', 'Bad Header'),
        preflight('request-headers-empty-list-items', [app, 'GET', ', X-Probe-A,,'], by(fallback, ', x-probe-a')),
      ],
    },
    'CORS compares origins as a whole and with case, and headers without case': {
      fact: 'F342',
      state: state(exact),
      calls: [
        forbidden('exact-origin-mismatch', ['https://other.example', 'GET']),
        forbidden('exact-origin-case-mismatch', ['https://APP.example', 'GET']),
        forbidden('exact-origin-trailing-slash', [`${app}/`, 'GET']),
        forbidden('exact-header-mismatch', [app, 'GET', 'X-Other']),
        preflight(
          'exact-headers-mixed-case',
          [app, 'GET', 'X-PrObE-ABC, CONTENT-TYPE'],
          by(exact, 'x-probe-abc, content-type'),
        ),
        preflight(
          'exact-headers-no-space-list',
          [app, 'GET', 'Content-Type,X-Probe-B'],
          by(exact, 'content-type, x-probe-b'),
        ),
        preflight('exact-header-empty-list', [app, 'GET', ','], by(exact)),
        forbidden('exact-head-not-get', [app, 'HEAD']),
        preflight('exact-maxage-zero', [app, 'GET'], by(exact)),
      ],
    },
    'the wildcard of an allowed origin stands for any text, also for none': {
      fact: 'F342',
      state: state(pattern),
      calls: [
        preflight(
          'origin-pattern-match',
          ['https://a.example', 'GET', 'x-probe-z'],
          by(pattern, 'x-probe-z', 'https://a.example'),
        ),
        ...['https://a.b.example', 'https://.example'].map((one, at) =>
          preflight(`origin-pattern-${at === 0 ? 'deep' : 'empty'}-match`, [one, 'GET'], by(pattern, null, one)),
        ),
        forbidden('origin-pattern-case', ['https://A.EXAMPLE', 'GET']),
        forbidden('origin-pattern-prefix-mismatch', ['http://a.example', 'GET']),
        forbidden('origin-pattern-suffix-mismatch', ['https://a.example.evil', 'GET']),
      ],
    },
    'a minimal CORS rule adds few headers, and a rule for any origin comes before an exact rule that follows it': {
      fact: 'F342',
      state: { buckets: { ...state(bare).buckets, wild: { cors: { CORSRules: [wild, exact] } } } },
      calls: [
        preflight('supplement-no-optionals-preflight', [app, 'GET'], by(bare)),
        forbidden('supplement-no-optionals-header-denied', [app, 'GET', 'X-Probe-One']),
        preflight('wildcard-first-over-exact', [app, 'GET'], by(wild), '200', {}, '/wild/private.txt'),
      ],
    },
    'each answer to a request with an Origin has the headers of its CORS rule, also a refusal': {
      fact: 'F343',
      state: {
        buckets: {
          vault: {
            ...state(first, fallback).buckets.vault,
            publicAccessBlock: { BlockPublicPolicy: false, RestrictPublicBuckets: false },
            policy: {
              Statement: [
                { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/public.txt' },
              ],
            },
          },
        },
      },
      calls: [
        actual('public-get', 'GET /vault/public.txt', '200', by(first), nobody),
        actual('private-anonymous-denied', 'GET /vault/private.txt', '403 AccessDenied', by(first), nobody),
        actual('private-signed', 'GET /vault/private.txt', '200', by(first)),
        actual('missing-signed', 'GET /vault/missing.txt', '404 NoSuchKey', by(first)),
        actual('missing-anonymous', 'GET /vault/missing.txt', '403 AccessDenied', by(first), nobody),
        ['public-no-origin', 'GET /vault/public.txt', {}, '200', {}, { headers: none }],
        actual('public-wildcard-origin', 'GET /vault/public.txt', '200', by(fallback), {
          ...nobody,
          Origin: 'https://other.example',
        }),
        actual('public-head', 'HEAD /vault/public.txt', '200', by(first), nobody),
        actual('supplement-private-head-anonymous-denied', 'HEAD /vault/private.txt', '403', by(first), nobody),
        actual('put-anonymous-denied', 'PUT /vault/upload.txt', '403 AccessDenied', by(first), nobody),
        actual('put-signed-allowed', 'PUT /vault/upload.txt', '200', by(first), { 'X-Probe-A': 'one' }),
        actual(
          'get-public-partial-query',
          'GET /vault/public.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256',
          '400 AuthorizationQueryParametersError',
          by(first),
          nobody,
        ),
        actual('get-public-partial-authorization', 'GET /vault/public.txt', '400 InvalidRequest', by(first), {
          ...nobody,
          Authorization: 'AWS4-HMAC-SHA256 Credential=invalid',
        }),
        actual('supplement-getcors-anonymous', 'GET /vault?cors', '403 AccessDenied', by(first), nobody),
        actual('supplement-getcors-signed', 'GET /vault?cors', '200', by(first)),
      ],
    },
    'CORS compares the method and headers that a request asks for, not those that it has': {
      fact: 'F343',
      state: state(first),
      calls: [
        actual('supplement-private-get-extra-header', 'GET /vault/private.txt', '200', by(first), {
          'X-Other': 'value',
        }),
        actual('supplement-private-get-requested-header-denied', 'GET /vault/private.txt', '200', none, {
          'Access-Control-Request-Headers': 'X-Other',
        }),
        actual(
          'supplement-private-get-requested-header-allowed',
          'GET /vault/private.txt',
          '200',
          by(first, 'x-probe-one'),
          { 'Access-Control-Request-Headers': 'X-Probe-One' },
        ),
        actual('supplement-private-get-requested-method-delete', 'GET /vault/private.txt', '200', none, {
          'Access-Control-Request-Method': 'DELETE',
        }),
        actual('supplement-private-get-requested-method-malformed', 'GET /vault/private.txt', '400 BadRequest', none, {
          'Access-Control-Request-Method': 'get',
        }),
        actual('public-get-unmatched-origin', 'GET /vault/private.txt', '200', none, {
          Origin: 'https://other.example',
        }),
        actual('private-denied-unmatched-origin', 'GET /vault/private.txt', '403 AccessDenied', none, {
          ...nobody,
          Origin: 'https://other.example',
        }),
      ],
    },
  },
};
