import { isRecord } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import type { RequestEntry } from './entry';
import { writeCall } from './entry-text';
import type { ComparedValue, FailedError } from './failed-error';

interface ComparedTexts {
  readonly expected: ReadonlySet<string>;
  readonly received: ReadonlySet<string>;
  /** The expected number, and the received number. */
  readonly numbers: readonly [expected: number | undefined, received: number | undefined];
  /** The values of members VersionId. */
  readonly versionIds: readonly string[];
  /** The compared texts and numbers, without short ones, which occur in many requests. */
  readonly all: ReadonlySet<string>;
  /** The text that the runner prints. */
  readonly printed: string;
}

/** The values that an assertion of the runner compared, with the requests of its test. */
export interface PlainComparison extends ComparedTexts {
  readonly entries: readonly RequestEntry[];
  /** Whether the key of a request has a version of that id. */
  readonly isVersion: (entry: RequestEntry, id: string) => boolean;
}

type Hint = (comparison: PlainComparison) => string | undefined;

/** The number of requests that the hints examine, since more would take long. */
const LOOKED_AT = 100;

/** Writes the hints that apply: the comparison would have held if the test had followed the hint. */
export function writeHints(comparison: PlainComparison): readonly string[] {
  const entries = comparison.entries.slice(-LOOKED_AT);
  return hints.flatMap((hint) => hint({ ...comparison, entries }) ?? []);
}

const ofReading = /\btransformToString\b|\bTransformStream\b|ChecksumStream|IncomingMessage|_readableState/;
const ofBytes = /"type": "Buffer"|\bBuffer\b|\bUint8Array\b/;

function hintAtBody({ printed, expected, received, entries }: PlainComparison): string | undefined {
  const entry = entries.findLast(({ output }) => {
    const body = memberOf(output, 'Body');
    const text = Buffer.isBuffer(body) ? body.toString() : undefined;
    return text !== undefined && expected.has(text) && !received.has(text);
  });
  if (entry === undefined) return undefined;
  const isStream = ofReading.test(printed);
  if (!isStream && !ofBytes.test(printed)) return undefined;
  if (!isStream) return `${writeCall(entry)}: its Body is bytes. Compare Body.toString().`;
  const read = isOfV3(entry) ? 'await Body.transformToString()' : 'await text(stream), of node:stream/consumers';
  return `${writeCall(entry)}: the Body of an answer is a stream. Compare ${read}.`;
}

function hintAtETag({ expected, received, entries }: PlainComparison): string | undefined {
  const tag = entries
    .map(({ output }) => memberOf(output, 'ETag'))
    .find((one) => typeof one === 'string' && received.has(one) && expected.has(one.slice(1, -1)));
  return tag === undefined ? undefined : `S3 writes an ETag in quotation marks: expect ${writeValue(tag)}.`;
}

