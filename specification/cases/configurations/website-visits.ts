import type { RecordedCall, RecordedCases, RecordedDetails } from '../../../src/facts/case';

const host = 'vault.s3-website-us-east-1.amazonaws.com';
const index = { IndexDocument: { Suffix: 'index.html' } };
const withErrors = { ...index, ErrorDocument: { Key: 'error.html' } };
const relative = '/dest%20space?from=obj&x=%2F#anchor';
const absolute = 'https://example.com/a%2Fb?q=%2F+plus#frag';
const html = (body: string) => ({ body, contentType: 'text/html' });
const plain = (body: string) => ({ body, contentType: 'text/plain' });
const resource = (path: string) => `arn:aws:s3:::vault/${path}`;

/** Anybody may read all but what is private. */
const policy = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: resource('*') },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: resource('private/*'),
      Condition: { Null: { 'aws:PrincipalArn': 'true' } },
    },
  ],
} as const;

const objects = {
  'index.html': html('ROOT INDEX\n'),
  'error.html': html('CUSTOM ERROR\n'),
  'docs/index.html': html('DOCS INDEX\n'),
  both: plain('EXACT OBJECT\n'),
  'both/index.html': html('BOTH INDEX\n'),
  'both/': plain('SLASH OBJECT\n'),
  'private/secret.txt': plain('HARMLESS PRIVATE\n'),
  'private/error.html': html('PRIVATE ERROR\n'),
  'private/index.html': html('PRIVATE INDEX\n'),
  'old/existing.txt': plain('OLD EXISTS\n'),
  'a b+%/index.html': html('ESCAPED INDEX\n'),
  'space name+percent%.txt': plain('ESCAPED OBJECT\n'),
  'home.htm': plain('REPLACED INDEX\n'),
  'redirect-relative': { body: 'REST REDIRECT CONTENT\n', headers: { 'x-amz-website-redirect-location': relative } },
  'redirect-absolute': { body: 'REST REDIRECT CONTENT\n', headers: { 'x-amz-website-redirect-location': absolute } },
};

const publicAccessBlock = {
  BlockPublicAcls: true,
  BlockPublicPolicy: false,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: false,
};

const site = (website: object) => ({ buckets: { vault: { website, policy, objects, publicAccessBlock } } }) as object;

const page = 'text/html; charset=utf-8';

const visit = (
  label: string,
  line: string,
  answer: string,
  output: object,
  headers: RecordedDetails['headers'],
  more: object = {},
): RecordedCall => [
  label,
  line,
  { host, secure: false, ...more },
  answer,
  output,
  { by: 'anonymous', ...(headers && { headers }) },
];

const base = (line: string, answer: string, output: object, headers: RecordedDetails['headers']) =>
  visit(`base ${line}`, line, answer, output, headers);

const served = (line: string, Body: string, type: string) =>
  base(line, '200', { Body }, { 'content-type': type, location: null });

const items = (...li: readonly string[]) => ({ body: { ul: { li: [...li, '$(any)', '$(any)'] } } });

/** Beside its code a page of S3 has a message, the key that is missing, and two ids. */
const missing = (key: string) => items('Code: NoSuchKey', '$(any)', `Key: ${key}`);

const found = (path: string) =>
  [items('Code: Found', '$(any)'), { 'x-amz-error-code': 'Found', location: path, 'content-type': page }] as const;

const noSuchKey = (key: string) => ({
  'x-amz-error-code': 'NoSuchKey',
  'x-amz-error-detail-key': key,
  'content-type': 'text/html',
  location: null,
});

const denied = { 'x-amz-error-code': 'AccessDenied', 'content-type': 'text/html', location: null };

const empty = { Body: '' };

const redirects = (label: string, line: string, answer: string, location: string) =>
  visit(label, line, answer, empty, { location });

const put = (label: string, WebsiteConfiguration: object): RecordedCall => [
  label,
  'PutBucketWebsite',
  { Bucket: 'vault', WebsiteConfiguration },
  '200',
];

