import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answerTo, asJson, policyOf, read, statement, whyOf } from './policies';

const syntax = 'Invalid policy syntax.';
const twice = (field: string) => `Statement/policy already has instance of ${field}`;
const withStatements = (...statements: readonly object[]) => JSON.stringify({ Statement: statements });

// F303
describe('the document', () => {
  it.each<{ text: string; answer: string | undefined }>`
    text                                                                     | answer
    ${''}                                                                    | ${"Policies must be valid JSON and the first byte must be '{'"}
    ${'invalid json'}                                                        | ${"Policies must be valid JSON and the first byte must be '{'"}
    ${'[]'}                                                                  | ${"Policies must be valid JSON and the first byte must be '{'"}
    ${` ${policyOf({})}`}                                                    | ${"Policies must be valid JSON and the first byte must be '{'"}
    ${'{"Statement"'}                                                        | ${'This policy contains invalid Json'}
    ${`${policyOf({})}}`}                                                    | ${'This policy contains invalid Json'}
    ${'{}'}                                                                  | ${'Missing required field Statement'}
    ${'{"Version":"2012-10-17"}'}                                            | ${'Missing required field Statement'}
    ${'{"Statement":[]}'}                                                    | ${'Could not parse the policy: Statement is empty!'}
    ${`{"Version":"2012","Statement":[${JSON.stringify(statement)}]}`}       | ${'The policy must contain a valid version string'}
    ${`{"Version":2012,"Statement":[${JSON.stringify(statement)}]}`}         | ${syntax}
    ${`{"Version":"2008-10-17","Statement":[${JSON.stringify(statement)}]}`} | ${undefined}
    ${`{"Version":"2012-10-17","Statement":${JSON.stringify(statement)}}`}   | ${undefined}
    ${`{"Id":"all","Statement":[${JSON.stringify(statement)}]}`}             | ${undefined}
    ${`{"Id":1,"Statement":[${JSON.stringify(statement)}]}`}                 | ${syntax}
    ${'{"Statement":"all"}'}                                                 | ${syntax}
    ${'{"Statement":null}'}                                                  | ${syntax}
    ${'{"Statement":[null]}'}                                                | ${syntax}
    ${`{"statement":[${JSON.stringify(statement)}]}`}                        | ${'Unknown field statement'}
    ${`{"Statement":[],"Statement":[${JSON.stringify(statement)}]}`}         | ${twice('Statement')}
    ${`${'{"Statement":'.repeat(20000)}1${'}'.repeat(20000)}`}               | ${'Unknown field Statement'}
  `('$text is answered with $answer', ({ text, answer }) => {
    expect(answerTo(text)).toBe(answer);
  });

  it('has at most 20480 bytes in the form that S3 answers', () => {
    const sized = (length: number) => policyOf({ Sid: 'é'.repeat(5000) + 'x'.repeat(length) });
    const free = 20_480 - Buffer.byteLength(read(sized(0)).text);
    expect(answerTo(sized(free))).toBeUndefined();
    expect(answerTo(JSON.stringify(JSON.parse(sized(free)), undefined, 8))).toBeUndefined();
    expect(answerTo(sized(free + 1))).toBe(
      'Normalized policy document exceeds the maximum allowed size of 20480 bytes',
    );
    expect(whyOf(sized(free + 1))).toBe('the policy has 20481 bytes without blanks');
  });
});

