import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { conditionKeys, globalKeys } from '../../../src/model/access/condition-keys';
import { statementFields } from '../../../src/model/access/policy-form';
import { operations } from '../../../src/operations/table';
import { providerKeys } from '../../../src/preset/access-conditions';
import { failureNames } from '../../../src/refusals/failures';
import { type Compiler, compilers, type Known, knownBy } from '../../support/editors/editor';
import { installOffline } from '../../support/offline-install';
import { packLibrary } from '../../support/packed';
import { Project } from '../../support/project';

const project = new Project('language-services');

const beginning = `import { expect } from '@jest/globals';
import { deleteMarker, fromListing, mockS3 } from 's3-versioning-mock/jest';
const s3 = mockS3();
const vault = s3.bucket('vault');
`;

/** A place within code, which ¦ marks, and the names that an editor offers first. */
type Offer = readonly [place: string, code: string, first: readonly string[]];

const offers: readonly Offer[] = [
  [
    'a version',
    "mockS3({ buckets: { vault: { objects: { k: ['first', { ¦ }] } } } });",
    ['accessTier', 'acl', 'annotations'],
  ],
  [
    'the only version',
    'mockS3({ buckets: { vault: { objects: { k: { ¦ } } } } });',
    ['accessTier', 'acl', 'annotations'],
  ],
  ['the bytes of a version', 'mockS3({ buckets: { vault: { objects: { k: { body: { ¦ } } } } } });', ['base64']],
  ['the bytes of a put', "vault.put('k', { ¦ });", ['base64']],
  ['the details of a put', "vault.put('k', 'first', { ¦ });", ['accessTier', 'acl', 'annotations']],
  ['an encryption', "vault.put('k', 'first', { encryption: { ¦ } });", ['BucketKeyEnabled', 'SSECustomerAlgorithm']],
  ['an expected input', "expect(s3).toHaveReceived('PutObject', { ¦ });", ['ACL', 'Body', 'Bucket']],
  [
    'a member of an expected input',
    "expect(s3).toHaveReceived('PutBucketVersioning', { VersioningConfiguration: { ¦ } });",
    ['MFADelete', 'Status'],
  ],
  [
    'an entry of an expected list',
    "s3.requests.expect('DeleteObjects', { Delete: { Objects: [{ ¦ }] } });",
    ['ETag', 'Key', 'LastModifiedTime'],
  ],
  ['the input of a rule', "s3.on('PutObject', { ¦ });", ['ACL', 'Body', 'Bucket']],
  ['an expected version', "expect(vault).toHaveVersions('k', ['first', { ¦ }]);", ['accessTier', 'acl', 'annotations']],
  ['an expected object', "expect(vault).toHaveObject('k', { ¦ });", ['accessTier', 'acl', 'annotations']],
  [
    'an expected configuration',
    "expect(vault).toHaveConfiguration('publicAccessBlock', { ¦ });",
    ['BlockPublicAcls', 'BlockPublicPolicy'],
  ],
  ['a bucket', 'mockS3({ buckets: { vault: { ¦ } } });', ['abac', 'accelerate', 'accessPoints']],
  ['a state of versioning', "mockS3({ buckets: { vault: { versioning: '¦' } } });", ['Enabled', 'Suspended']],
  ['a lifecycle rule', 'vault.lifecycle = { Rules: [{ ¦ }] };', ['Status', 'AbortIncompleteMultipartUpload']],
  ['a failure', "s3.on('PutObject').fail({ ¦ });", ['code', 'message', 'status']],
  ['a reply', "s3.on('PutObject').reply({ ¦ });", ['status', 'body', 'headers']],
  ['a policy', 'mockS3({ buckets: { vault: { policy: { ¦ } } } });', ['Statement', 'Id', 'Version']],
  ['a statement', 'vault.policy = { Statement: [{ ¦ }] };', statementFields.toSorted()],
  ['the only statement', "s3.account.user('ann', { policy: { Statement: { ¦ } } });", statementFields.toSorted()],
  ['an effect', "vault.policy = { Statement: [{ Effect: '¦' }] };", ['Allow', 'Deny']],
  ['a principal', 'vault.policy = { Statement: [{ Principal: { ¦ } }] };', ['AWS', 'CanonicalUser', 'Federated']],
  ['an action', "vault.policy = { Statement: [{ Action: ['¦'] }] };", ['*', 's3:*', 's3:AbortMultipartUpload']],
  ['a listing', 'fromListing({ ¦ });', ['DeleteMarkers', 'Versions']],
];

