import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { conditionOrders, orders } from '../../../src/protocol/request/orders';
import { refusals } from '../../../src/refusals/table';
import { testKey } from '../../support/customer-keys';
import { textOf } from '../../support/documents';
import { as } from '../../support/limited-users';
import { checkRows } from '../../support/rows-of-table';
import { areAllRuns } from '../../support/runs';
import { addPart, begin, partElement } from '../../support/uploads';
import { send, sendAsIs } from '../../support/wire-client';

const keyOfKms = 'arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555';

const s3 = mockS3({ now: '2026-03-31T07:35:05Z', sseC: 'allowed' });
const customerKey = testKey('k');

/** A request with the state that it meets. Without a fault it succeeds. */
interface Draft {
  readonly blocksCustomerKeys: boolean;
  readonly isLocked: boolean;
  readonly began: Readonly<Record<string, string>>;
  /** The headers that each part needs. */
  readonly partHeaders: Readonly<Record<string, string>>;
  readonly isAborted: boolean;
  readonly isKeyDisabled: boolean;
  readonly uploadId: string | undefined;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly isTwice: boolean;
  readonly isAllowed: boolean;
  readonly body: string | undefined;
  readonly list: ListOfParts;
}

/** The parts that a completion names. Each upload has the parts 1 to 3. */
interface ListOfParts {
  readonly first: number;
  readonly count: number;
  readonly isReversed: boolean;
  readonly etag: string | undefined;
  readonly checksums: string | undefined;
  readonly more: number;
  readonly type: 'own' | 'other' | undefined;
}

type Change = Omit<Partial<Draft>, 'list'> & { readonly list?: Partial<ListOfParts> };

const plain: Draft = {
  blocksCustomerKeys: false,
  isLocked: false,
  began: {},
  partHeaders: {},
  isAborted: false,
  isKeyDisabled: false,
  uploadId: undefined,
  query: {},
  headers: {},
  isTwice: false,
  isAllowed: true,
  body: undefined,
  list: { first: 1, count: 1, isReversed: false, etag: undefined, checksums: undefined, more: 0, type: undefined },
};

function withFault(draft: Draft, { query, headers, began, list, ...change }: Change): Draft {
  return {
    ...draft,
    ...change,
    query: { ...draft.query, ...query },
    headers: { ...draft.headers, ...headers },
    began: { ...draft.began, ...began },
    list: { ...draft.list, ...list },
  };
}

let made = 0;

async function ask(method: string, draft: Draft, isOfUpload: boolean) {
  s3.kmsKeys.set(keyOfKms, 'enabled');
  made += 1;
  const name = `vault-${made}`;
  s3.createBucket(name, {
    ...(draft.isLocked ? { objectLock: true } : { versioning: 'Enabled' as const }),
    ...(draft.blocksCustomerKeys && {
      encryption: { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } }] },
    }),
    objects: { k: 'object', source: 'source' },
  });
  const path = `/${name}/k`;
  const lock = draft.isLocked ? { 'x-amz-object-lock-legal-hold': 'ON' } : {};
  const id = isOfUpload ? await begin(path, { ...draft.began, ...lock }) : '';
  const isCompletion = method === 'POST';
  const parts = isCompletion ? await addParts(path, id, draft) : '';
  if (draft.isAborted) await send({ method: 'DELETE', path: `${path}?uploadId=${id}` });
  if (draft.isKeyDisabled) s3.kmsKeys.set(keyOfKms, 'disabled');
  const named = isOfUpload && method !== 'LIST' ? { uploadId: draft.uploadId ?? id } : {};
  const query = new URLSearchParams({ ...draft.query, ...named });
  const source = draft.headers['x-amz-copy-source'];
  const headers = {
    ...draft.headers,
    ...(source !== undefined && { 'x-amz-copy-source': source.replace('BUCKET', name) }),
    ...typeHeader(draft),
    ...(!draft.isAllowed && as(s3, 'nobody')),
  };
  const body = isCompletion
    ? (draft.body ?? `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`)
    : draft.body;
  const target = `${method === 'LIST' ? `/${name}` : path}?${query}`.replace(/\?$/, '');
  if (draft.isTwice)
    return sendAsIs({
      method,
      path: target,
      headers: { ...headers, 'if-match': '"x"\r\nIf-Match: "y"', connection: 'close' },
    });
  return send({ method: method === 'LIST' ? 'GET' : method, path: target, headers, body });
}