// F303
describe('a statement', () => {
  it.each<{ change: object; answer: string | undefined }>`
    change                                                          | answer
    ${{}}                                                           | ${undefined}
    ${{ Sid: 'Read by the partner' }}                               | ${undefined}
    ${{ Sid: 1 }}                                                   | ${syntax}
    ${{ effect: 'Allow' }}                                          | ${'Unknown field effect'}
    ${{ principal: '*' }}                                           | ${'Unknown field principal'}
    ${{ Effect: undefined }}                                        | ${'Missing required field Effect'}
    ${{ Effect: 'hello' }}                                          | ${'Invalid effect: hello'}
    ${{ Effect: 'allow' }}                                          | ${'Invalid effect: allow'}
    ${{ Effect: '' }}                                               | ${'Invalid effect: '}
    ${{ Effect: ['Allow'] }}                                        | ${syntax}
    ${{ Principal: undefined }}                                     | ${'Missing required field Principal'}
    ${{ Effect: 'Deny', NotPrincipal: '*' }}                        | ${twice('Principal')}
    ${{ NotPrincipal: '*', Principal: undefined }}                  | ${'Allow with NotPrincipal is not allowed.'}
    ${{ Effect: 'Deny', NotPrincipal: '*', Principal: undefined }}  | ${undefined}
    ${{ Action: undefined }}                                        | ${'Missing required field Action'}
    ${{ Action: [] }}                                               | ${'Missing required field Action cannot be empty!'}
    ${{ Action: null }}                                             | ${syntax}
    ${{ Action: [1] }}                                              | ${syntax}
    ${{ Action: {} }}                                               | ${syntax}
    ${{ NotAction: 's3:PutObject' }}                                | ${twice('Action')}
    ${{ NotAction: 's3:PutObject', Action: undefined }}             | ${undefined}
    ${{ Resource: undefined }}                                      | ${'Missing required field Resource'}
    ${{ Resource: [] }}                                             | ${'Missing required field Resource cannot be empty!'}
    ${{ Resource: 7 }}                                              | ${syntax}
    ${{ NotResource: 'arn:aws:s3:::vault/a' }}                      | ${twice('Resource')}
    ${{ NotResource: 'arn:aws:s3:::vault/a', Resource: undefined }} | ${undefined}
    ${{ NotResource: 'arn:aws:s3:::archive', Resource: undefined }} | ${'Policy has invalid resource | arn:aws:s3:::archive'}
  `('with $change is answered with $answer', ({ change, answer }) => {
    expect(answerTo(policyOf(change))).toBe(answer);
  });

  it('has each member once, and so has each object in it', () => {
    const text = policyOf({ Condition: { StringEquals: { 's3:authType': 'POST' } } });
    expect(answerTo(text.replace('{"Effect"', '{"Effect":"Deny","Effect"'))).toBe(twice('Effect'));
    expect(answerTo(text.replace('{"AWS"', '{"AWS":"*","AWS"'))).toBe(twice('AWS'));
    expect(answerTo(text.replace('{"StringEquals"', '{"StringEquals":{},"StringEquals"'))).toBe(twice('StringEquals'));
    expect(answerTo(text.replace('{"s3:authType"', '{"s3:authType":"","s3:authType"'))).toBe(twice('s3:authType'));
  });

  it('may share its id with others', () => {
    expect(answerTo(withStatements({ ...statement, Sid: 'a' }, { ...statement, Sid: 'a' }))).toBeUndefined();
  });

  it.each<{ change: object; answer: string | undefined }>`
    change                                            | answer
    ${{ Effect: 'x', Principal: 'x', Action: 'x' }}   | ${'Invalid effect: x'}
    ${{ Principal: 'x', Action: 'x', Resource: 'x' }} | ${syntax}
    ${{ Action: 'x', Resource: 'x', Condition: 'x' }} | ${'Policy has invalid action | x'}
    ${{ Resource: 'x', Condition: 'x' }}              | ${'Policy has invalid resource | x'}
    ${{ Action: 's3:ListBucket', Condition: 'x' }}    | ${'Action does not apply to any resource(s) in statement | Action "s3:ListBucket" in Statement "NO_ID-0"'}
    ${{ Condition: 'x' }}                             | ${syntax}
  `('with several mistakes is answered with the first: $answer', ({ change, answer }) => {
    expect(answerTo(policyOf(change))).toBe(answer);
  });

  it('is named with its value in the journal', () => {
    const second = (change: object) => withStatements(statement, { ...statement, ...change });
    expect(whyOf(second({ Sid: 'Read', Action: 's3:GetObjects' }))).toBe(
      'statement 2 ("Read"): S3 has no action "s3:GetObjects". Did you mean s3:GetObject?',
    );
    expect(whyOf(second({ Effect: undefined }))).toBe('statement 2 has no Effect');
    expect(whyOf(second({ principal: '*' }))).toMatch(
      /^statement 2 has the unknown member 'principal'; it may have 'Sid'.* Did you mean Principal\?$/,
    );
    expect(whyOf('<Policy>')).toBe('the body begins with "<Policy>"');
    expect(whyOf('')).toBe('there is no body');
    expect(whyOf('x'.repeat(100_000))).toBe(`the body begins with "${'x'.repeat(80)}"…`);
    expect(whyOf(policyOf({ ['y'.repeat(50_000)]: '' }))).toMatch(
      /^statement 1 has the unknown member 'y{80}'; it may have 'Sid'/,
    );
    expect(whyOf(policyOf({ Condition: { ['z'.repeat(50_000)]: {} } }))).toMatch(/^statement 1 has a condition/);
  });
});

