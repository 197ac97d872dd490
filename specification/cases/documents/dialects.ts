import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

interface RecordedDocument {
  readonly query: string;
  readonly root: string;
  /** The code of a document that does not fit. */
  readonly malformed: string;
  /** The code of an empty root. */
  readonly empty: string;
  readonly content: (scalar: string, beside?: string) => string;
  readonly scalar: string;
  readonly first: string;
  readonly other: string;
  /** The elements within which an unknown one was sent, under the label of each. */
  readonly parents: Readonly<Record<string, string>>;
}

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
const owner = '<ID>$(owner)</ID>';
const grantee = `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser">${owner}</Grantee>`;

const documents: Readonly<Record<string, RecordedDocument>> = {
  PutPublicAccessBlock: {
    query: 'publicAccessBlock',
    root: 'PublicAccessBlockConfiguration',
    malformed: '400 MalformedXML',
    empty: '400 InvalidRequest',
    content: (scalar, beside = '') =>
      `${scalar}${beside}<IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>`,
    scalar: 'BlockPublicAcls',
    first: 'true',
    other: 'false',
    parents: {},
  },
  PutBucketEncryption: {
    query: 'encryption',
    root: 'ServerSideEncryptionConfiguration',
    malformed: '400 MalformedXML',
    empty: '400 MalformedXML',
    content: (scalar, beside = '') =>
      `<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault>${scalar}${beside}</Rule>`,
    scalar: 'BucketKeyEnabled',
    first: 'true',
    other: 'false',
    parents: {
      'unknown-rule-child': 'Rule',
      'unknown-default-encryption-child': 'ApplyServerSideEncryptionByDefault',
    },
  },
  PutBucketOwnershipControls: {
    query: 'ownershipControls',
    root: 'OwnershipControls',
    malformed: '400 MalformedXML',
    empty: '400 MalformedXML',
    content: (scalar, beside = '') => `<Rule>${scalar}${beside}</Rule>`,
    scalar: 'ObjectOwnership',
    first: 'BucketOwnerPreferred',
    other: 'ObjectWriter',
    parents: { 'unknown-rule-child': 'Rule' },
  },
  PutBucketAcl: {
    query: 'acl',
    root: 'AccessControlPolicy',
    malformed: '400 MalformedACLError',
    empty: '400 MalformedACLError',
    content: (scalar, beside = '') =>
      `<Owner>${owner}</Owner><AccessControlList><Grant>${grantee}${scalar}${beside}</Grant></AccessControlList>`,
    scalar: 'Permission',
    first: 'FULL_CONTROL',
    other: 'READ',
    parents: {
      'unknown-owner-child': 'Owner',
      'unknown-grantee-child': 'Grantee',
      'unknown-grant-child': 'Grant',
      'unknown-acl-list-child': 'AccessControlList',
    },
  },
};

const state = { buckets: { vault: { ownershipControls: 'BucketOwnerPreferred' as const } } };