/** A line with one mistake, which « and » enclose, and parts of the error's text. */
type Mistake = readonly [mistake: string, code: string, texts: readonly string[]];

const unknownMember = 'Object literal may only specify known properties';
const mistakes: readonly Mistake[] = [
  [
    'a misspelt member of a version',
    "mockS3({ buckets: { vault: { objects: { k: ['first', { body: 'x', «versionID»: 'v2' }] } } } });",
    [unknownMember, "'versionID' does not exist in type 'Bytes | DeleteMarker | VersionDescription'"],
  ],
  [
    'a misspelt member of the only version',
    "mockS3({ buckets: { vault: { objects: { k: { body: 'x', «versionID»: 'v2' } } } } });",
    [unknownMember, "'versionID' does not exist in type", 'VersionDescription'],
  ],
  ['a misspelt detail of a put', "vault.put('k', 'x', { «versionID»: 'v2' });", ["Did you mean to write 'versionId'?"]],
  [
    'a misspelt member of an expected version',
    "expect(vault).toHaveVersions('k', ['first', { body: 'x', «versionID»: 'v2' }]);",
    [unknownMember, "'versionID' does not exist in type", 'ExpectedObject'],
  ],
  [
    'bytes of an expected delete marker',
    "expect(vault).toHaveVersions('k', [{ deleteMarker: true, «body»: 'x' }]);",
    [unknownMember, 'ExpectedDeleteMarker'],
  ],
  [
    'a misspelt member of an expected input',
    "expect(s3).toHaveReceived('PutObject', { «bucket»: 'vault' });",
    [unknownMember, `'bucket' does not exist in type 'ExpectedInput<"PutObject">'`],
  ],
  [
    'bytes as numbers',
    "vault.put('k', «[1, 2]»);",
    ["'number[]' is not assignable to parameter of type 'BodyFixture'"],
  ],
  [
    'an ArrayBuffer in place of bytes',
    "vault.put('k', «new ArrayBuffer(1)»);",
    ["'ArrayBuffer' is not assignable to parameter of type 'BodyFixture'"],
  ],
  [
    'a misspelt member of a statement',
    "vault.policy = { Statement: [{ «Efect»: 'Allow' }] };",
    ["'Efect' does not exist in type 'StatementLiteral'. Did you mean to write 'Effect'?"],
  ],
  [
    'a misspelt operator of a condition',
    "vault.policy = { Statement: [{ Condition: { «StringEqual»: { 's3:prefix': 'a' } } }] };",
    ["Did you mean to write 'StringEquals'?"],
  ],
  [
    'a misspelt kind of a principal',
    "vault.policy = { Statement: [{ Principal: { «Aws»: '*' } }] };",
    ["'Aws' does not exist in type", 'PrincipalKinds'],
  ],
  [
    'versioning that is unset',
    '«vault.versioning» = undefined;',
    ["'undefined' is not assignable to type 'VersioningStatus'"],
  ],
  [
    'MFA Delete that is unset',
    '«vault.mfaDelete» = undefined;',
    ["'undefined' is not assignable to type 'MfaDeleteStatus'"],
  ],
  [
    'the input of any operation',
    's3.requests.at(0)?.input.«Bucket»;',
    ["choose the operation: s3.requests.of('PutObject')"],
  ],
  [
    'the input of any operation, in a loop',
    'for (const { input } of s3.requests) input.«Key»;',
    ["s3.requests.of('PutObject')"],
  ],
  [
    'a bucket in place of the mock',
    "«expect(vault)».toHaveReceived('PutObject');",
    ['this matcher takes the mock or its requests'],
  ],
];

