import { createHash } from 'node:crypto';
import { errorDocument } from './documents';
import { closingRefusalHead, refusalHead } from './heads';
import { type Headers, undeclared } from './uploads';

/** The key of the recorded requests, in base64. */
export const recordedKey = 'K0+/yQHJcx5CgotqScZJqhfJ8hpfw4leiB3Bzyo8HSo=';
/** Its MD5, in base64. */
export const recordedDigest = 'I0aPuXuw4REDJuP1fw07QQ==';

/** The answer to a set of headers. Only `accepted` and `ignored` are not refusals. */
export type Outcome =
  | 'accepted'
  | 'ignored'
  | 'no algorithm'
  | 'no key'
  | 'not ASCII'
  | 'too short'
  | 'no MD5'
  | 'MD5 differs'
  | 'algorithm unknown'
  | 'length invalid'
  | 'another key'
  | 'parameters differ'
  | 'key needed';

/** A set of the three headers, or of the fields of a form, as it was sent; undefined was not sent. */
export interface SentSet {
  readonly algorithm: string | undefined;
  readonly key: string | undefined;
  readonly digest: string | undefined;
}

export interface RecordedSet extends SentSet {
  readonly what: string;
  /** Of PutObject, CreateMultipartUpload and the copy that CopyObject makes. */
  readonly write: Outcome;
  /** Of UploadPart and UploadPartCopy in an upload with the recorded key. */
  readonly part: Outcome;
  /** Of GetObject, HeadObject and GetObjectAttributes of an object with the recorded key. */
  readonly read: Outcome;
  /** Of copies from that object. */
  readonly source: Outcome;
  /** Of CompleteMultipartUpload of that upload. */
  readonly completion: Outcome;
}

type Row = readonly [what: string, algorithm: string | undefined, key: string | undefined, digest: string | undefined];

function rows(outcomes: Pick<RecordedSet, 'write' | 'part' | 'read' | 'source' | 'completion'>, sent: readonly Row[]) {
  return sent.map(([what, algorithm, key, digest]): RecordedSet => ({ what, algorithm, key, digest, ...outcomes }));
}

function refused(outcome: Outcome, completion = outcome) {
  return { write: outcome, part: outcome, read: outcome, source: outcome, completion };
}

const everywhere = {
  write: 'accepted',
  part: 'accepted',
  read: 'accepted',
  source: 'accepted',
  completion: 'accepted',
} as const;
const ofAnotherLength = {
  write: 'length invalid',
  part: 'parameters differ',
  read: 'another key',
  source: 'parameters differ',
  completion: 'key needed',
} as const;

const aes = 'AES256';
const [key, digest] = [recordedKey, recordedDigest];
const none = undefined;
const otherDigest = 'K9opmNmw7hl9oUKgRH9nJQ==';
const tenBytes = 'MTIzNDU2Nzg5MA==';
const digestOfTen = '6Afx/PgtEy+bsBjKZzihnw==';