function callsOf(operation: string, document: RecordedDocument): readonly RecordedCall[] {
  const { query, root, malformed, empty, content, scalar, first, other, parents } = document;
  const element = (text: string, name = scalar) => `<${name}>${text}</${scalar}>`;
  const rooted = (inside: string, open = `${root} xmlns="${namespace}"`, close = root) =>
    `<${open}>${inside}</${close}>`;
  const put = (label: string, body: string, answer = '200'): RecordedCall => [
    `${operation}:${label}`,
    `PUT /vault?${query}`,
    { body },
    answer,
  ];
  const reads = (label: string, text: string): RecordedCall => [
    `${operation}:${label}:after`,
    `GET /vault?${query}`,
    {},
    '200',
    stored(query, text),
  ];
  const plain = content(element(first));
  const prefixed = (inside: string) => inside.replaceAll(/<(\/?)(\w)/g, '<$1s:$2').replaceAll('xmlns:s:', 'xmlns:');
  return [
    put('wrong-root-valid-children', rooted(plain, `WrongRoot xmlns="${namespace}"`, 'WrongRoot')),
    put('wrong-root-replaces', rooted(content(element(other)), `WrongRoot xmlns="${namespace}"`, 'WrongRoot')),
    reads('wrong-root-replaces', other),
    put('wrong-root-empty', '<WrongRoot/>', empty),
    put('correct-root-empty', rooted(''), empty),
    put('unknown-root-child', rooted(`${plain}<Unexpected>ignored?</Unexpected>`), malformed),
    put('unknown-empty-root-child', rooted(`${plain}<Unexpected/>`), malformed),
    put('unknown-root-child-nested', rooted(`${plain}<Unexpected>${element(first)}</Unexpected>`), malformed),
    ...Object.entries(parents).map(([label, parent]) =>
      put(label, rooted(plain.replace(`</${parent}>`, `<Unexpected/></${parent}>`)), malformed),
    ),
    put('unknown-scalar-child', rooted(content(element(`${first}<Unexpected/>`)))),
    reads('unknown-scalar-child', first),
    put(
      'unknown-nonempty-scalar-child',
      rooted(content(element(`${first}<Unexpected>text</Unexpected>`))),
      '400 MalformedXML',
    ),
    put('duplicate-scalar-same', rooted(content(element(first), element(first))), malformed),
    put('duplicate-scalar-conflicting', rooted(content(element(first), element(other))), malformed),
    put('duplicate-scalar-reversed', rooted(content(element(other), element(first))), malformed),
    put('no-namespace', rooted(plain, root)),
    put('wrong-default-namespace', rooted(plain, `${root} xmlns="urn:wrong"`)),
    put('wrong-namespace-replaces', rooted(content(element(other)), `${root} xmlns="urn:wrong"`)),
    reads('wrong-namespace-replaces', other),
    put('prefixed-root-only', rooted(plain, `s:${root} xmlns:s="${namespace}"`, `s:${root}`)),
    put('prefixed-all-elements', rooted(prefixed(plain), `s:${root} xmlns:s="${namespace}"`, `s:${root}`)),
    put(
      'prefixed-elements-replace',
      rooted(prefixed(content(element(other))), `s:${root} xmlns:s="${namespace}"`, `s:${root}`),
    ),
    reads('prefixed-elements-replace', other),
    put('wrong-child-namespace', rooted(content(element(first, `${scalar} xmlns="urn:wrong"`)))),
    put('surrounding-whitespace', ` \n\t${rooted(plain)}\n\t `),
    put('surrounding-comment', `<!--before-->${rooted(plain)}<!--after-->`),
    put('declaration-and-whitespace', `<?xml version="1.0" encoding="UTF-8"?>\n  ${rooted(plain)}\n`),
    reads('declaration-and-whitespace', first),
  ];
}

function stored(query: string, text: string): object {
  switch (query) {
    case 'publicAccessBlock':
      return { BlockPublicAcls: text };
    case 'encryption':
      return {
        Rule: {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
          BucketKeyEnabled: text,
          BlockedEncryptionTypes: { EncryptionType: 'SSE-C' },
        },
      };
    case 'ownershipControls':
      return { Rule: { ObjectOwnership: text } };
    default:
      return { AccessControlList: { Grant: { Permission: text } } };
  }
}

/** The texts of booleans by their labels, and what S3 reads; undefined if it refuses them. */
const booleans: Readonly<Record<string, readonly (readonly [text: string, read: boolean | undefined])[]>> = {
  boolean: [
    ['true', true],
    ['TRUE', true],
    ['True', true],
    ['TrUe', true],
    ['t', false],
    ['1', true],
    ['0', false],
    ['false', false],
    ['FALSE', false],
    ['yes', false],
    ['', false],
    [' true ', true],
    ['\tTRUE\n', true],
    [' false ', false],
    ['\n1\t', true],
    ['   ', false],
    [' true\nfalse ', false],
  ],
  'boolean-supplement': [
    ['2', false],
    ['-1', false],
    ['on', false],
    ['TRUEjunk', false],
    ['<Unexpected>true</Unexpected>', undefined],
    ['tr<Unexpected/>ue', true],
    ['true<Unexpected>false</Unexpected>', undefined],
    ['true<Unexpected/>false', false],
    ['<![CDATA[TRUE]]>', true],
    ['tr&#117;e', true],
  ],
};