async function addParts(path: string, id: string, { list, partHeaders }: Draft): Promise<string> {
  const sent: string[] = [];
  for (const number of [1, 2, 3]) sent.push(await addPart(path, id, number, 'data', partHeaders));
  const numbers = Array.from({ length: list.count }, (_, index) => list.first + index);
  if (list.isReversed) numbers.reverse();
  const named = numbers.map((number, index) => {
    const etag =
      index === 0 && list.etag !== undefined ? list.etag : (/"(\w+)"/.exec(sent[number - 1] ?? '')?.[1] ?? '');
    const own = Object.entries(partHeaders).find(([name]) => name.startsWith('x-amz-checksum-'));
    const element = own === undefined ? '' : `<ChecksumSHA256>${own[1]}</ChecksumSHA256>`;
    return partElement(number, etag, index === 0 ? (list.checksums ?? element) : element);
  });
  for (let number = 900; number < 900 + list.more; number += 1)
    named.push(partElement(number, 'x', list.more === 1 ? `<ChecksumSHA256>${sha256}</ChecksumSHA256>` : ''));
  return named.join('');
}

function typeHeader({ list: { type }, began }: Draft): Readonly<Record<string, string>> {
  if (type === undefined) return {};
  const isWhole = began['x-amz-checksum-type'] === 'FULL_OBJECT';
  return { 'x-amz-checksum-type': isWhole === (type === 'own') ? 'FULL_OBJECT' : 'COMPOSITE' };
}