const notAllowed = (label: string, line: string) =>
  visit(label, line, '405', items('Code: MethodNotAllowed', '$(any)', '$(any)', '$(any)'), {
    allow: 'GET, HEAD, OPTIONS',
    'content-type': page,
    location: null,
  });

const unconfigured = items('Code: NoSuchWebsiteConfiguration', '$(any)', '$(any)');

const first = {
  Condition: { KeyPrefixEquals: 'old/' },
  Redirect: { HttpRedirectCode: '302', ReplaceKeyPrefixWith: 'first/' },
};
const second = {
  Condition: { KeyPrefixEquals: 'old/' },
  Redirect: { HostName: 'example.com', HttpRedirectCode: '307', Protocol: 'https', ReplaceKeyWith: 'second.html' },
};

export const websiteVisits: RecordedCases = {
  file: 'website_http_replay.json',
  recorded: 'September 2026',
  cases: {
    'a website answers a folder with its index document, and redirects a folder without its slash': {
      fact: 'F1801',
      state: site(withErrors),
      calls: [
        served('GET /', 'ROOT INDEX\n', 'text/html'),
        served('GET /docs/', 'DOCS INDEX\n', 'text/html'),
        base('GET /docs', '302', ...found('/docs/')),
        base('GET /docs?x=1&x=2&slash=%2F', '302', ...found('/docs/')),
        served('GET /both', 'EXACT OBJECT\n', 'text/plain'),
        served('GET /both/', 'BOTH INDEX\n', 'text/html'),
        served('GET /both/index.html', 'BOTH INDEX\n', 'text/html'),
        served('GET /space%20name%2Bpercent%25.txt', 'ESCAPED OBJECT\n', 'text/plain'),
        base('GET /a%20b%2B%25', '302', ...found('/a b+%25/')),
        served('GET /a%20b%2B%25/?q=a+b%2Fc', 'ESCAPED INDEX\n', 'text/html'),
        base('HEAD /', '200', empty, { 'content-type': 'text/html', location: null }),
        base('HEAD /docs', '302', empty, { 'x-amz-error-code': 'Found', location: '/docs/' }),
      ],
    },
    'a website needs a configuration, and answers GET, HEAD and OPTIONS to anybody, whatever the query and the signature say':
      {
        fact: 'F1800',
        state: site(withErrors),
        calls: [
          served('GET /?website', 'ROOT INDEX\n', 'text/html'),
          served('GET /?list-type=2', 'ROOT INDEX\n', 'text/html'),
          notAllowed('unsupported method POST', 'POST /index.html'),
          notAllowed('unsupported method PUT', 'PUT /index.html'),
          notAllowed('unsupported method DELETE', 'DELETE /index.html'),
          notAllowed('unsupported method PATCH', 'PATCH /index.html'),
          visit('unsupported method OPTIONS', 'OPTIONS /index.html', '400', items('Code: BadRequest', '$(any)'), {
            'content-type': page,
            location: null,
          }),
          [
            'signed website no REST authority /private/secret.txt',
            'GET /private/secret.txt',
            { host, secure: false },
            '403',
            { Body: 'CUSTOM ERROR\n' },
            { headers: denied },
          ],
          [
            'signed website no REST authority /?list-type=2',
            'GET /?list-type=2',
            { host, secure: false },
            '200',
            { Body: 'ROOT INDEX\n' },
          ],
          ['delete configured website', 'DeleteBucketWebsite', { Bucket: 'vault' }, '204'],
          visit('website after delete', 'GET /', '404', unconfigured, { 'content-type': page, location: null }),
        ],
      },
    'an error document keeps the status of the error, and the page of S3 says why it cannot be read': {
      fact: 'F1802',
      state: site(withErrors),
      calls: [
        base('GET /missing', '404', { Body: 'CUSTOM ERROR\n' }, noSuchKey('missing')),
        base('GET /missing/', '404', { Body: 'CUSTOM ERROR\n' }, noSuchKey('missing/index.html')),
        base('GET /private/secret.txt', '403', { Body: 'CUSTOM ERROR\n' }, denied),
        base('GET /private/', '403', { Body: 'CUSTOM ERROR\n' }, denied),
        base('HEAD /missing', '404', empty, {
          'x-amz-error-code': 'NoSuchKey',
          'x-amz-error-detail-key': 'missing',
          location: null,
        }),
        base('HEAD /private/secret.txt', '403', empty, { 'x-amz-error-code': 'AccessDenied', location: null }),
        put('custom error missing', { ...index, ErrorDocument: { Key: 'not-present-error.html' } }),
        visit(
          'missing custom error /missing',
          'GET /missing',
          '404',
          {
            body: {
              ul: [
                { li: ['Code: NoSuchKey', '$(any)', 'Key: missing', '$(any)', '$(any)'] },
                { li: ['Code: NoSuchKey', '$(any)', 'Key: not-present-error.html'] },
              ],
            },
          },
          { 'content-type': page, location: null },
        ),
        visit(
          'missing custom error /private/secret.txt',
          'GET /private/secret.txt',
          '403',
          {
            body: {
              ul: [
                { li: ['Code: AccessDenied', '$(any)', '$(any)', '$(any)'] },
                { li: ['Code: NoSuchKey', '$(any)', 'Key: not-present-error.html'] },
              ],
            },
          },
          { 'content-type': page, location: null },
        ),
        put('custom error denied', { ...index, ErrorDocument: { Key: 'private/error.html' } }),
        visit(
          'denied custom error /missing',
          'GET /missing',
          '404',
          {
            body: {
              ul: [
                { li: ['Code: NoSuchKey', '$(any)', 'Key: missing', '$(any)', '$(any)'] },
                { li: ['Code: AccessDenied', '$(any)'] },
              ],
            },
          },
          { 'content-type': page, location: null },
        ),
        put('replacement clears error and switches index', { IndexDocument: { Suffix: 'home.htm' } }),
        visit('replacement /', 'GET /', '200', { Body: 'REPLACED INDEX\n' }, { 'content-type': 'text/plain' }),
        visit('replacement /missing', 'GET /missing', '404', missing('missing'), { 'content-type': page }),
        visit('replacement /docs/', 'GET /docs/', '404', missing('docs/home.htm'), { 'content-type': page }),
      ],
    },
    'a website redirects all requests, and an object of a website redirects its visitors': {
      fact: 'F1803',
      state: site(withErrors),
      calls: [
        redirects(
          'base GET /redirect-relative?incoming=1',
          'GET /redirect-relative?incoming=1',
          '301',
          '/dest%20space?from=obj&x=%2F#anchor',
        ),
        redirects('base GET /redirect-absolute?incoming=1', 'GET /redirect-absolute?incoming=1', '301', absolute),
        redirects('base HEAD /redirect-relative', 'HEAD /redirect-relative', '301', relative),
        put('redirect all without protocol', { RedirectAllRequestsTo: { HostName: 'example.com' } }),
        redirects('redirect all preserve /', 'GET /', '301', 'http://example.com/'),
        redirects(
          'redirect all preserve /private/secret.txt',
          'GET /private/secret.txt',
          '301',
          'http://example.com/private/secret.txt',
        ),
        redirects(
          'redirect all preserve /docs?x=%2F&x=a+b',
          'GET /docs?x=%2F&x=a+b',
          '301',
          'http://example.com/docs?x=%2F&x=a+b',
        ),
        redirects(
          'redirect all preserve /a%20b%2Bc%25?q=%23',
          'GET /a%20b%2Bc%25?q=%23',
          '301',
          'http://example.com/a%20b%2Bc%25?q=%23',
        ),
        redirects('redirect all HEAD', 'HEAD /docs?q=1', '301', 'http://example.com/docs?q=1'),
        notAllowed('redirect all unsupported POST', 'POST /docs?q=1'),
        put('redirect all https', { RedirectAllRequestsTo: { HostName: 'example.com', Protocol: 'https' } }),
        redirects(
          'redirect all https escaped',
          'GET /a%2Fb%20c?x=1&x=%2F',
          '301',
          'https://example.com/a%2Fb%20c?x=1&x=%2F',
        ),
      ],
    },
    'the first routing rule of a website counts whose prefix and error fit, by the path as it was sent': {
      fact: 'F1803',
      state: site({ ...index, RoutingRules: [first, second] }),
      calls: [
        redirects(
          'routing first prefix /old/existing.txt?x=%2F&x=a+b',
          'GET /old/existing.txt?x=%2F&x=a+b',
          '302',
          `http://${host}/first/existing.txt?x=%2F&x=a+b`,
        ),
        redirects(
          'routing first prefix /old/missing%20a%2Bb%25?x=1',
          'GET /old/missing%20a%2Bb%25?x=1',
          '302',
          `http://${host}/first/missing%20a%2Bb%25?x=1`,
        ),
        visit(
          'routing first prefix /index.html',
          'GET /index.html',
          '200',
          { Body: 'ROOT INDEX\n' },
          { location: null },
        ),
        visit(
          'routing first prefix /old%2Fescaped%3F%23',
          'GET /old%2Fescaped%3F%23',
          '404',
          missing('old/escaped?#'),
          { 'content-type': page, location: null },
        ),
        put('ordered routing reversed', { ...index, RoutingRules: [second, first] }),
        redirects(
          'routing second key /old/existing.txt?x=%2F&x=a+b',
          'GET /old/existing.txt?x=%2F&x=a+b',
          '307',
          'https://example.com/second.html',
        ),
        redirects('routing second key /old/missing', 'GET /old/missing', '307', 'https://example.com/second.html'),
        put('combined prefix AND 404 and 403', {
          ...withErrors,
          RoutingRules: [
            {
              Condition: { HttpErrorCodeReturnedEquals: '404', KeyPrefixEquals: 'old/' },
              Redirect: { HttpRedirectCode: '303', ReplaceKeyPrefixWith: 'missing/' },
            },
            {
              Condition: { HttpErrorCodeReturnedEquals: '403' },
              Redirect: { HttpRedirectCode: '307', ReplaceKeyWith: 'denied.html' },
            },
          ],
        }),
        visit(
          'combined condition /old/existing.txt',
          'GET /old/existing.txt',
          '200',
          { Body: 'OLD EXISTS\n' },
          { location: null },
        ),
        redirects(
          'combined condition /old/missing?orig=%2F',
          'GET /old/missing?orig=%2F',
          '303',
          `http://${host}/missing/missing?orig=%2F`,
        ),
        visit(
          'combined condition /other-missing',
          'GET /other-missing',
          '404',
          { Body: 'CUSTOM ERROR\n' },
          noSuchKey('other-missing'),
        ),
        redirects(
          'combined condition /private/secret.txt',
          'GET /private/secret.txt',
          '307',
          `http://${host}/denied.html`,
        ),
        put('status-only prefix prepend', {
          ...index,
          RoutingRules: [
            { Condition: { HttpErrorCodeReturnedEquals: '404' }, Redirect: { ReplaceKeyPrefixWith: 'errors/' } },
          ],
        }),
        redirects(
          'status-only prefix preserving original key',
          'GET /missing%20key?orig=1',
          '301',
          `http://${host}/errors/missing%20key?orig=1`,
        ),
        put('routing object redirect precedence', {
          ...index,
          RoutingRules: [
            {
              Condition: { KeyPrefixEquals: 'redirect-' },
              Redirect: { HttpRedirectCode: '302', ReplaceKeyWith: 'rule-wins' },
            },
          ],
        }),
        redirects(
          'routing object redirect precedence',
          'GET /redirect-relative?orig=1',
          '302',
          `http://${host}/rule-wins`,
        ),
        put('unconditional replacement escaped', {
          ...index,
          RoutingRules: [
            {
              Redirect: {
                HostName: 'example.com',
                HttpRedirectCode: '308',
                Protocol: 'https',
                ReplaceKeyWith: 'target space+%/a?x=2#frag',
              },
            },
          ],
        }),
        redirects(
          'unconditional replacement GET',
          'GET /docs?orig=%2F',
          '308',
          'https://example.com/target space+%/a?x=2#frag',
        ),
        redirects(
          'unconditional replacement HEAD',
          'HEAD /docs?orig=%2F',
          '308',
          'https://example.com/target space+%/a?x=2#frag',
        ),
      ],
    },
  },
};