function booleanCallsOf(operation: string): readonly RecordedCall[] {
  const { query, root, content, scalar } = documents[operation] ?? { query: '', root: '', content: String, scalar: '' };
  return Object.entries(booleans).flatMap(([series, texts]) =>
    texts.flatMap(([text, read], at): readonly RecordedCall[] => {
      const label = `${operation}:${series}:${at}:${JSON.stringify(text)}`;
      const body = `<${root} xmlns="${namespace}">${content(`<${scalar}>${text}</${scalar}>`)}</${root}>`;
      const put = (answer: string): RecordedCall => [label, `PUT /vault?${query}`, { body }, answer];
      if (read === undefined) return [put('400 MalformedXML')];
      return [put('200'), [`${label}:after`, `GET /vault?${query}`, {}, '200', stored(query, `${read}`)]];
    }),
  );
}

const blockOf = (content: string) =>
  `<PublicAccessBlockConfiguration xmlns="${namespace}">${content}</PublicAccessBlockConfiguration>`;

const blocks: Readonly<Record<string, readonly [document: string, answer: string]>> = {
  'empty-body': ['', '400 MissingRequestBodyError'],
  'malformed-xml': ['<PublicAccessBlockConfiguration><BlockPublicAcls>true', '400 MalformedXML'],
  'wrong-root': ['<Wrong/>', '400 InvalidRequest'],
  'unknown-element': [blockOf('<Unknown>true</Unknown>'), '400 MalformedXML'],
  'empty-boolean': [blockOf('<BlockPublicAcls/>'), '200'],
  'duplicate-boolean': [
    blockOf('<BlockPublicAcls>true</BlockPublicAcls><BlockPublicAcls>false</BlockPublicAcls>'),
    '400 MalformedXML',
  ],
};

const digests: Readonly<Record<string, readonly [headers: object, answer: string]>> = {
  'bad-md5': [{ 'Content-MD5': 'not-base64' }, '400 InvalidDigest'],
  'mismatch-md5': [{ 'Content-MD5': 'MDAwMDAwMDAwMDAwMDAwMA==' }, '400 BadDigest'],
  'checksum-algorithm-missing-value': [{ 'x-amz-sdk-checksum-algorithm': 'SHA256' }, '400 InvalidRequest'],
  'invalid-checksum-algorithm': [{ 'x-amz-sdk-checksum-algorithm': 'INVALID' }, '400 InvalidRequest'],
};

