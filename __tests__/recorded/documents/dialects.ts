import type { RecordedCall, RecordedCases } from '../replay';

/** A document of a bucket, as it is sent: its content, a scalar in it, and what S3 stores. */
interface RecordedDocument {
  readonly query: string;
  readonly root: string;
  /** The code of a document that does not fit. */
  readonly malformed: string;
  /** The code of an empty root. */
  readonly empty: string;
  /** The content around the text of one scalar, and more members beside it. */
  readonly content: (scalar: string, beside?: string) => string;
  /** The element of the scalar, and two of its texts. */
  readonly scalar: string;
  readonly first: string;
  readonly other: string;
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
    other: 'FULL_CONTROL',
  },
};

const state = { buckets: { vault: { ownershipControls: 'BucketOwnerPreferred' as const } } };

function callsOf(operation: string, document: RecordedDocument): readonly RecordedCall[] {
  const { query, root, malformed, empty, content, scalar, first, other } = document;
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
  const replacing = (...calls: readonly RecordedCall[]) => (first === other ? [] : calls);
  const prefixed = (inside: string) => inside.replaceAll(/<(\/?)(\w)/g, '<$1s:$2').replaceAll('xmlns:s:', 'xmlns:');
  return [
    put('wrong-root-valid-children', rooted(plain, `WrongRoot xmlns="${namespace}"`, 'WrongRoot')),
    ...replacing(
      put('wrong-root-replaces', rooted(content(element(other)), `WrongRoot xmlns="${namespace}"`, 'WrongRoot')),
      reads('wrong-root-replaces', other),
    ),
    put('wrong-root-empty', '<WrongRoot/>', empty),
    put('correct-root-empty', rooted(''), empty),
    put('unknown-root-child', rooted(`${plain}<Unexpected>ignored?</Unexpected>`), malformed),
    put('unknown-empty-root-child', rooted(`${plain}<Unexpected/>`), malformed),
    put('unknown-scalar-child', rooted(content(element(`${first}<Unexpected/>`)))),
    reads('unknown-scalar-child', first),
    put('unknown-nonempty-scalar-child', rooted(content(element(`${first}<Unexpected>text</Unexpected>`))), malformed),
    put('duplicate-scalar-same', rooted(content(element(first), element(first))), malformed),
    put('no-namespace', rooted(plain, root)),
    put('wrong-default-namespace', rooted(plain, `${root} xmlns="urn:wrong"`)),
    ...replacing(
      put('wrong-namespace-replaces', rooted(content(element(other)), `${root} xmlns="urn:wrong"`)),
      reads('wrong-namespace-replaces', other),
    ),
    put('prefixed-root-only', rooted(plain, `s:${root} xmlns:s="${namespace}"`, `s:${root}`)),
    put('prefixed-all-elements', rooted(prefixed(plain), `s:${root} xmlns:s="${namespace}"`, `s:${root}`)),
    put('wrong-child-namespace', rooted(content(element(first, `${scalar} xmlns="urn:wrong"`)))),
    put('surrounding-whitespace', ` \n\t${rooted(plain)}\n\t `),
    put('surrounding-comment', `<!--before-->${rooted(plain)}<!--after-->`),
    put('declaration-and-whitespace', `<?xml version="1.0" encoding="UTF-8"?>\n  ${rooted(plain)}\n`),
    reads('declaration-and-whitespace', first),
  ];
}

/** What a read answers of a document with a text in its scalar. */
function stored(query: string, text: string): object {
  switch (query) {
    case 'publicAccessBlock':
      return { BlockPublicAcls: text };
    case 'encryption':
      return { Rule: { BucketKeyEnabled: text } };
    case 'ownershipControls':
      return { Rule: { ObjectOwnership: text } };
    default:
      return { AccessControlList: { Grant: { Permission: text } } };
  }
}

/** The texts of booleans, and what S3 reads. */
const booleans: readonly (readonly [text: string, read: string])[] = [
  ['true', 'true'],
  ['TRUE', 'true'],
  ['True', 'true'],
  ['t', 'false'],
  ['1', 'true'],
  ['0', 'false'],
  ['false', 'false'],
  ['FALSE', 'false'],
  ['yes', 'false'],
  ['', 'false'],
  [' true ', 'true'],
  ['\tTRUE\n', 'true'],
  [' false ', 'false'],
  ['\n1\t', 'true'],
  ['2', 'false'],
  ['true<Unexpected/>false', 'false'],
  ['<![CDATA[TRUE]]>', 'true'],
  ['tr&#117;e', 'true'],
];

function booleanCallsOf(operation: string): readonly RecordedCall[] {
  const { query, root, content, scalar } = documents[operation] ?? { query: '', root: '', content: String, scalar: '' };
  return booleans.flatMap(([text, read], at) => [
    [
      `${operation}:boolean:${at}:${JSON.stringify(text)}`,
      `PUT /vault?${query}`,
      { body: `<${root} xmlns="${namespace}">${content(`<${scalar}>${text}</${scalar}>`)}</${root}>` },
      '200',
    ],
    [`${operation}:boolean:${at}:after`, `GET /vault?${query}`, {}, '200', stored(query, read)],
  ]);
}

