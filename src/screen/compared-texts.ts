import type { RequestEntry } from '../journal/entry';
import type { ComparedValue, FailedError } from '../thrown-errors';
import type { Origin } from './origins';

export interface ComparedTexts {
  readonly expected: ReadonlySet<string>;
  readonly received: ReadonlySet<string>;
  /** All values of both sides in their order, also those that occur twice. Undefined if the runner's error has only a text. */
  readonly lists?: { readonly expected: readonly string[]; readonly received: readonly string[] };
  /** The expected number, and the received number. */
  readonly numbers: readonly [expected: number | undefined, received: number | undefined];
  /** The values of members VersionId. */
  readonly versionIds: readonly string[];
  /** The compared texts and numbers, without short ones, which occur in many requests. */
  readonly all: ReadonlySet<string>;
  /** Whether the code or the test read a value that is not there. */
  readonly isUndefined: boolean;
  /** The text of different bytes on both sides, if it is the same text, since bytes that are no UTF-8 were replaced in it. */
  readonly textOfBytes?: string | undefined;
  /** The text that the runner prints. */
  readonly printed: string;
}

/** The values that an assertion of the runner compared, with the requests of its test. */
export interface PlainComparison extends ComparedTexts {
  readonly entries: readonly RequestEntry[];
  /** Whether the key of a request has a version of that id. */
  readonly isVersion: (entry: Pick<RequestEntry, 'bucket' | 'key'>, id: string) => boolean;
  /** The ids and the short bodies of the versions of a key. */
  readonly readVersions?: (bucket: string, key: string) => readonly string[];
  /** The id of the newest version of a key that has a text as its id or its body. */
  readonly findIdOf?: (bucket: string, key: string, text: string) => string | undefined;
  /** The moment at which a version was written, with its milliseconds. */
  readonly findMoment?: (bucket: string, key: string, id: string) => number | undefined;
  /** By how many milliseconds the test has moved the clock of the mock. */
  readonly moved?: number;
  /** The keys of the uploads in parts that nobody has completed. */
  readonly listOpenUploads?: (bucket: string) => readonly string[];
  /** The id of the version below the current one that has a text as its body. */
  readonly findOlder?: (entry: Pick<RequestEntry, 'bucket' | 'key'>, text: string) => string | undefined;
  /** Says how a fixture orders versions, if the version is the oldest of those that were there when the test began. */
  readonly writeOrderOfFixture?: (
    read: Pick<RequestEntry, 'bucket' | 'key'>,
    id: string,
    entries: readonly RequestEntry[],
  ) => string;
  /** The algorithm of the checksum that the current version of a key has. */
  readonly readAlgorithm?: (entry: Pick<RequestEntry, 'bucket' | 'key'>) => string | undefined;
  /** How many versions a key has, and how many of them are delete markers. */
  readonly countVersions?: (bucket: string, key: string) => { readonly all: number; readonly markers: number };
  /** Whether a text is the canonical id of an account of the mock. */
  readonly isOwner?: (canonicalId: string) => boolean;
  /** The last current key of a bucket before another one, below the prefix of the listing. */
  readonly findKeyBefore?: (entry: Pick<RequestEntry, 'bucket' | 'input'>, key: string) => string | undefined;
  /** The current objects of a bucket below the prefix of the listing, each with its date in milliseconds. */
  readonly listDated?: (
    entry: Pick<RequestEntry, 'bucket' | 'input'>,
  ) => readonly { readonly key: string; readonly created: number }[];
  /** The bytes of all current objects below the prefix of the listing, or of all versions for a listing of versions. */
  readonly sumSizes?: (entry: Pick<RequestEntry, 'operation' | 'bucket' | 'input'>) => number | undefined;
  /** The keys of a bucket that had an object before requests of an operation deleted them. */
  readonly listDeletedObjects?: (bucket: string, operation: 'DeleteObject' | 'DeleteObjects') => ReadonlySet<string>;
  /** Whether the test has read something by a handle after its last request. */
  readonly readsHandle?: boolean;
  /** Whether a number is that of the keys or versions which the test has last read by a handle. */
  readonly isOfHandle?: (number: number) => boolean;
  /** Whether the key of a request has a version that is an object. */
  readonly hasObjects?: (entry: Pick<RequestEntry, 'bucket' | 'key'>) => boolean;
  /** Who wrote the object that a request was answered; undefined if nobody knows. */
  readonly findOrigin?: (entry: RequestEntry) => Origin | undefined;
}

/** Says what to compare instead, if the comparison would then hold. */
export type Comparison = (comparison: PlainComparison) => string | undefined;