export const dialects: RecordedCases = {
  file: 'access_raw_replay.json',
  recorded: 'September 2026',
  cases: {
    ...Object.fromEntries(
      Object.entries(documents).map(([operation, document]) => [
        `${operation} accepts roots, namespaces and unknown elements in these forms`,
        { fact: 'F971', state, calls: callsOf(operation, document) },
      ]),
    ),
    ...Object.fromEntries(
      ['PutPublicAccessBlock', 'PutBucketEncryption'].map((operation) => [
        `${operation} accepts any text as a boolean`,
        { fact: 'F971', state, calls: booleanCallsOf(operation) },
      ]),
    ),
    'a bucket without ACLs refuses every well-formed ACL document': {
      fact: 'F59',
      state: { buckets: { vault: { objects: { source: 'source' } } } },
      calls: ['/vault?acl', '/vault/source?acl'].flatMap((path): readonly RecordedCall[] => {
        const { content } = documents['PutBucketAcl'] ?? { content: String };
        const body = `<AccessControlPolicy xmlns="${namespace}">${content('<Permission>FULL_CONTROL</Permission>')}</AccessControlPolicy>`;
        return [
          [`enforced-raw-owner-full, ${path}`, `PUT ${path}`, { body }, '400 AccessControlListNotSupported'],
          [
            `enforced-raw-malformed, ${path}`,
            `PUT ${path}`,
            { body: '<AccessControlPolicy>' },
            '400 MalformedACLError',
          ],
        ];
      }),
    },
    'an ACL document of a bucket or an object is refused for its form': {
      fact: 'F282',
      state: { buckets: { vault: { ownershipControls: 'ObjectWriter', objects: { source: 'source' } } } },
      calls: [...aclCallsOf('bucket', '/vault?acl'), ...aclCallsOf('object', '/vault/source?acl')],
    },
    'a public access block is refused for its form after its digest and the expected owner were checked': {
      fact: 'F400',
      state: { buckets: { vault: {} } },
      calls: [
        ...Object.entries(blocks).map(
          ([label, [content, answer]]): RecordedCall => [
            `pab.raw.${label}`,
            'PUT /vault?publicAccessBlock',
            { body: content },
            answer,
          ],
        ),
        ...Object.entries(digests).map(
          ([label, [headers, answer]]): RecordedCall => [
            `pab.raw.${label}`,
            'PUT /vault?publicAccessBlock',
            { headers, body: blockOf('') },
            answer,
          ],
        ),
        ...['GET ?publicAccessBlock', 'PUT ?publicAccessBlock', 'DELETE ?publicAccessBlock', 'GET ?policyStatus'].map(
          (line): RecordedCall => [
            `owner.not-an-account, ${line}`,
            line.replace('?', '/vault?'),
            {
              headers: { 'x-amz-expected-bucket-owner': 'not-an-account' },
              ...(line.startsWith('PUT') && { body: blockOf('') }),
            },
            '400 InvalidBucketOwnerAWSAccountID',
          ],
        ),
      ],
    },
    'ownership controls are refused unless they have one rule with a known ownership': {
      fact: 'F402',
      state: { buckets: { vault: {} } },
      calls: [
        '<OwnershipControls>',
        '<Wrong/>',
        `<OwnershipControls xmlns="${namespace}"/>`,
        `<OwnershipControls xmlns="${namespace}"><Rule/></OwnershipControls>`,
        `<OwnershipControls xmlns="${namespace}"><Rule><ObjectOwnership>Unknown</ObjectOwnership></Rule></OwnershipControls>`,
        `<OwnershipControls xmlns="${namespace}"><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule><Rule><ObjectOwnership>BucketOwnerPreferred</ObjectOwnership></Rule></OwnershipControls>`,
        '',
      ].map((body) => [
        'ownership-raw',
        'PUT /vault?ownershipControls',
        { body },
        body === '' ? '400 MissingRequestBodyError' : '400 MalformedXML',
      ]),
    },
    'disabling ACLs hides public objects, and enabling them shows the objects again': {
      fact: 'F284',
      state: {
        buckets: {
          vault: {
            ownershipControls: 'ObjectWriter',
            publicAccessBlock: { BlockPublicAcls: false, IgnorePublicAcls: false },
            objects: { source: { body: 'source', acl: 'public-read' }, private: 'private' },
          },
        },
      },
      calls: [
        ['raw-anonymous-private', 'GET /vault/private', {}, '403 AccessDenied', {}, { by: 'anonymous' }],
        ['raw-anonymous-before-enforcement', 'GET /vault/source', {}, '200', {}, { by: 'anonymous' }],
        ['propagation-enforce', 'PutBucketOwnershipControls', controls('BucketOwnerEnforced'), '200'],
        ['raw-anonymous-enforced', 'GET /vault/source', {}, '403 AccessDenied', {}, { by: 'anonymous' }],
        ['propagation-restore', 'PutBucketOwnershipControls', controls('ObjectWriter'), '200'],
        [
          'propagation-restored-acl',
          'GetObjectAcl',
          { Bucket: 'vault', Key: 'source' },
          '200',
          { Grants: [{ Permission: 'FULL_CONTROL' }, { Permission: 'READ' }] },
        ],
        ['raw-anonymous-restored', 'GET /vault/source', {}, '200', {}, { by: 'anonymous' }],
      ],
    },
  },
};