describe('any JSON at any place', () => {
  const places = [
    'Sid',
    'Effect',
    'Principal',
    'NotPrincipal',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Condition',
  ];
  const known = fc.constantFrom<unknown>(
    '*',
    's3:*',
    'arn:aws:s3:::vault',
    'Deny',
    { AWS: '*' },
    { StringEquals: { 'aws:a': 'b' } },
  );
  const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), known);

  it('is accepted and read again as the same, or refused as malformed', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...places), anything), fc.boolean(), (change, isAlone) => {
        const text = isAlone ? JSON.stringify({ Statement: change }) : policyOf(change);
        const answer = answerTo(text);
        // A status and a code precede the text if it is not MalformedPolicy; another error has its own words.
        if (answer === undefined) expect(asJson(read(read(text).text))).toEqual(asJson(read(text)));
        else expect(answer).toMatch(/polic|field|principal|effect|resource|condition/i);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a document that was read', () => {
  it('is a value with its statements', () => {
    const text = JSON.stringify({
      Version: '2012-10-17',
      Id: 'partner',
      Statement: [
        {
          Sid: 'Read',
          Effect: 'Allow',
          Principal: {
            AWS: ['111122223333', 'arn:aws:iam::123456789012:user/ann'],
            Service: 'logging.s3.amazonaws.com',
          },
          Action: ['s3:Get*', 's3:ListBucket'],
          Resource: ['arn:aws:s3:::vault', `arn:aws:s3:::vault/a/\${aws:username}/*`],
          Condition: {
            StringEqualsIfExists: { 's3:ResourceAccount': ['1', 2] },
            Bool: { 'aws:SecureTransport': true },
          },
        },
        { Effect: 'Deny', NotPrincipal: '*', NotAction: '*', NotResource: 'arn:aws:s3:::vault' },
      ],
    });
    expect(read(text).document).toMatchObject({
      version: '2012-10-17',
      id: 'partner',
      statements: [
        {
          sid: 'Read',
          effect: 'Allow',
          principals: {
            inverted: false,
            of: [
              { kind: 'account', account: '111122223333' },
              { kind: 'user', account: '123456789012', arn: 'arn:aws:iam::123456789012:user/ann' },
              { kind: 'service', name: 'logging.s3.amazonaws.com' },
            ],
          },
          actions: { inverted: false, of: ['s3:Get*', 's3:ListBucket'] },
          resources: {
            inverted: false,
            of: [
              { kind: 'bucket', arn: 'arn:aws:s3:::vault' },
              { kind: 'object', arn: `arn:aws:s3:::vault/a/\${aws:username}/*` },
            ],
          },
          conditions: [
            {
              name: 'StringEquals',
              quantifier: undefined,
              ifExists: true,
              key: 's3:ResourceAccount',
              values: ['1', '2'],
            },
            { name: 'Bool', quantifier: undefined, ifExists: false, key: 'aws:SecureTransport', values: ['true'] },
          ],
        },
        {
          sid: undefined,
          effect: 'Deny',
          principals: { inverted: true, of: [{ kind: 'everyone' }] },
          actions: { inverted: true, of: ['*'] },
          resources: { inverted: true, of: [{ kind: 'bucket', arn: 'arn:aws:s3:::vault' }] },
          conditions: [],
        },
      ],
    });
  });

  it('has the version 2008-10-17 if it names none', () => {
    expect(read(policyOf({})).document.version).toBe('2008-10-17');
  });
});