/** A page as its recording has it, with its title and the texts of its lists. */
const whole = (title: string, list: readonly string[], further?: readonly string[]) => ({
  head: { title },
  body: {
    h1: title,
    ul:
      further === undefined
        ? { li: [...list, '$(any)', '$(any)'] }
        : [{ li: [...list, '$(any)', '$(any)'] }, { li: further }],
    ...(further && { h3: 'An Error Occurred While Attempting to Retrieve a Custom Error Document' }),
    hr: '',
  },
});

const noKey = (key: string) => ['Code: NoSuchKey', 'Message: The specified key does not exist.', `Key: ${key}`];

const visitPage = (
  label: string,
  line: string,
  answer: string,
  output: object,
  visited: string = host,
): RecordedCall => [label, line, { host: visited, secure: false }, answer, output, { by: 'anonymous' }];

const noMethod = (method: string) =>
  visitPage(
    `not-allowed-${method.toLowerCase()}`,
    `${method} /`,
    '405',
    whole('405 Method Not Allowed', [
      'Code: MethodNotAllowed',
      'Message: The specified method is not allowed against this resource.',
      `Method: ${method}`,
      'ResourceType: OBJECT',
    ]),
  );

const noWebsite = (label: string, line: string) =>
  visitPage(
    label,
    line,
    '404',
    whole('404 Not Found', [
      'Code: NoSuchWebsiteConfiguration',
      'Message: The specified bucket does not have a website configuration',
      'BucketName: vault',
    ]),
  );

