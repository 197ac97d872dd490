import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { Witnesses } from '../mock/failed-test';
import type { StoreSnapshot } from '../model/store';
import { counted } from '../text/counts';
import { firstFound } from '../text/lists';
import { isArray, isRecord, memberOf } from '../text/value-kinds';
import { writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import type { WireRequest } from '../wire';
import { readAnswer } from './answer-texts';
import type { ComparedTexts } from './compared-texts';
import { comparesAnother, type LastHandleRead } from './handle-read';
import { type AssertedDifference, type AssertedObject, findOtherObject, listDifferences } from './library-assertions';
import { listMissing, readCounts } from './trials/expectation';
import { makeRead, readParameters, withoutParameter } from './trials/wire';

/** The writes of a test whose places are read before and after them. */
const ASKED = 3;
/** What a list of texts shows of a value that was there. */
const NAMED = 3;

const ofObjects = /^(?:PutObject|CopyObject|CompleteMultipartUpload)$/;

/** A write that leaves nothing of what was in its place: an object, or one of the documents about a bucket or an object. */
function isWhole({ operation: name, method, error, failure }: RequestEntry): boolean {
  const operation: string = name ?? '';
  if (error !== undefined || failure !== undefined) return false;
  return ofObjects.test(operation) || (method === 'PUT' && /^Put(?:Bucket|Object|PublicAccess)[A-Z]/.test(operation));
}

/** What a read answers in the place of a write. */
interface Described {
  readonly texts: ReadonlySet<string>;
  readonly counts: ReadonlyMap<string, number>;
}

type Tried = Pick<Witnesses, 'state' | 'openTrials'>;

interface Missed {
  readonly compared: readonly ComparedTexts[];
  /** The lines that say already what a request lacks. */
  readonly tried: readonly string[];
  readonly ofHandle: LastHandleRead | undefined;
  readonly errors: readonly FailedError[];
}

/** Says that a write replaced the whole of what a test expects to be there still: S3 adds nothing to what it has. */
export function writeReplacedWholes(
  witnesses: Tried,
  entries: readonly RequestEntry[],
  { compared, tried, ofHandle, errors }: Missed,
): string | undefined {
  const other = findOtherObject(errors);
  const losses =
    other === undefined
      ? compared.map(readLoss).filter(({ missing, more }) => missing.length > 0 || more !== undefined)
      : listMembers(other).map(readLossOfMember);
  if (losses.length === 0) return undefined;
  const present = witnesses.state.store.snapshot();
  const isOfOther = (entry: RequestEntry) =>
    other === undefined || (entry.bucket === other.bucket && entry.key === other.key);
  const writes = entries.filter(
    (entry, place) => isWhole(entry) && isOfOther(entry) && !comparesAnother(entry, place, ofHandle),
  );
  return firstFound(writes.slice(-ASKED).toReversed(), (write) => {
    const kept = witnesses.state.sent.find(write);
    if (kept === undefined || tried.some((line) => line.startsWith(`${writeCall(write)}: `))) return undefined;
    const earlier = writes
      .slice(0, writes.indexOf(write))
      .filter(
        ({ operation, bucket, key }) => operation === write.operation && bucket === write.bucket && key === write.key,
      );
    return firstFound(listReads(kept.wire, write), (read) => {
      const now = describe(witnesses, present, read);
      // What is there now is not lost.
      const lost = losses.map((loss) => ({ ...loss, missing: loss.missing.filter((text) => !now.texts.has(text)) }));
      const source = readSource(kept.wire, write);
      const befores = [
        describe(witnesses, witnesses.state.fixtures, read),
        ...(source === undefined ? [] : [describe(witnesses, present, source)]),
        ...earlier.map(readInput),
      ];
      const found = firstFound(befores, (before) => nameAll(other === undefined, lost, now, before));
      return found === undefined ? undefined : writeWhole(write, found);
    });
  });
}

/** What an assertion misses, so that a write can have replaced it. */
interface Loss {
  readonly missing: readonly string[];
  /** The expected and the received number of something, if more of it was expected. */
  readonly more: readonly [expected: number, received: number] | undefined;
  /** The member that an assertion of the library names. */
  readonly member?: string;
}

/** The members of an object that `toHaveObject` misses. A member with another value was named, and is not lost. What was written with the bytes is another question. */
function listMembers({ text }: AssertedObject): readonly AssertedDifference[] {
  return listDifferences(text).filter(
    ({ member, received }) => ofMembers.test(member) && (received === undefined || received.endsWith('octet-stream')),
  );
}

const ofMembers = /^(?:tags|metadata|headers)[.[]|^contentType$/;

/** The value, and the name of it in the tags or the metadata. */
function readLossOfMember({ member, expected }: AssertedDifference): Loss {
  return { missing: expected === undefined ? [] : [expected], more: undefined, member };
}

/** An assertion of a runner has one loss, and one of the library names each member. */
function nameAll(isOfRunner: boolean, losses: readonly Loss[], now: Described, before: Described): string | undefined {
  if (isOfRunner) return firstFound(losses, (loss) => nameLost(loss, now, before));
  const found = losses.flatMap((loss) => {
    const name = nameLost(loss, now, before);
    return name === undefined ? [] : `${loss.member} ${name}`;
  });
  return found.length === 0 ? undefined : found.slice(0, NAMED).join(', ');
}

function readLoss(compared: ComparedTexts): Loss {
  const [expected = 0, received = 0] = compared.numbers;
  // Runners also give the number itself as what was expected.
  const missing = listMissing(compared).filter((text) => text !== String(compared.numbers[0]));
  return { missing, more: expected > received ? [expected, received] : undefined };
}

/** The requests that read what a write has written. */
function listReads(wire: WireRequest, { operation = 'PutObject' }: RequestEntry): readonly WireRequest[] {
  const named = readParameters(wire).find(({ name }) => name === 'versionId');
  const path = wire.url.split('?', 1)[0] ?? '';
  if (ofObjects.test(operation)) return [makeRead(wire, 'HEAD', path), makeRead(wire, 'GET', `${path}?tagging`)];
  return [makeRead(wire, 'GET', named === undefined ? wire.url : withoutParameter(wire, named).url)];
}

/** The member by which a copy takes nothing along of its source. */
function findDirective({ input }: RequestEntry): string | undefined {
  return ['MetadataDirective', 'TaggingDirective'].find((name) => memberOf(input, name) === 'REPLACE');
}

/** The request that reads the source of a copy within its bucket, if the copy names by itself what its object has. */
function readSource(wire: WireRequest, write: RequestEntry): WireRequest | undefined {
  const { bucket = '', operation } = write;
  const source = wire.headers.get('x-amz-copy-source')?.replace(/^\//, '') ?? '';
  const isReplaced = operation === 'CopyObject' && findDirective(write) !== undefined;
  if (!isReplaced || !source.startsWith(`${bucket}/`)) return undefined;
  return makeRead(wire, 'HEAD', wire.url.startsWith(`/${bucket}/`) ? `/${source}` : source.slice(bucket.length));
}

function describe({ state: { store }, openTrials }: Tried, state: StoreSnapshot, wire: WireRequest): Described {
  try {
    const { result } = store.unobserved(() => store.actOn(state, () => openTrials()(wire)));
    return describeAnswer(result?.refusal === undefined ? result?.output : undefined);
  } catch {
    // A bug of the mock was reported with the request itself, and must not hide why the test failed.
    return describeAnswer(undefined);
  }
}

/** What follows from the bytes and the moment of a write, and not from what the request names beside them. */
const ofBytes = /^(?:Body|ETag|LastModified|VersionId|ContentLength|Checksum.*|Expiration|Restore|ReplicationStatus)$/;

function withoutBytes(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !ofBytes.test(name)));
}

function describeAnswer(output: object = {}): Described {
  const rest = withoutBytes(output);
  return { texts: readAnswer(rest), counts: readCounts(rest) };
}

function readInput({ input }: RequestEntry): Described {
  const rest = withoutBytes(input);
  const counts = new Map<string, number>();
  const work: unknown[] = [rest];
  for (const value of work)
    for (const [name, item] of isRecord(value) ? Object.entries(value) : []) {
      work.push(item);
      if (isArray(item)) counts.set(name, item.length);
    }
  return { texts: readAnswer(rest), counts };
}

/** What was there before, and is what the test misses. */
function nameLost({ missing, more }: Loss, now: Described, before: Described): string | undefined {
  if (missing.length > 0)
    return missing.every((text) => before.texts.has(text))
      ? missing
          .slice(0, NAMED)
          .map((text) => writeValue(text))
          .join(', ')
      : undefined;
  if (more === undefined) return undefined;
  const [expected, received] = more;
  return firstFound([...before.counts], ([name, count]) =>
    count > 0 && now.counts.get(name) === received && count + received === expected
      ? `${counted(count, 'more item')} of ${name}`
      : undefined,
  );
}

function writeWhole(write: RequestEntry, lost: string): string {
  const call = writeCall(write);
  const directive = findDirective(write);
  if (directive !== undefined)
    return `${call} was sent with ${directive}: 'REPLACE', so the object lost what the request does not name, such as ${lost}: name that as well.`;
  return ofObjects.test(write.operation ?? '')
    ? `${call} wrote a new object with only what the request named, in place of one with ${lost}: name that as well.`
    : `${call} replaced all that was there, and ${lost} with it, as S3 adds nothing to what it has: read it first with ${String(write.operation).replace('Put', 'Get')}, and send all of it.`;
}