export const dialects: RecordedCases = {
  file: 'access_raw_replay.json',
  recorded: 'September 2026',
  cases: {
    ...Object.fromEntries(
      Object.entries(documents).map(([operation, document]) => [
        `${operation} reads roots, namespaces and unknown elements`,
        { fact: 'F971', state, calls: callsOf(operation, document) },
      ]),
    ),
    ...Object.fromEntries(
      ['PutPublicAccessBlock', 'PutBucketEncryption'].map((operation) => [
        `${operation} reads any text as a boolean`,
        { fact: 'F971', state, calls: booleanCallsOf(operation) },
      ]),
    ),
    'a bucket without ACLs refuses each document of an ACL that is well-formed': {
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
    'an ACL of an object is refused by its form': {
      fact: 'F282',
      state: { buckets: { vault: { ownershipControls: 'ObjectWriter', objects: { source: 'source' } } } },
      calls: [
        [
          'object-raw-empty-body',
          'PUT /vault/source?acl',
          {},
          '400 MissingSecurityHeader',
          { MissingHeaderName: 'x-amz-acl' },
        ],
        ['object-raw-wrong-root', 'PUT /vault/source?acl', { body: '<NoSuchRoot/>' }, '400 MalformedACLError'],
        [
          'object-raw-missing-owner',
          'PUT /vault/source?acl',
          { body: aclOf(grantee, 'FULL_CONTROL').replace(`<Owner>${owner}</Owner>`, '<Owner></Owner>') },
          '400 MalformedACLError',
        ],
        [
          'object-raw-unknown-group',
          'PUT /vault/source?acl',
          {
            body: aclOf(granteeOf('Group', '<URI>http://acs.amazonaws.com/groups/global/Unknown</URI>'), 'READ'),
          },
          '400 InvalidArgument',
          { ArgumentName: 'Group/URI', ArgumentValue: 'http://acs.amazonaws.com/groups/global/Unknown' },
        ],
        [
          'object-raw-unknown-grantee-type',
          'PUT /vault/source?acl',
          { body: aclOf(granteeOf('Unknown', owner), 'READ') },
          '400 MalformedACLError',
        ],
        [
          'object-raw-duplicate-grants',
          'PUT /vault/source?acl',
          {
            body: aclOf(grantee, 'FULL_CONTROL').replace(
              '</AccessControlList>',
              `<Grant>${grantee}<Permission>FULL_CONTROL</Permission></Grant></AccessControlList>`,
            ),
          },
          '200',
        ],
        [
          'object-raw-email-grantee',
          'PUT /vault/source?acl',
          {
            body: aclOf(
              granteeOf('AmazonCustomerByEmail', '<EmailAddress>nobody@example.invalid</EmailAddress>'),
              'READ',
            ),
          },
          '405 MethodNotAllowed',
        ],
        [
          'object-raw-canned-and-grants',
          'PUT /vault/source?acl',
          { headers: { 'x-amz-acl': 'private', 'x-amz-grant-read': 'id="$(owner)"' } },
          '400 InvalidRequest',
        ],
        [
          'bucket-raw-invalid-canned',
          'PUT /vault?acl',
          { headers: { 'x-amz-acl': 'not-a-canned-acl' } },
          '400 InvalidArgument',
          { ArgumentName: 'x-amz-acl', ArgumentValue: 'not-a-canned-acl' },
        ],
        [
          'bucket-raw-invalid-grant-header',
          'PUT /vault?acl',
          { headers: { 'x-amz-grant-read': 'broken' } },
          '400 InvalidArgument',
          { ArgumentName: 'x-amz-grant-read', ArgumentValue: 'broken' },
        ],
      ],
    },
    'ownership controls are refused unless they have one rule with a known ownership': {
      fact: 'F402',
      state: { buckets: { vault: {} } },
      calls: [
        '<Wrong/>',
        `<OwnershipControls xmlns="${namespace}"/>`,
        `<OwnershipControls xmlns="${namespace}"><Rule/></OwnershipControls>`,
        `<OwnershipControls xmlns="${namespace}"><Rule><ObjectOwnership>Unknown</ObjectOwnership></Rule></OwnershipControls>`,
        `<OwnershipControls xmlns="${namespace}"><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule><Rule><ObjectOwnership>BucketOwnerPreferred</ObjectOwnership></Rule></OwnershipControls>`,
      ].map((body) => ['ownership-raw', 'PUT /vault?ownershipControls', { body }, '400 MalformedXML']),
    },
    'ACLs that end and come back hide public objects and show them again': {
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

function granteeOf(type: string, content: string): string {
  return `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${type}">${content}</Grantee>`;
}

function aclOf(grantee: string, permission: string): string {
  return `<AccessControlPolicy xmlns="${namespace}"><Owner>${owner}</Owner><AccessControlList><Grant>${grantee}<Permission>${permission}</Permission></Grant></AccessControlList></AccessControlPolicy>`;
}

function controls(ObjectOwnership: string): object {
  return { Bucket: 'vault', OwnershipControls: { Rules: [{ ObjectOwnership }] } };
}
