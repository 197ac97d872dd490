import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { memberOf } from '../text/value-kinds';
import { writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion, isMissingRejection } from './errors';
import { findOtherObject, listDifferences } from './library-assertions';

/** The most requests that are looked at. */
const LOOKED_AT = 100;

/** A body, or what a runner prints, is compared by its words, of which long texts have too many. */
const LONGEST = 10_000;

/** A write that replaced another one, which came after two reads of the version before. */
interface Lost {
  readonly write: RequestEntry;
  readonly before: RequestEntry;
  /** The ETag that both reads were answered. */
  readonly read: string;
  /** The requests on the key before the write, oldest first. */
  readonly earlier: readonly RequestEntry[];
}

function tagOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.replace(/^"(.*)"$/, '$1') : undefined;
}

function isRead({ operation, status }: RequestEntry): boolean {
  return operation === 'GetObject' && status === 200;
}

function isWrite({ operation }: RequestEntry): boolean {
  return operation === 'PutObject';
}

function isChange({ method }: RequestEntry): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** Says that two writers have read one version, and that the second has replaced what the first wrote. */
export function writeLostUpdate(entries: readonly RequestEntry[], errors: readonly FailedError[]): string | undefined {
  const other = findOtherObject(errors);
  const texts = other === undefined ? readPlain(errors) : readBodies(other.text);
  if (texts.length === 0) return undefined;
  const answered = entries.slice(-LOOKED_AT).filter(({ error, status }) => error === undefined && status < 300);
  const found = answered.flatMap((write, index) => findLost(write, answered.slice(0, index)) ?? []);
  const lost = found.findLast(
    (one) => (other === undefined || isOf(one.write, other)) && texts.some((sides) => isCompared(one, sides)),
  );
  return lost && (writeOfHead(lost) ?? writeUnconditional(lost));
}

/** What a test expected, and what it received. */
interface Sides {
  readonly expected: Iterable<string>;
  readonly received: Iterable<string>;
}

function readPlain(errors: readonly FailedError[]): readonly Sides[] {
  return errors.filter((error) => isAssertion(error) && !isMissingRejection(error.message)).map(readCompared);
}

function readBodies(text: string): readonly Sides[] {
  return listDifferences(text).flatMap(({ member, expected, received }) =>
    member === 'body' && expected !== undefined && received !== undefined
      ? { expected: [expected], received: [received] }
      : [],
  );
}

function isOf({ bucket, key }: RequestEntry, other: { readonly bucket: string; readonly key: string }): boolean {
  return other.bucket === bucket && other.key === key;
}

function findLost(write: RequestEntry, all: readonly RequestEntry[]): Lost | undefined {
  const earlier = all.filter(({ bucket, key }) => bucket === write.bucket && key === write.key);
  const at = earlier.findLastIndex(isWrite);
  const before = earlier[at];
  // Another write, or a delete, between the two has replaced what the first one wrote.
  const isBetween = earlier.slice(at + 1).some(({ operation }) => operation !== 'HeadObject');
  if (!isWrite(write) || before === undefined || isBetween) return undefined;
  const since = earlier.slice(earlier.slice(0, at).findLastIndex(isChange) + 1, at).filter(isRead);
  const [read, ...others] = since.map(({ output }) => tagOf(memberOf(output, 'ETag')));
  return read === undefined || !others.includes(read) ? undefined : { write, before, read, earlier };
}

/** Whether a test received a value of the last write, and expected what both have changed: the values of both, or a higher count. */
function isCompared({ write, before }: Lost, { expected, received }: Sides): boolean {
  const [own, first] = [wordsOf([bodyOf(write)]), wordsOf([bodyOf(before)])];
  const [wanted, came] = [wordsOf(expected), wordsOf(received)];
  const isBoth =
    [...wanted].some((word) => first.has(word) && !own.has(word)) &&
    [...wanted].some((word) => own.has(word) && !first.has(word));
  const isCount = bodyOf(write) === bodyOf(before) && [...own].some((word) => isCounted(word, { wanted, came }));
  return (isBoth || isCount) && [...came].some((word) => own.has(word));
}

/** Whether a test received a number, and expected the next one. */
function isCounted(
  word: string,
  { wanted, came }: { readonly wanted: ReadonlySet<string>; readonly came: ReadonlySet<string> },
): boolean {
  return /^\d{1,15}$/.test(word) && came.has(word) && wanted.has(String(Number(word) + 1));
}

function bodyOf({ body }: RequestEntry): string {
  return body !== undefined && body.byteLength <= LONGEST ? body.toString() : '';
}

function wordsOf(texts: Iterable<string>): ReadonlySet<string> {
  return new Set([...texts].flatMap((text) => text.slice(0, LONGEST).match(/[\p{L}\p{N}_.-]+/gu) ?? []));
}

function writeOfHead({ write, read, earlier }: Lost): string | undefined {
  const tag = tagOf(memberOf(write.input, 'IfMatch'));
  if (tag === undefined || tag === read) return undefined;
  const isAnswered = (entry: RequestEntry) => tagOf(memberOf(entry.output, 'ETag')) === tag;
  const head = earlier.findLast((entry) => entry.operation === 'HeadObject' && isAnswered(entry));
  if (head === undefined || earlier.some((entry) => isRead(entry) && isAnswered(entry))) return undefined;
  return `${writeCall(write)} named IfMatch ${writeValue(tag)}, the ETag of ${writeCall(head)}. No GetObject had read that version, so what it had is lost. Send the ETag of the GetObject whose body was changed.`;
}

function writeUnconditional({ write, read }: Lost): string | undefined {
  const isConditional = ['IfMatch', 'IfNoneMatch'].some((name) => memberOf(write.input, name) !== undefined);
  return isConditional
    ? undefined
    : `${writeCall(write)} replaced what another PutObject had written since GetObject answered the version with the ETag ${writeValue(read)}, which was read twice and changed twice: the first change is lost. Send the ETag of the GetObject whose body was changed as IfMatch, and after a 412 read it again.`;
}