/** The sets of headers that were recorded, by what is strange about them, with the answers of S3 (F610). */
export const recordedSets: readonly RecordedSet[] = [
  ...rows(everywhere, [
    ['all three', aes, key, digest],
    ['garbage before the key', aes, `!!!!#${key}`, digest],
    ['garbage in the key', aes, 'K0+/yQHJcx5CgotqScZJqh!!!!#fJ8hpfw4leiB3Bzyo8HSo=', digest],
    ['garbage after the key', aes, `${key}!!!!#`, digest],
    ['garbage all over the key', aes, '!K0+/yQHJ#cx5CgotqScZJ!!qhfJ8hpfw4leiB3Bzyo8HSo=#', digest],
    ['spaces in the key', aes, 'K0+/ yQHJ cx5C gotq ScZJ qhfJ 8hpf w4le iB3B zyo8 HSo=', digest],
    ['tabs in the key', aes, 'K0+/yQHJ\tcx5Cgotq\tScZJqhfJ\t8hpfw4le\tiB3Bzyo8\tHSo=', digest],
    ['three more signs of padding', aes, `${key}===`, digest],
  ]),
  ...rows({ write: 'no MD5', part: 'no MD5', read: 'accepted', source: 'accepted', completion: 'ignored' }, [
    ['no MD5', aes, key, none],
  ]),
  ...rows(refused('no key', 'ignored'), [
    ['the algorithm alone', aes, none, none],
    ['an unknown algorithm alone', 'AES128-INVALID', none, none],
    ['an empty algorithm alone', '', none, none],
    ['no key', aes, none, digest],
  ]),
  ...rows(refused('no algorithm', 'ignored'), [
    ['the key alone', none, key, none],
    ['an empty key alone', none, '', none],
    ['the MD5 alone', none, none, digest],
    ['an empty MD5 alone', none, none, ''],
    ['no algorithm', none, key, digest],
  ]),
  ...rows(refused('too short'), [
    ['all three empty', '', '', ''],
    ['an empty key', aes, '', digest],
    ['a key of one letter', aes, 'a', digest],
    ['a key of two letters', aes, 'ZZ', digest],
    ['a key of two letters and its MD5', aes, 'ZZ', '4WcXl8UuFfdjOAtF6EHsMg=='],
    ['a key without a letter', aes, '####', digest],
  ]),
  ...rows(refused('MD5 differs'), [
    ['an empty MD5', aes, key, ''],
    ['an MD5 of another key', aes, key, otherDigest],
    ['an MD5 without padding', aes, key, 'I0aPuXuw4REDJuP1fw07QQ'],
    ['an MD5 of one byte', aes, key, 'AQ=='],
    ['an MD5 of eight bytes', aes, key, 'AQEBAQEBAQE='],
    [
      'an MD5 of 100 bytes',
      aes,
      key,
      'S3ajieL/5suappuWc4aTvN02DaffYArFKXAyvq4L3W2x1i8XE10YyKK8+ZXG8nXYWCIu8EbT2a5Rmcp+fEWjX5DJueJb6C+IfRi4WfDlYS8SPsl8zfFpz12J+w584fj3fON/SA==',
    ],
    ['an MD5 and 84 bytes behind it', aes, key, `I0aPuXuw4REDJuP1fw07QQ${'A'.repeat(112)}==`],
    ['garbage in the MD5', aes, key, '!!I0aPuXuw##4REDJuP1fw07QQ=='],
    ['an MD5 that is not base64', aes, key, 'not-valid-base64!!!'],
    ['a key without padding', aes, 'K0+/yQHJcx5CgotqScZJqhfJ8hpfw4leiB3Bzyo8HSo', digest],
    ['a group of padding behind the key', aes, `${key}====`, digest],
    ['a key in the alphabet of URLs', aes, 'K0-_yQHJcx5CgotqScZJqhfJ8hpfw4leiB3Bzyo8HSo=', digest],
    ['a key that is not base64', aes, 'not-valid-base64!!!', digest],
    ['a key of ten bytes, an MD5 of another', aes, tenBytes, otherDigest],
    [
      'a key that is not base64, an unknown algorithm',
      'INVALID-ALGO',
      'not-valid-base64!!!',
      '8OFm3DTRTWwij/rFdsmkPA==',
    ],
    ['all three invalid', 'AES256-INVALID', 'not-valid-base64!!!', otherDigest],
    ['a short key, an unknown algorithm, an MD5 of another', 'AES256-INVALID', 'c2hvcnQta2V5', otherDigest],
  ]),
  ...rows(refused('algorithm unknown'), [
    ['an unknown algorithm', 'AES128-INVALID', key, digest],
    ['an empty algorithm', '', key, digest],
    ['an unknown algorithm, a key of nine bytes', 'AES256-INVALID', 'c2hvcnQta2V5', 'oWfxrwsGTV2p+cdWS9ST7w=='],
    ['an unknown algorithm, a key of ten bytes', 'INVALID-ALGO', tenBytes, digestOfTen],
  ]),
  ...rows(ofAnotherLength, [
    ['a key of one byte', aes, 'AQ==', 'VaVACK0bpYmqIQ0mKcHfQQ=='],
    ['a key of ten bytes', aes, tenBytes, digestOfTen],
    ['a key of 31 bytes', aes, 'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ==', 'CjpPEWk6KiWnUNKvmz07cg=='],
    ['a key of 33 bytes', aes, 'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB', '10M1HRgcfQrBzATB0HsDzg=='],
  ]),
  ...rows({ ...ofAnotherLength, write: 'accepted' }, [
    ['another key', aes, 'qMVGU/WAdLltYhFosMKpY53fyz/AO3hQnLsCdCROsbw=', 'Epo8rcE4mKWPJrhRKkLKDQ=='],
  ]),
];

