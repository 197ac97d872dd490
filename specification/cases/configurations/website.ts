import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const vault = { Bucket: 'vault' };
const index = { IndexDocument: { Suffix: 'index.html' } };
const state = { buckets: { vault: {} } };
const kept = (label: string, rule: object): readonly RecordedCall[] => [
  [label, 'PutBucketWebsite', { ...vault, WebsiteConfiguration: { ...index, RoutingRules: [rule] } }, '200'],
  [
    `${label} retained`,
    'GetBucketWebsite',
    vault,
    '200',
    { ...index, RoutingRules: [rule] },
    { absent: ['ErrorDocument', 'RedirectAllRequestsTo'] },
  ],
];

export const websiteRules: RecordedCases = {
  file: 'website_rules_replay.json',
  recorded: 'September 2026',
  cases: {
    'a routing rule is stored as it was put, even with an empty redirect': {
      fact: 'F350',
      state,
      calls: [
        ...kept('empty redirect', { Redirect: {} }),
        ...kept('replacement and status', { Redirect: { ReplaceKeyWith: 'dest', HttpRedirectCode: '301' } }),
        ...kept('replacement only', { Redirect: { ReplaceKeyWith: 'dest' } }),
        ...kept('prefix only', {
          Redirect: { ReplaceKeyPrefixWith: 'new/' },
          Condition: { KeyPrefixEquals: 'old/' },
        }),
        ...kept('host and replacement', { Redirect: { HostName: 'example.com', ReplaceKeyWith: 'dest' } }),
        ...kept('protocol and replacement', { Redirect: { Protocol: 'https', ReplaceKeyWith: 'dest' } }),
        ...kept('host only', { Redirect: { HostName: 'example.com' } }),
      ],
    },
  },
};

const suffix = '<IndexDocument><Suffix>index.html</Suffix></IndexDocument>';
const put = (label: string, content: string, answer: string, members: object = {}): RecordedCall => [
  label,
  'PUT /vault?website',
  { body: `<WebsiteConfiguration>${content}</WebsiteConfiguration>` },
  answer,
  members,
];
const rule = (label: string, redirect: string, answer: string, condition = '') =>
  put(
    label,
    `${suffix}<RoutingRules><RoutingRule>${condition}<Redirect>${redirect}</Redirect></RoutingRule></RoutingRules>`,
    answer,
  );
const redirectAll = (label: string, content: string, answer: string) =>
  put(label, `<RedirectAllRequestsTo>${content}</RedirectAllRequestsTo>`, answer);
const host = (name: string) => `<HostName>${name}</HostName>`;
const dest = '<ReplaceKeyWith>dest</ReplaceKeyWith>';
const status = (code: string, answer: string) =>
  rule(`redirect status ${code}`, `${dest}<HttpRedirectCode>${code}</HttpRedirectCode>`, answer);
const errorCode = (code: string, answer: string) =>
  rule(
    `condition status ${code}`,
    dest,
    answer,
    `<Condition><HttpErrorCodeReturnedEquals>${code}</HttpErrorCodeReturnedEquals></Condition>`,
  );
const argument = (ArgumentName: string, ArgumentValue: string) => ({ ArgumentName, ArgumentValue });
const invalid = '400 InvalidRequest';
const malformed = '400 MalformedXML';
const baseline: RecordedCall = [
  'restore baseline before raw validations',
  'PutBucketWebsite',
  { ...vault, WebsiteConfiguration: index },
  '200',
];
const after: RecordedCall = [
  'state after',
  'GetBucketWebsite',
  vault,
  '200',
  index,
  { absent: ['ErrorDocument', 'RedirectAllRequestsTo', 'RoutingRules'] },
];

export const websiteAdmission: RecordedCases = {
  file: 'website_admission_replay.json',
  recorded: 'September 2026',
  cases: {
    'a wrong website configuration is refused, and changes nothing': {
      fact: 'F350',
      state,
      calls: [
        baseline,
        put('empty config', '', '400 InvalidArgument', argument('IndexDocument', 'null')),
        put(
          'error only',
          '<ErrorDocument><Key>error.html</Key></ErrorDocument>',
          '400 InvalidArgument',
          argument('IndexDocument', 'null'),
        ),
        put('index empty', '<IndexDocument/>', malformed),
        put(
          'suffix empty',
          '<IndexDocument><Suffix/></IndexDocument>',
          '400 InvalidArgument',
          argument('IndexDocument', ''),
        ),
        put(
          'suffix slash',
          '<IndexDocument><Suffix>dir/index.html</Suffix></IndexDocument>',
          '400 InvalidArgument',
          argument('IndexDocument', 'dir/index.html'),
        ),
        put(
          'error empty',
          `${suffix}<ErrorDocument><Key/></ErrorDocument>`,
          '400 InvalidArgument',
          argument('ErrorDocument', ''),
        ),
        redirectAll('redirect all missing host', '<Protocol>https</Protocol>', malformed),
        redirectAll('redirect all empty host', '<HostName/>', invalid),
        put(
          'redirect all exclusive index',
          `<RedirectAllRequestsTo>${host('example.com')}</RedirectAllRequestsTo>${suffix}`,
          '400 InvalidArgument',
          argument('RedirectAllRequestsTo', 'not null'),
        ),
        redirectAll('redirect all bad protocol', `${host('example.com')}<Protocol>ftp</Protocol>`, invalid),
        redirectAll('redirect all uppercase protocol', `${host('example.com')}<Protocol>HTTPS</Protocol>`, invalid),
        put(
          'routing rule missing redirect',
          `${suffix}<RoutingRules><RoutingRule><Condition><KeyPrefixEquals>old/</KeyPrefixEquals></Condition></RoutingRule></RoutingRules>`,
          malformed,
        ),
        rule('routing empty condition', dest, invalid, '<Condition/>'),
        rule(
          'routing exclusive replacement',
          '<ReplaceKeyWith>x</ReplaceKeyWith><ReplaceKeyPrefixWith>y</ReplaceKeyPrefixWith>',
          invalid,
          '<Condition><KeyPrefixEquals>old/</KeyPrefixEquals></Condition>',
        ),
        rule('routing invalid protocol', '<Protocol>ftp</Protocol>', invalid),
        ...['200', '299', '300', '399', '400'].map((code) => status(code, invalid)),
        status('abc', malformed),
        ...['200', '399', '599', '600'].map((code) => errorCode(code, invalid)),
        errorCode('abc', malformed),
        after,
      ],
    },
    'a website accepts an empty redirect, each status of a redirect and any host': {
      fact: 'F350',
      state,
      calls: [
        rule('routing empty redirect', '', '200'),
        ...['301', '302', '303', '304', '307', '308'].map((code) => status(code, '200')),
        ...['400', '403', '404'].map((code) => errorCode(code, '200')),
        ...['https://example.com/path', 'example.com:8080', 'bad host', 'example.com/path'].map((name) =>
          redirectAll(`redirect all host validation '${name}'`, host(name), '200'),
        ),
      ],
    },
  },
};