const ofVersionId = /VersionId"?:? *["']([^"'\n]+)["']/g;

/** A runner first prints the compared values; an object can be long. */
const READ = 20_000;

/** What jest, chai, node:assert and JavaScript itself say of a value that is undefined. */
const ofUndefined =
  /^Received(?: has value)?:? +undefined$|\bexpected undefined to\b|Target cannot be null or undefined|^\+ undefined$|^undefined !==|properties of undefined|undefined is not|is not iterable/m;

/** A screen asks for the values of an error dozens of times, and the values can be a thousand texts. */
const known = new WeakMap<FailedError, ComparedTexts>();

export function readCompared(error: FailedError): ComparedTexts {
  const texts = known.get(error) ?? readAnew(error);
  known.set(error, texts);
  return texts;
}

/** Reads the values of the error. If the runner gives none, its text is the last resort: toHaveLength and toThrow of jest have no more. */
function readAnew({ message, compared }: FailedError): ComparedTexts {
  const printed = message.slice(0, READ);
  const numbers = readNumbers(printed);
  const versionIds = readVersionIds(printed);
  const isUndefined = ofUndefined.test(printed);
  if (compared === undefined)
    return { ...readSides(printed), numbers, versionIds, all: readTexts(printed), isUndefined, printed };
  const [ofExpected, ofReceived] = [compared.expected.filter(isPlain), compared.received.filter(isPlain)];
  const lists = { expected: readValues(ofExpected), received: readValues(ofReceived) };
  const [expected, received] = [new Set(lists.expected), new Set(lists.received)];
  const values = [...ofExpected, ...ofReceived];
  return {
    expected,
    received,
    lists,
    numbers: readOnlyNumbers({ expected: ofExpected, received: ofReceived }) ?? numbers,
    versionIds: values.flatMap(({ name, value }) =>
      name === 'VersionId' ? String(value) : readVersionIds(String(value).slice(0, READ)),
    ),
    // For toHaveLength, chai's values are two numbers, and only its message contains the items.
    all: new Set([...readTexts(printed), ...[...expected, ...received].filter(({ length }) => length >= SHORTEST)]),
    isUndefined,
    textOfBytes: findTextOfBytes(compared),
    printed: [printed, ...values.map(({ value }) => String(value).slice(0, READ))].join('\n').slice(0, READ),
  };
}

/** What a decoder writes for bytes that are no UTF-8. */
const REPLACED = '\u{fffd}';

function findTextOfBytes({ expected, received }: NonNullable<FailedError['compared']>): string | undefined {
  const texts = new Set(received.flatMap(({ value, isBytes }) => (isBytes ? value : [])));
  const found = expected.find(({ value, isBytes }) => isBytes && texts.has(value));
  return typeof found?.value === 'string' && found.value.includes(REPLACED) ? found.value : undefined;
}

function isPlain({ isBytes }: ComparedValue): boolean {
  return !isBytes;
}

/** In place of an object or a list, vitest passes its printed form. */
const isPrint = /^(?:\w+ )?[[{]/;

function readValues(values: readonly ComparedValue[]): readonly string[] {
  return values.flatMap(({ value }) => [
    String(value),
    ...(typeof value === 'string' && isPrint.test(value) ? readMembers(value) : []),
  ]);
}

/** The values of both sides in their order, without the printed form of a list or an object. */
export function listInOrder({ lists, expected, received }: ComparedTexts): readonly (readonly string[])[] {
  return [lists?.expected ?? [...expected], lists?.received ?? [...received]].map((side) =>
    side.filter((text) => !isPrint.test(text)),
  );
}

/** How often a side has a text, also within the printed form of a list, which vitest passes alone. */
export function countText(side: readonly string[], text: string): number {
  return side.reduce(
    (sum, one) => sum + (isPrint.test(one) ? one.split(`"${text}"`).length - 1 : Number(one === text)),
    0,
  );
}

/** The values of a side, without the printed form of a list or an object, and without a number that is only part of another text. */
export function listValues(side: ReadonlySet<string>): readonly string[] {
  const texts = [...side].filter((text) => !isPrint.test(text));
  const isNumber = (text: string) => /^\d+$/.test(text);
  const within = new Set(texts.flatMap((text) => (isNumber(text) ? [] : (text.match(/\d+/g) ?? []))));
  return texts.filter((text) => !within.has(text));
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
  const ofJest = /Expected(?: length| number of calls)?: +(\d+)\s+Received(?: length| number of calls)?: +(\d+)/.exec(
    printed,
  );
  const ofChai = /to have a length of \+?(?<expected>\d+) but got \+?(?<received>\d+)/.exec(printed);
  const toBe = /expected \+?(?<received>\d+) to (?:be|equal|deeply equal|strictly equal) \+?(?<expected>\d+)/.exec(
    printed,
  );
  const spy = /to be called (?<expected>\d+) times, but got (?<received>\d+) times/.exec(printed);
  // mocha makes texts of the values of node:assert before its hooks are called.
  const ofNode = /^(?<received>\d{1,15}) (?:!==|==) (?<expected>\d{1,15})$/m.exec(printed);
  const groups = (ofChai ?? toBe ?? spy ?? ofNode)?.groups;
  const [expected, received] = ofJest ? [ofJest[1], ofJest[2]] : [groups?.['expected'], groups?.['received']];
  return [expected, received].map((one) => (one === undefined ? undefined : Number(one))) as [
    number | undefined,
    number | undefined,
  ]; // as many
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