export function headersOf(set: SentSet, of: 'object' | 'source' = 'object') {
  const prefix = `x-amz-${of === 'source' ? 'copy-source-' : ''}server-side-encryption-customer`;
  const headers: Headers = {
    [`${prefix}-algorithm`]: set.algorithm,
    [`${prefix}-key`]: set.key,
    [`${prefix}-key-MD5`]: set.digest,
  };
  return headers;
}

export const recordedHeaders = headersOf({ algorithm: aes, key, digest });
export const recordedSourceHeaders = headersOf({ algorithm: aes, key, digest }, 'source');

export function digestOf({ key: text = '' }: Pick<SentSet, 'key'>): string {
  const bytes = Buffer.from(text.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64');
  return createHash('md5').update(bytes).digest('base64');
}

const name = '<ArgumentName>x-amz-server-side-encryption</ArgumentName>';
const argument = (value = '') => `${name}<ArgumentValue>${value}</ArgumentValue>`;
const demand = (words: string): Refusal => [
  'InvalidArgument',
  `Requests specifying Server Side Encryption with Customer provided keys ${words}`,
  name,
];

type Refusal = readonly [code: string, message: string, elements?: string];

const refusals: Readonly<Record<Exclude<Outcome, 'accepted' | 'ignored'>, (set: SentSet) => Refusal>> = {
  'no algorithm': () => demand('must provide a valid encryption algorithm.'),
  'no key': () => demand('must provide an appropriate secret key.'),
  'not ASCII': (set) => [
    'InvalidArgument',
    'The secret key was improperly encoded. The secret key must be Base64 encoded.',
    argument(set.key),
  ],
  'too short': (set) => ['InvalidArgument', 'The secret key was invalid - too short.', argument(set.key)],
  'no MD5': () => demand('must provide the client calculated MD5 of the secret key.'),
  'MD5 differs': () => [
    'InvalidArgument',
    'The calculated MD5 hash of the key did not match the hash that was provided.',
    name,
  ],
  'algorithm unknown': (set) => [
    'InvalidEncryptionAlgorithmError',
    'The Encryption request you specified is not valid. Supported value: AES256.',
    argument(set.algorithm),
  ],
  'length invalid': () => ['InvalidArgument', 'The secret key was invalid for the specified algorithm.', name],
  'another key': () => [
    'AccessDenied',
    'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.',
  ],
  'parameters differ': () => [
    'InvalidRequest',
    'The provided encryption parameters did not match the ones used originally.',
  ],
  'key needed': () => [
    'InvalidRequest',
    'The object was stored using a form of Server Side Encryption. Correct SSE-C request parameters are required for this request when specifying checksums for each part.',
  ],
};

export const incompatible = (method: string): Refusal => [
  'InvalidArgument',
  'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
  argument(method),
];

export const insecure: Refusal = demand('must be made over a secure connection.');

/** Undefined if the set is not refused. */
export function refusalOf(set: SentSet, outcome: Outcome, form: 'declared' | 'undeclared' = 'declared') {
  if (outcome === 'accepted' || outcome === 'ignored') return undefined;
  const write = form === 'declared' ? errorDocument : undeclared;
  const text = write(...refusals[outcome](set));
  // S3 keeps the connection after a 403.
  return outcome === 'another key'
    ? { status: 403, head: refusalHead(), text }
    : { status: 400, head: closingRefusalHead(), text };
}