const replaced = (
  label: string,
  WebsiteConfiguration: object,
  ...absent: readonly string[]
): readonly RecordedCall[] => [
  [label, 'PutBucketWebsite', { ...vault, WebsiteConfiguration }, '200'],
  [`${label} retained`, 'GetBucketWebsite', vault, '200', WebsiteConfiguration, { absent }],
];
const missing: RecordedCall = ['initial website absent', 'GetBucketWebsite', vault, '404 NoSuchWebsiteConfiguration'];
const first = {
  Condition: { KeyPrefixEquals: 'old/' },
  Redirect: { HttpRedirectCode: '302', ReplaceKeyPrefixWith: 'first/' },
};
const second = {
  Condition: { KeyPrefixEquals: 'old/' },
  Redirect: { HostName: 'example.com', HttpRedirectCode: '307', Protocol: 'https', ReplaceKeyWith: 'second.html' },
};
const location = '/dest%20space?from=obj&x=%2F#anchor';

export const websiteHttp: RecordedCases = {
  file: 'website_http_replay.json',
  recorded: 'September 2026',
  cases: {
    'a website configuration is replaced as a whole, and deleting it again succeeds': {
      fact: 'F350',
      state,
      calls: [
        missing,
        ['delete absent website first', 'DeleteBucketWebsite', vault, '204'],
        ...replaced(
          'index and custom error configuration',
          { ...index, ErrorDocument: { Key: 'error.html' } },
          ...['RedirectAllRequestsTo', 'RoutingRules'],
        ),
        ...replaced(
          'replacement clears error and switches index',
          { IndexDocument: { Suffix: 'home.htm' } },
          ...['ErrorDocument', 'RedirectAllRequestsTo', 'RoutingRules'],
        ),
        ...replaced(
          'redirect all without protocol',
          { RedirectAllRequestsTo: { HostName: 'example.com' } },
          ...['IndexDocument', 'ErrorDocument', 'RoutingRules'],
        ),
        ...replaced('redirect all https', { RedirectAllRequestsTo: { HostName: 'example.com', Protocol: 'https' } }),
        ...replaced('ordered routing first prefix', { ...index, RoutingRules: [first, second] }),
        ...replaced('ordered routing reversed', { ...index, RoutingRules: [second, first] }),
        ...replaced('combined prefix AND 404 and 403', {
          ...index,
          ErrorDocument: { Key: 'error.html' },
          RoutingRules: [
            { ...first, Condition: { HttpErrorCodeReturnedEquals: '404', KeyPrefixEquals: 'old/' } },
            { Condition: { HttpErrorCodeReturnedEquals: '403' }, Redirect: { ReplaceKeyWith: 'denied.html' } },
          ],
        }),
        ...replaced('unconditional replacement escaped', {
          ...index,
          RoutingRules: [{ Redirect: { ReplaceKeyWith: 'target space+%/a?x=2#frag' } }],
        }),
        ['delete configured website', 'DeleteBucketWebsite', vault, '204'],
        missing,
        ['repeat delete configured website', 'DeleteBucketWebsite', vault, '204'],
      ],
    },
    'the REST endpoint does not redirect as a website does': {
      fact: 'F214',
      state: { buckets: { vault: { website: index } } },
      calls: [
        [
          'redirect fixture redirect-relative',
          'PutObject',
          { ...vault, Key: 'redirect-relative', Body: 'content', WebsiteRedirectLocation: location },
          '200',
        ],
        [
          'REST comparison True /redirect-relative',
          'GET /vault/redirect-relative',
          {},
          '200',
          {},
          { headers: { 'x-amz-website-redirect-location': location, location: null } },
        ],
        [
          'REST comparison True /missing',
          'GET /vault/missing',
          {},
          '404 NoSuchKey',
          {},
          { headers: { location: null } },
        ],
        [
          'REST comparison False /missing',
          'GET /vault/missing',
          {},
          '403 AccessDenied',
          {},
          { by: 'anonymous', headers: { location: null } },
        ],
      ],
    },
  },
};