const right = `
class Bytes8 extends Uint8Array {}
vault.put('k', new Uint8Array(1));
vault.put('k', Buffer.from('x'));
vault.put('k', new Bytes8(1), { encryption: { SSECustomerKey: Buffer.alloc(32) } });
s3.on('GetObject').reply({ status: 200, body: Buffer.from('x') });
const [versions, marker] = [['first', deleteMarker, Buffer.from('x')], { deleteMarker: true }];
mockS3({ buckets: { vault: { objects: { k: versions, l: marker, m: ['first', marker] } } } });
expect(vault).toHaveVersions('k', versions);
expect(vault).toHaveVersions('m', ['first', marker, expect.anything(), { size: expect.any(Number) }]);
expect(vault).toHaveVersions('k', vault.versions('k'));
expect(s3).toHaveReceived('PutObject', expect.objectContaining({ Key: expect.stringContaining('k') }));
expect(s3).toHaveReceived('PutObject', { Body: Buffer.from('x'), Key: { asymmetricMatch: (key: unknown) => key === 'k' } });
for (const { operation, input } of s3.requests) if (operation === 'PutObject') input.Key satisfies string;
for (const { input } of s3.requests.of('PutObject')) input.Body satisfies Uint8Array | undefined;

declare const json: any;
declare const ofFunctions: { Statement: object[] };
declare const ofRecords: { Version: string; Statement: Record<string, unknown>[] };
declare const ofLambda: {
  Version: string;
  Statement: ({ Effect: string; Condition?: { [operator: string]: { [key: string]: string | string[] } } } & (
    | { Action: string | string[] }
    | { NotAction: string | string[] }
  ) & { Principal?: { [kind: string]: string | string[] } | string | string[]; Resource?: string | string[] })[];
};
const plain = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: ['s3:GetObject', 's3:Put*'], Resource: 'arn:aws:s3:::vault/*' },
    { Effect: 'Deny', Principal: { AWS: ['*'] }, NotAction: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': false } } },
  ],
};
const readonly = { Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' }] } as const;
for (const policy of [plain, readonly]) s3.account.user('ann', { policy });
mockS3({ buckets: { a: { policy: json }, b: { policy: ofFunctions }, c: { policy: ofRecords }, d: { policy: ofLambda }, e: { policy: plain } } });
s3.account.role('deployer', { policy: plain, managedPolicies: { one: readonly } }).session({ policy: ofLambda });
vault.policy = s3.bucket('other').policy;
s3.account.may('s3:GetObject', 'vault/k', { 'aws:SourceIp': '10.0.0.1', 's3:ExistingObjectTag/team': 'archive' });
`;

function marked(code: string, mark: string): readonly [line: string, at: number] {
  return [
    code.replaceAll(/[¦«»]/g, ''),
    code.replaceAll(/[¦«»]/g, (found) => (found === mark ? found : '')).indexOf(mark),
  ];
}

const conditions = 'vault.policy = { Statement: [{ Condition: { StringEquals: { ¦ } } }] };';
const operators = 'vault.policy = { Statement: [{ Condition: { ¦ } }] };';
const imagined = "s3.account.may('s3:GetObject', 'vault/k', { ¦ });";
const ofCallers = 'mockS3({ conditions: { ¦ } });';
const failureCodes = "s3.on('PutObject').fail('¦');";
const ruleOperations = "s3.on('¦');";
const shownInput = 's3.requests.at(0)?.¦input;';

const asked = [
  ...offers.map(([, code]) => code),
  conditions,
  operators,
  imagined,
  ofCallers,
  failureCodes,
  ruleOperations,
  shownInput,
];
const texts = [...asked, ...mistakes.map(([, code]) => code)];
const lines = texts.map(
  (code) => `${marked(code, '')[0]}
`,
);
const starts = new Map<string, number>();
let end = beginning.length;
for (const [at, code] of texts.entries()) {
  starts.set(code, end);
  end += lines[at]?.length ?? 0;
}
const text = `${beginning}${lines.join('')}${right}`;
const startOf = (code: string) => starts.get(code) ?? Number.NaN;
const places = asked.map((code) => startOf(code) + marked(code, '¦')[1]);