const ofVersionId = /VersionId"?:? *["']([^"'\n]+)["']/g;

function hintAtVersionId({ versionIds, expected, received, entries, isVersion }: PlainComparison): string | undefined {
  const entry = entries.findLast(({ output }) => {
    const id = memberOf(output, 'VersionId');
    return typeof id === 'string' && id !== 'null' && received.has(id) && !expected.has(id);
  });
  const asked = expected.size === 1 ? [...expected] : versionIds.filter((id) => expected.has(id));
  if (entry?.bucket === undefined || asked.length !== 1 || asked.some((id) => isVersion(entry, id))) return undefined;
  const isLast = entries.findLast(({ bucket, key }) => bucket === entry.bucket && key === entry.key) === entry;
  const current = isLast ? `s3.bucket('${entry.bucket}').newest(${writeKey(entry.key ?? '')}).versionId, or with ` : '';
  return `The mock makes the ids of versions: compare with ${current}expect.any(String).`;
}

/** Explains a failed rejects.toThrow('NoSuchKey'). */
function hintAtCode({ printed, expected, entries }: PlainComparison): string | undefined {
  const entry = entries.findLast(({ error }) => error !== undefined && expected.has(error.code));
  if (entry?.error === undefined || !/toThrow|to throw/.test(printed) || isMissingRejection(printed)) return undefined;
  const { code, message } = entry.error;
  if (message.includes(code)) return undefined;
  const member = isOfV3(entry) ? 'name' : 'code';
  return `${code} is the ${member} of the error, and toThrow compares its message: write rejects.toMatchObject({ ${member}: '${code}' }).`;
}

/** SDKs name the errors of a HEAD by these names. */
export const namesOfHeads: readonly string[] = ['NotFound', 'Forbidden', 'BadRequest'];

function hintAtHead({ expected, received, entries }: PlainComparison): string | undefined {
  const name = namesOfHeads.find((one) => received.has(one));
  const entry = entries.findLast(({ method, error }) => method === 'HEAD' && error && expected.has(error.code));
  if (name === undefined || entry === undefined) return undefined;
  return `The answer to a HEAD has no body, so the client knows only its status, and names the error after the status: expect '${name}'.`;
}

function hintAtMarkers({ numbers, entries }: PlainComparison): string | undefined {
  const [asked, found] = numbers;
  const entry = entries.findLast(({ output }) => {
    const entriesOfAnswer = memberOf(output, 'Entries');
    if (!Array.isArray(entriesOfAnswer)) return false;
    const markers = entriesOfAnswer.filter((one) => memberOf(one, 'DeleteMarkers') !== undefined).length;
    return markers > 0 && entriesOfAnswer.length === asked && entriesOfAnswer.length - markers === found;
  });
  return (
    entry &&
    `${writeCall(entry)} lists delete markers in DeleteMarkers, separately from Versions: compare the lengths of both.`
  );
}

/** For each listing, the member of an answer that leads to the next page, and the member of a request that asks for it. */
const pages: Readonly<Record<string, readonly [next: string, asks: string]>> = {
  ListObjectsV2: ['NextContinuationToken', 'ContinuationToken'],
  ListObjects: ['NextMarker', 'Marker'],
  ListObjectVersions: ['NextKeyMarker and NextVersionIdMarker', 'KeyMarker and VersionIdMarker'],
  ListMultipartUploads: ['NextKeyMarker and NextUploadIdMarker', 'KeyMarker and UploadIdMarker'],
  ListParts: ['NextPartNumberMarker', 'PartNumberMarker'],
};

function hintAtPage({ entries }: PlainComparison): string | undefined {
  const listings = entries.filter(({ operation }) => operation !== undefined && Object.hasOwn(pages, operation));
  const last = listings.at(-1);
  if (last?.operation === undefined || memberOf(last.output, 'IsTruncated') !== true) return undefined;
  const [next = '', asks = ''] = pages[last.operation] ?? [];
  return `${writeCall(last)} returned only one page of the listing: its answer has IsTruncated: true. Request the next page with its ${next} as ${asks}.`;
}

function hintAtPrefixes({ expected, received, entries }: PlainComparison): string | undefined {
  for (const entry of entries.toReversed()) {
    const prefixes = memberOf(entry.output, 'CommonPrefixes');
    for (const one of Array.isArray(prefixes) ? prefixes : []) {
      const prefix = memberOf(one, 'Prefix');
      if (typeof prefix !== 'string') continue;
      const isMissing = [...expected].some((key) => key.startsWith(prefix) && key !== prefix && !received.has(key));
      if (isMissing)
        return `${writeCall(entry)} lists only one level of keys, so ${writeKey(prefix)} in CommonPrefixes stands for all keys below it. List without a Delimiter${isOfMinio(entry) ? ": listObjectsV2('vault', '', true)" : ''}.`;
    }
  }
  return undefined;
}

function isMissingRejection(printed: string): boolean {
  return /promise resolved [\s\S]*?instead of reject|Missing expected rejection/.test(printed);
}

function hintAtRetry({ printed, entries }: PlainComparison): string | undefined {
  if (!isMissingRejection(printed)) return undefined;
  const last = entries.at(-1);
  const failed = entries.findLast(({ failure, status }) => failure !== undefined && (status === 0 || status >= 500));
  if (last === undefined || failed === undefined || last === failed || last.status >= 300) return undefined;
  if (last.operation !== failed.operation || last.url !== failed.url) return undefined;
  return `${writeCall(last)} was sent again, and S3 applied it: clients retry failed requests. To make the whole call fail, let the rule fail each attempt: s3.on('${last.operation}').fail('SlowDown'), without times.`;
}

/** A delete without a version id removes no version, whatever protects the versions. */
function hintAtDelete({ printed, entries }: PlainComparison): string | undefined {
  if (!isMissingRejection(printed)) return undefined;
  const entry = entries.findLast(({ operation, output }) => operation === 'DeleteObject' && output !== undefined);
  if (entry === undefined || entry !== entries.at(-1) || memberOf(entry.output, 'DeleteMarker') !== true)
    return undefined;
  if (memberOf(entry.input, 'VersionId') !== undefined) return undefined;
  return `${writeCall(entry)} has no VersionId, so it adds a delete marker, which neither MFA Delete nor a lock prevents. To delete a version, give its VersionId.`;
}

const hints: readonly Hint[] = [
  ...[hintAtBody, hintAtETag, hintAtVersionId, hintAtCode, hintAtHead],
  ...[hintAtMarkers, hintAtPage, hintAtPrefixes, hintAtRetry, hintAtDelete],
];

/** A runner first prints the compared values; an object can be long. */
const READ = 20_000;

/** Reads the values of the error. If the runner gives none, its text is the last resort: toHaveLength and toThrow of jest have no more. */
export function readCompared({ message, compared }: FailedError): ComparedTexts {
  const printed = message.slice(0, READ);
  const numbers = readNumbers(printed);
  const versionIds = readVersionIds(printed);
  if (compared === undefined) return { ...readSides(printed), numbers, versionIds, all: readTexts(printed), printed };
  const [ofExpected, ofReceived] = [compared.expected.filter(isPlain), compared.received.filter(isPlain)];
  const [expected, received] = [readValues(ofExpected), readValues(ofReceived)];
  const values = [...ofExpected, ...ofReceived];
  return {
    expected,
    received,
    numbers: readOnlyNumbers({ expected: ofExpected, received: ofReceived }) ?? numbers,
    versionIds: values.flatMap(({ name, value }) =>
      name === 'VersionId' ? String(value) : readVersionIds(String(value).slice(0, READ)),
    ),
    // For toHaveLength, chai's values are two numbers, and only its message contains the items.
    all: new Set([...readTexts(printed), ...[...expected, ...received].filter(({ length }) => length >= SHORTEST)]),
    printed: [printed, ...values.map(({ value }) => String(value).slice(0, READ))].join('\n').slice(0, READ),
  };
}

function isPlain({ isBytes }: ComparedValue): boolean {
  return !isBytes;
}

/** In place of an object or a list, vitest passes its printed form. */
const isPrint = /^(?:\w+ )?[[{]/;

function readValues(values: readonly ComparedValue[]): ReadonlySet<string> {
  return new Set(
    values.flatMap(({ value }) => [
      String(value),
      ...(typeof value === 'string' && isPrint.test(value) ? readMembers(value) : []),
    ]),
  );
}

function readMembers(printed: string): ReadonlySet<string> {
  return readTexts(printed.slice(0, READ).replace(/"\w+": /g, ''), 1);
}

function readOnlyNumbers({
  expected,
  received,
}: NonNullable<FailedError['compared']>): ComparedTexts['numbers'] | undefined {
  const [one, other] = [expected, received].map(([value, ...others]) =>
    others.length === 0 ? value?.value : undefined,
  );
  return typeof one === 'number' && typeof other === 'number' ? [one, other] : undefined;
}

function readVersionIds(printed: string): readonly string[] {
  return [...printed.matchAll(ofVersionId)].map(([, id = '']) => id);
}

function readNumbers(printed: string): ComparedTexts['numbers'] {
  const ofJest = /Expected(?: length)?: +(\d+)\s+Received(?: length)?: +(\d+)/.exec(printed);
  const ofChai = /to have a length of (?<expected>\d+) but got (?<received>\d+)/.exec(printed);
  const toBe = /expected (?<received>\d+) to (?:be|equal|deeply equal|strictly equal) (?<expected>\d+)/.exec(printed);
  const [expected, received] = ofJest
    ? [ofJest[1], ofJest[2]]
    : [(ofChai ?? toBe)?.groups?.['expected'], (ofChai ?? toBe)?.groups?.['received']];
  return [expected, received].map((one) => (one === undefined ? undefined : Number(one))) as [
    number | undefined,
    number | undefined,
  ]; // as many
}

function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isOfV3({ client = '' }: RequestEntry): boolean {
  return client.startsWith('aws-sdk-js/3');
}

function isOfMinio({ client = '' }: RequestEntry): boolean {
  return client.startsWith('MinIO');
}

/** The least number of characters, since shorter texts occur in many requests. */
const SHORTEST = 3;

/** The texts and numbers that runners print as expected and received. A longer text is printed in part. */
function readTexts(message: string, shortest = SHORTEST): ReadonlySet<string> {
  const texts = [...message.matchAll(/"((?:[^"\\\n]|\\.){0,300})"|'((?:[^'\\\n]|\\.){0,300})'/g)].map(
    ([, one, other]) => one ?? other ?? '',
  );
  const numbers = [...message.matchAll(/\b\d{3,}\b/g)].map(([number]) => number);
  return new Set([
    ...texts.map((text) => text.replace(/\\(.)/g, '$1')).filter(({ length }) => length >= shortest),
    ...numbers,
  ]);
}

/** Reads both sides of a message: jest prints each on a line of its own, chai both in one sentence. */
function readSides(message: string): Pick<ComparedTexts, 'expected' | 'received'> {
  const lines = message.split('\n');
  const textsIn = (start: RegExp) => readMembers(lines.filter((line) => start.test(line)).join('\n'));
  const [expected, received] = [textsIn(/^\s*(?:Expected\b|- )/), textsIn(/^\s*(?:Received\b|Resolved\b|\+ )/)];
  if (expected.size > 0 || received.size > 0) return { expected, received };
  const [, before = '', after = ''] = /\bexpected ([\s\S]*?) (?:to|not to) ([\s\S]*)/.exec(message) ?? [];
  const [asked = '', got = ''] = after.split(' but got ');
  return { expected: readMembers(asked), received: readMembers(`${before} ${got}`) };
}