const listed = (objects: object, website?: object) =>
  ({ acls: 'allowed', buckets: { vault: { acl: 'public-read', objects, ...(website && { website }) } } }) as object;

export const websitePages: RecordedCases = {
  file: 'tests/aws/services/s3/test_s3.snapshot.json of localstack',
  recorded: 'February 2026',
  cases: {
    'a website that is not there has a page that names the bucket': {
      fact: 'F1800',
      state: listed({}),
      calls: [
        visitPage(
          'no-such-bucket',
          'GET /',
          '404',
          whole('404 Not Found', [
            'Code: NoSuchBucket',
            'Message: The specified bucket does not exist',
            'BucketName: non-existent-bucket',
          ]),
          'non-existent-bucket.s3-website-us-east-1.amazonaws.com',
        ),
        noWebsite('no-such-website-config', 'GET /'),
        noWebsite('no-such-website-config-key', 'GET /actual/key.html'),
      ],
    },
    'a website has a page for methods that it does not know': {
      fact: 'F1800',
      state: listed({}, index),
      calls: [noMethod('POST'), noMethod('DELETE')],
    },
    'a website tells whoever may list the bucket by its ACL which key is missing': {
      fact: 'F1802',
      state: listed({ 'directory/index.html': { ...html('index'), acl: 'public-read' } }, index),
      calls: [
        visitPage(
          '404-no-trailing-slash',
          'GET /directory-wrong',
          '404',
          whole('404 Not Found', noKey('directory-wrong')),
        ),
        visitPage(
          '404-with-trailing-slash',
          'GET /directory-wrong/',
          '404',
          whole('404 Not Found', noKey('directory-wrong/index.html')),
        ),
        visitPage('404-no-such-key', 'GET /', '404', whole('404 Not Found', noKey('index.html'))),
        put('put-website-config', withErrors),
        visitPage(
          '404-no-such-key-nor-custom',
          'GET /',
          '404',
          whole('404 Not Found', noKey('index.html'), noKey('error.html')),
        ),
      ],
    },
  },
};