const sha256 = 'Om6weQ85rIfJTzhWst0sXREOaBFgImGpqSPTuyOtyLc=';
const otherSha256 = Buffer.alloc(32).toString('base64');
const wrongMd5 = 'AAAAAAAAAAAAAAAAAAAAAA==';
const kms = { 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-server-side-encryption-aws-kms-key-id': keyOfKms };
const named = { headers: { 'x-amz-server-side-encryption': 'AES256' } };
const denied = { isAllowed: false };
const disabled = { began: kms, isKeyDisabled: true };

type Faults<Name extends string> = { readonly [N in Name]: Change };
type Exceptions<Name extends string> = readonly (readonly [Name, Name, why: string])[];
type NamesOf<Order extends { early: readonly Named[]; stages: readonly Named[]; late: readonly Named[] }> =
  | Order['early'][number]['check']
  | Order['stages'][number]['check']
  | Order['late'][number]['check'];
interface Named {
  readonly check: string;
  readonly refusals: readonly (keyof typeof refusals)[];
}

const oneId = 'the id is missing, or it is that of no upload';
const oneMd5 = 'Content-MD5 has one value';

const part = { ...plain, query: { partNumber: '1' }, body: 'data' };
const faultsOfPart: Faults<NamesOf<typeof orders.UploadPart>> = {
  'the request names an upload': { uploadId: '' },
  'the upload is open': { uploadId: 'none' },
  'the part number': { query: { partNumber: '0' } },
  'the right': denied,
  'the form of the digests': { headers: { 'Content-MD5': 'bad' } },
  'the digests': { headers: { 'Content-MD5': wrongMd5 } },
  'no version id': { query: { versionId: 'x' } },
  "customers' keys are allowed": { blocksCustomerKeys: true, headers: customerKey.headers },
  'no encryption is named': named,
  "the customer's key": { headers: customerKey.headers },
  'the key of KMS': disabled,
  'a digest and a signature for the lock': { isLocked: true },
  "the upload's algorithm": { began: { 'x-amz-checksum-algorithm': 'SHA256' } },
};
const hasDigest = 'the fault is a digest, which the lock needs';
const exceptionsOfPart: Exceptions<keyof typeof faultsOfPart> = [
  ['the request names an upload', 'the upload is open', oneId],
  ['the form of the digests', 'the digests', oneMd5],
  ['the form of the digests', 'a digest and a signature for the lock', hasDigest],
  ['the digests', 'a digest and a signature for the lock', hasDigest],
];

const copy = { ...plain, query: { partNumber: '1' }, headers: { 'x-amz-copy-source': 'BUCKET/source' } };
const faultsOfCopy: Faults<NamesOf<typeof orders.UploadPartCopy>> = {
  'the request names an upload': { uploadId: '' },
  'the upload is open': { uploadId: 'none' },
  'the part number': { query: { partNumber: '0' } },
  'the form of the range': { headers: { 'x-amz-copy-source-range': 'bytes=5-1' } },
  'the right': denied,
  'no version id': { query: { versionId: 'x' } },
  'no body': { body: 'data' },
  "the source's key": {
    headers: { ...customerKey.sourceHeaders, 'x-amz-copy-source-server-side-encryption-customer-algorithm': 'DES' },
  },
  "customers' keys are allowed": { blocksCustomerKeys: true, headers: customerKey.headers },
  'no encryption is named': named,
  "the customer's key": { headers: customerKey.headers },
  'the source': { headers: { 'x-amz-copy-source': 'BUCKET/none' } },
  'the key of KMS': disabled,
  'the range is in the source': { headers: { 'x-amz-copy-source-range': 'bytes=0-99' } },
  'the size': {},
};
const exceptionsOfCopy: Exceptions<keyof typeof faultsOfCopy> = [
  ['the request names an upload', 'the upload is open', oneId],
  ['the form of the range', 'the range is in the source', 'x-amz-copy-source-range has one value'],
];

const composite = {
  ...plain,
  began: { 'x-amz-checksum-algorithm': 'SHA256' },
  partHeaders: { 'x-amz-checksum-sha256': sha256 },
};
const faultsOfCompletion: Faults<NamesOf<typeof orders.CompleteMultipartUpload>> = {
  'the form of the condition': { headers: { 'If-Match': '*', 'If-None-Match': '*' } },
  'the upload was begun': { uploadId: 'none' },
  "the form of the object's checksum": { headers: { 'x-amz-checksum-sha256': 'bad' } },
  'the form of the expected size': { headers: { 'x-amz-mp-object-size': 'bad' } },
  'the document': { body: '<' },
  'the right': denied,
  'no encryption is named': named,
  'the upload is open': { isAborted: true },
  'the number of parts': { list: { more: 10_001 } },
  "the customer's key": {
    began: customerKey.headers,
    partHeaders: { ...composite.partHeaders, ...customerKey.headers },
  },
  'the key of KMS': disabled,
  "the upload's type of checksum": { list: { type: 'other' } },
  "the form of the parts' checksums": { list: { checksums: '<ChecksumSHA256>bad</ChecksumSHA256>' } },
  'the order of the parts': { list: { count: 2, isReversed: true } },
  'the ETags of the parts that exist': { list: { etag: 'wrong' } },
  'the checksum of each part': { list: { checksums: '' } },
  "the object's checksum, as the list of parts has it": { headers: { 'x-amz-checksum-sha256': otherSha256 } },
  'the parts exist, with their checksums': { list: { more: 1 } },
  "the whole object's checksum": {},
  'the least size of a part': { list: { count: 2 } },
  'the expected size': { headers: { 'x-amz-mp-object-size': '999' } },
  'the condition': { headers: { 'If-Match': '"wrong"' } },
  'the protection': {},
  'no gap': { list: { first: 2 } },
};
const exceptionsOfCompletion: Exceptions<keyof typeof faultsOfCompletion> = [
  ['the form of the condition', 'the condition', 'If-Match has one value'],
  ['the upload was begun', 'the upload is open', 'an unknown upload was not aborted'],
  [
    "the form of the object's checksum",
    "the object's checksum, as the list of parts has it",
    'the header has one value',
  ],
  ['the form of the expected size', 'the expected size', 'the header has one value'],
  ["the customer's key", 'the key of KMS', 'an upload has one encryption'],
  ["the form of the parts' checksums", 'the checksum of each part', 'the element is there, or it is missing'],
  [
    'the ETags of the parts that exist',
    'the parts exist, with their checksums',
    'both are InvalidPart; the part differs',
  ],
  ['the number of parts', 'the parts exist, with their checksums', 'the long list names missing parts'],
];

interface Family {
  readonly name: string;
  readonly rows: readonly Named[];
  readonly method: string;
  readonly isOfUpload: boolean;
  readonly base: Draft;
  readonly faults: Readonly<Record<string, Change>>;
  readonly exceptions: readonly (readonly [string, string, string])[];
}

function flat({ early, stages, late }: { early: readonly Named[]; stages: readonly Named[]; late: readonly Named[] }) {
  return [...early, ...stages, ...late];
}

const lists = {
  parts: {
    'the upload is open': { uploadId: 'none' },
    'max-parts is not negative': { query: { 'max-parts': '-1' } },
    'part-number-marker is not negative': { query: { 'part-number-marker': '-1' } },
    'the right': denied,
    "the customer's key": { began: { ...customerKey.headers, 'x-amz-checksum-algorithm': 'SHA256' } },
    'the key of KMS': { ...disabled, began: { ...kms, 'x-amz-checksum-algorithm': 'SHA256' } },
  } satisfies Faults<NamesOf<typeof orders.ListParts>>,
  uploads: {
    'encoding-type': { query: { 'encoding-type': 'x' } },
    'max-uploads is not negative': { query: { 'max-uploads': '-1' } },
    'upload-id-marker': { query: { 'key-marker': 'k', 'upload-id-marker': 'none' } },
    'the right': denied,
  } satisfies Faults<NamesOf<typeof orders.ListMultipartUploads>>,
  abort: {
    'the upload was begun': { uploadId: 'none' },
    'the right': denied,
  } satisfies Faults<NamesOf<typeof orders.AbortMultipartUpload>>,
};

const conditions = {
  write: {
    'one condition': { headers: { 'If-Match': '"x"', 'If-None-Match': '*' } },
    'no condition by date': { headers: { 'If-Modified-Since': 'Tue, 31 Mar 2026 07:35:05 GMT' } },
    'If-None-Match is a star': { headers: { 'If-None-Match': '"x"' } },
    'If-Match is not empty': { headers: { 'If-Match': '' } },
    'If-Match is an ETag': { headers: { 'If-Match': '*' } },
  } satisfies Faults<(typeof conditionOrders.write)[number]['check']>,
  deletion: {
    'no condition by time': { headers: { 'x-amz-if-match-last-modified-time': 'Tue, 31 Mar 2026 07:35:05 GMT' } },
    'no condition by size': { headers: { 'x-amz-if-match-size': '1' } },
    'no version id beside it': { query: { versionId: 'null' }, headers: { 'If-Match': '"x"' } },
    'one line': { isTwice: true },
    'If-Match is not empty': { headers: { 'If-Match': '' } },
  } satisfies Faults<(typeof conditionOrders.deletion)[number]['check']>,
};

const oneIfMatch = 'If-Match has one value';
const oneCondition = 'If-Match and If-None-Match together are two conditions';

const families: readonly Family[] = [
  ...[
    {
      name: 'UploadPart',
      rows: flat(orders.UploadPart),
      method: 'PUT',
      base: part,
      faults: faultsOfPart,
      exceptions: exceptionsOfPart,
    },
    {
      name: 'UploadPartCopy',
      rows: flat(orders.UploadPartCopy),
      method: 'PUT',
      base: copy,
      faults: faultsOfCopy,
      exceptions: exceptionsOfCopy,
    },
    {
      name: 'CompleteMultipartUpload',
      rows: flat(orders.CompleteMultipartUpload),
      method: 'POST',
      base: composite,
      faults: faultsOfCompletion,
      exceptions: exceptionsOfCompletion,
    },
    {
      name: 'ListParts',
      rows: flat(orders.ListParts),
      method: 'GET',
      base: plain,
      faults: lists.parts,
      exceptions: [["the customer's key", 'the key of KMS', 'an upload has one encryption'] as const],
    },
    {
      name: 'ListMultipartUploads',
      rows: flat(orders.ListMultipartUploads),
      method: 'LIST',
      base: { ...plain, query: { uploads: '' } },
      faults: lists.uploads,
      exceptions: [],
    },
    {
      name: 'AbortMultipartUpload',
      rows: flat(orders.AbortMultipartUpload),
      method: 'DELETE',
      base: plain,
      faults: lists.abort,
      exceptions: [],
    },
  ].map((family) => ({ ...family, isOfUpload: true })),
  {
    name: 'a write with conditions',
    rows: conditionOrders.write,
    method: 'PUT',
    isOfUpload: false,
    base: { ...plain, body: 'data' },
    faults: conditions.write,
    exceptions: [
      ['one condition', 'If-None-Match is a star', oneCondition],
      ['one condition', 'If-Match is not empty', oneIfMatch],
      ['one condition', 'If-Match is an ETag', oneIfMatch],
      ['If-None-Match is a star', 'If-Match is not empty', oneCondition],
      ['If-None-Match is a star', 'If-Match is an ETag', oneCondition],
      ['If-Match is not empty', 'If-Match is an ETag', oneIfMatch],
    ],
  },
  {
    name: 'a deletion with conditions',
    rows: conditionOrders.deletion,
    method: 'DELETE',
    isOfUpload: false,
    base: plain,
    faults: conditions.deletion,
    exceptions: [['one line', 'If-Match is not empty', 'two lines are not empty together']],
  },
];

/** Rows whose fault needs more than a request: each with its place. */
const elsewhere = new Map([
  ['UploadPartCopy: the size', 'a range above 5 GiB: __tests__/operations/copies/copied-size.test.ts'],
  [
    "CompleteMultipartUpload: the whole object's checksum",
    'another type of upload: __tests__/operations/uploads/checksums.test.ts',
  ],
  ['CompleteMultipartUpload: the protection', 'IBM COS: __tests__/operations/protection'],
]);

async function askWith({ method, base, isOfUpload }: Family, ...faults: readonly Change[]) {
  const answer = await ask(method, faults.reduce(withFault, base), isOfUpload);
  const told = ['Code', 'Message', 'ArgumentName', 'Header', 'additionalMessage'].map((name) => textOf(name, answer));
  return [answer.status, ...told]
    .join(' ')
    .replaceAll(/vault-\d+|part \d+/g, '')
    .trim();
}

const alone = new Map<Family, Map<Change, Promise<string>>>(families.map((family) => [family, new Map()]));

function askAlone(family: Family, fault: Change): Promise<string> {
  const told = alone.get(family)?.get(fault) ?? askWith(family, fault);
  alone.get(family)?.set(fault, told);
  return told;
}

/** `npm test` tries each fault before the next one, from which the order of the others follows. */
function pairsOfRun(family: Family, earlier: string) {
  const pairs = pairsOf(family).filter(([first]) => first === earlier);
  return areAllRuns ? pairs : pairs.slice(0, 1);
}

function pairsOf({ name, rows, faults, exceptions }: Family) {
  const played = rows.map(({ check }) => check).filter((check) => !elsewhere.has(`${name}: ${check}`));
  return played.flatMap((first, index) =>
    played.slice(index + 1).flatMap((second) => {
      if (exceptions.some(([one, other]) => one === first && other === second)) return [];
      return [[first, second, faults[first] ?? {}, faults[second] ?? {}] as const];
    }),
  );
}

describe.each(families)('$name', (family) => {
  const { rows, faults } = family;

  it('succeeds without a fault', async () => {
    expect(await askWith(family)).toMatch(/^20[04]/);
  });

  it('refuses each fault alone with a refusal of its row', async () => {
    for (const { check, refusals: names } of rows) {
      if (elsewhere.has(`${family.name}: ${check}`)) continue;
      const codes = names.map((name) => refusals[name].code);
      expect({ check, told: await askAlone(family, faults[check] ?? {}) }).toEqual({
        check,
        told: expect.stringMatching(new RegExp(`^\\d+ (?:${codes.join('|')})\\b`)),
      });
    }
  });

  // The second fault is made first, so that it is the first one that counts where both set the same.
  it.each([...new Set(pairsOf(family).map(([first]) => first))])('refuses %s before later faults', (earlier) =>
    checkRows({
      rows: pairsOfRun(family, earlier),
      nameOf: ([first, second]) => `${first} comes before ${second}`,
      check: async ([, , first, second]) => {
        expect(await askWith(family, second, first)).toBe(await askAlone(family, first));
        expect(await askAlone(family, second)).not.toBe(await askAlone(family, first));
      },
      before: () => s3.reset(),
    }),
  );

  it('names an exception in the order of its rows', () => {
    const names = rows.map(({ check }) => check);
    const isOdd = ([first, second]: readonly [string, string, string]) =>
      !names.includes(first) || names.indexOf(first) >= names.indexOf(second);
    expect(family.exceptions.filter(isOdd)).toEqual([]);
  });
});

it('has pairs of all families', () => {
  expect(families.flatMap(pairsOf).length).toBeGreaterThan(400);
});