const names = Object.keys(compilers) as readonly Compiler[]; // the table's own names
const known = new Map<Compiler, Known>();

beforeAll(async () => {
  const { tarball } = await packLibrary();
  installOffline(project, tarball);
  project.linkPackages();
  project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['test.ts'] }));
  project.write('test.ts', text);
  const all = await Promise.all(names.map((name) => knownBy(name, project.folder, { file: 'test.ts', text, places })));
  for (const [at, name] of names.entries()) known.set(name, all[at] as Known); // one answer each
});
afterAll(() => project.remove());

const compilerOptions = {
  // Which type of a union TypeScript 7 blames also depends on the libraries: these are the default.
  ...{ target: 'es2022', module: 'node16', types: ['node'] },
  ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: true },
};

function knownTo(name: Compiler): Known {
  const found = known.get(name);
  if (found === undefined) throw new Error(`TypeScript ${name} was not asked`);
  return found;
}

const offeredAt = (name: Compiler, code: string) => knownTo(name).offered[asked.indexOf(code)] ?? [];

describe.each(names)('an editor with TypeScript %s', (name) => {
  it('has that version', () => {
    expect(knownTo(name).version).toContain(`${name}.`);
  });

  it.each(offers)('offers first within %s its own members: %s', (_place, code, first) => {
    expect(offeredAt(name, code).slice(0, first.length)).toEqual(first);
  });

  it('offers no member of bytes and of matchers within any braces', () => {
    const foreign = ['asymmetricMatch', 'BYTES_PER_ELEMENT', 'copyWithin', 'length', 'description', 'toString'];
    const found = asked.filter((code) => offeredAt(name, code).some((one) => foreign.includes(one)));
    expect(found).toEqual([]);
  });

  it('offers the keys and the operators of conditions that the library knows', () => {
    const whole = (keys: readonly string[]) => keys.filter((key) => !key.endsWith('/')).toSorted();
    const all = whole([...globalKeys, ...providerKeys, ...conditionKeys]);
    const sorted = (code: string) => offeredAt(name, code).toSorted();
    expect({ inPolicies: sorted(conditions), imagined: sorted(imagined), ofCallers: sorted(ofCallers) }).toEqual({
      inPolicies: all,
      imagined: all,
      ofCallers: whole([...globalKeys, ...providerKeys]),
    });
    expect(offeredAt(name, operators)).toEqual(
      expect.arrayContaining(['StringEquals', 'NumericLessThanEqualsIfExists', 'ForAnyValue:StringLike', 'Null']),
    );
    expect(offeredAt(name, operators)).not.toContain('NullIfExists');
  });

  it('offers all codes of fail(), and the operations of on()', () => {
    expect(offeredAt(name, failureCodes).toSorted()).toEqual([...failureNames]);
    expect(offeredAt(name, ruleOperations)).toEqual(expect.arrayContaining(Object.keys(operations)));
  });

  it.each(mistakes)('underlines %s: %s', (_mistake, code, parts) => {
    const start = startOf(code);
    const [line] = marked(code, '');
    const errors = knownTo(name).errors.filter((one) => one.start >= start && one.start < start + line.length);
    const [from, to] = [marked(code, '«')[1], marked(code, '»')[1]];
    expect(
      errors.map((one) => ({ word: text.slice(one.start, one.start + one.length), at: one.start - start })),
    ).toEqual([{ word: line.slice(from, to), at: from }]);
    for (const part of parts) expect(errors[0]?.text).toContain(part);
  });

  it('finds no mistake in what is right', () => {
    expect(knownTo(name).errors.filter(({ start }) => start >= end)).toEqual([]);
  });

  it('says over the input of an entry how to choose its operation', () => {
    const shown = knownTo(name).shown[asked.indexOf(shownInput)];
    expect(shown).toContain("choose the operation: s3.requests.of('PutObject')");
  });
});