// F301
describe('the text that S3 answers', () => {
  it('has the members in its order, and no blanks', () => {
    const sent = `{ "Statement": { "Condition": {"Null": {"aws:TokenIssueTime": true}}, "Resource": ["arn:aws:s3:::vault/*"],
      "Action": ["s3:GetObject", "s3:PutObject"], "Principal": {"AWS": ["*"]}, "Effect": "Deny", "Sid": "a b" },
      "Id": "one", "Version": "2012-10-17" }`;
    expect(read(sent).text).toBe(
      '{"Version":"2012-10-17","Id":"one","Statement":[{"Sid":"a b","Effect":"Deny","Principal":{"AWS":"*"},"Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::vault/*","Condition":{"Null":{"aws:TokenIssueTime":"true"}}}]}',
    );
  });

  it('has the ARN of an account in place of its digits, and the version 2008-10-17 if none was sent', () => {
    expect(read(policyOf({ Principal: { AWS: ['111122223333', 'arn:aws:iam::444455556666:root'] } })).text).toBe(
      '{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:root","arn:aws:iam::444455556666:root"]},"Action":"s3:GetObject","Resource":"arn:aws:s3:::vault/*"}]}',
    );
  });

  it.each([['*'], [{ AWS: '*' }]])('keeps the principal %j', (Principal) => {
    expect(JSON.parse(read(policyOf({ Principal })).text).Statement[0].Principal).toEqual(Principal);
  });

  it('keeps the names of NotPrincipal, NotAction and NotResource at their places', () => {
    const sent = JSON.stringify({
      Statement: [{ NotResource: 'arn:aws:s3:::vault', NotAction: 's3:*', NotPrincipal: '*', Effect: 'Deny' }],
    });
    expect(read(sent).text).toBe(
      '{"Version":"2008-10-17","Statement":[{"Effect":"Deny","NotPrincipal":"*","NotAction":"s3:*","NotResource":"arn:aws:s3:::vault"}]}',
    );
  });

  it('is read as the same document, and written as the same text', () => {
    const some = <T>(values: readonly T[]) =>
      fc.oneof(fc.constantFrom(...values), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }));
    const principal = fc.oneof(
      fc.constant('*'),
      fc.record({
        AWS: some(['111122223333', 'arn:aws:iam::123456789012:user/ann', 'arn:aws:iam::444455556666:root']),
      }),
      fc.record({ Service: some(['logging.s3.amazonaws.com']), CanonicalUser: some(['a'.repeat(64)]) }),
    );
    const condition = fc.record(
      {
        StringLike: fc.record({ 'aws:PrincipalTag/team': some(['*', 'a', `\${aws:username}`]) }),
        NumericLessThan: fc.record({ 's3:TlsVersion': fc.oneof(fc.integer(), some([1.2, 1.3, true])) }),
      },
      { requiredKeys: [] },
    );
    const anyStatement = fc.record(
      {
        Condition: condition,
        Resource: some(['arn:aws:s3:::vault/*', 'arn:aws:s3:::vault/a b']),
        Action: some(['s3:GetObject', 'S3:put*', '*']),
        Principal: principal,
        Effect: fc.constantFrom('Allow', 'Deny'),
        Sid: fc.string(),
      },
      { requiredKeys: ['Resource', 'Action', 'Principal', 'Effect'] },
    );
    const policy = fc.record(
      {
        Id: fc.string(),
        Statement: fc.oneof(anyStatement, fc.array(anyStatement, { minLength: 1, maxLength: 3 })),
        Version: fc.constantFrom('2012-10-17', '2008-10-17'),
      },
      { requiredKeys: ['Statement'] },
    );
    fc.assert(
      fc.property(policy, fc.nat(8), (value, indent) => {
        const first = read(JSON.stringify(value, undefined, indent));
        expect(asJson(read(first.text))).toEqual(asJson(first));
      }),
    );
  });
});