function aclCallsOf(what: string, path: string): readonly RecordedCall[] {
  const stranger = '0'.repeat(64);
  const [full, malformed] = [aclOf(grantee, 'FULL_CONTROL'), '400 MalformedACLError'];
  const unknown = 'http://acs.amazonaws.com/groups/global/Unknown';
  const nobody = '<EmailAddress>nobody@example.invalid</EmailAddress>';
  const put = (label: string, sent: object, answer: string, output = {}): RecordedCall => [
    `${what}-raw-${label}`,
    `PUT ${path}`,
    sent,
    answer,
    output,
  ];
  const wrong = (label: string, headers: object, ArgumentName: string, ArgumentValue: string): RecordedCall =>
    put(label, headers, '400 InvalidArgument', { ArgumentName, ArgumentValue });
  const ofId = (id: string) => full.replace(owner, `<ID>${id}</ID>`);
  return [
    put('empty-body', {}, '400 MissingSecurityHeader', { MissingHeaderName: 'x-amz-acl' }),
    put('malformed-xml', { body: '<AccessControlPolicy>' }, malformed),
    put('wrong-root', { body: '<NoSuchRoot/>' }, malformed),
    put('missing-owner', { body: full.replace(`<Owner>${owner}</Owner>`, '<Owner></Owner>') }, malformed),
    wrong('wrong-owner', { body: ofId(stranger) }, 'CanonicalUser/ID', stranger),
    put('invalid-permission', { body: aclOf(grantee, 'BOGUS') }, malformed),
    wrong(
      'invalid-canonical',
      { body: aclOf(granteeOf('CanonicalUser', '<ID>bad-id</ID>'), 'READ') },
      'CanonicalUser/ID',
      'bad-id',
    ),
    wrong('unknown-group', { body: aclOf(granteeOf('Group', `<URI>${unknown}</URI>`), 'READ') }, 'Group/URI', unknown),
    put('unknown-grantee-type', { body: aclOf(granteeOf('Unknown', owner), 'READ') }, malformed),
    put('email-grantee', { body: aclOf(granteeOf('AmazonCustomerByEmail', nobody), 'READ') }, '405 MethodNotAllowed'),
    put(
      'canned-and-grants',
      { headers: { 'x-amz-acl': 'private', 'x-amz-grant-read': 'id="$(owner)"' } },
      '400 InvalidRequest',
    ),
    put('canned-and-body', { headers: { 'x-amz-acl': 'private' }, body: full }, '400 UnexpectedContent'),
    wrong('invalid-canned', { headers: { 'x-amz-acl': 'not-a-canned-acl' } }, 'x-amz-acl', 'not-a-canned-acl'),
    wrong('invalid-grant-header', { headers: { 'x-amz-grant-read': 'broken' } }, 'x-amz-grant-read', 'broken'),
    put('duplicate-grants', { body: full.replace(/<Grant>.*<\/Grant>/, '$&$&') }, '200'),
    put('empty-grants', { body: full.replace(/<Grant>.*<\/Grant>/, '') }, '200'),
    [`${what}-raw-empty-grants, read`, `GET ${path}`, {}, '200', { Owner: { ID: '$(owner)' }, AccessControlList: '' }],
  ];
}

function granteeOf(type: string, content: string): string {
  return `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${type}">${content}</Grantee>`;
}

function aclOf(grantee: string, permission: string): string {
  return `<AccessControlPolicy xmlns="${namespace}"><Owner>${owner}</Owner><AccessControlList><Grant>${grantee}<Permission>${permission}</Permission></Grant></AccessControlList></AccessControlPolicy>`;
}

function controls(ObjectOwnership: string): object {
  return { Bucket: 'vault', OwnershipControls: { Rules: [{ ObjectOwnership }] } };
}
