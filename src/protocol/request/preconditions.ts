import { parseHttpDate } from '../../formats/dates';
import { hasOneOf } from '../../formats/header-names';
import { S3Error } from '../../refusals/s3-error';
import { writeValue } from '../../text/values';
import { type Checks, conditionOrders, inOrder } from './orders';

interface ConditionedVersion {
  /** The ETag without quotes. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
}

/** A date that could not be read is not a condition. */
export interface ReadPreconditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/** `unchanged`: the condition demands a changed version. */
interface Unmet {
  readonly condition: 'If-Match' | 'If-None-Match' | 'If-Modified-Since' | 'If-Unmodified-Since';
  readonly unchanged: boolean;
}

/** Entity tags count before dates (RFC 9110, 13.2.2). */
export function findUnmetPrecondition(
  conditions: ReadPreconditions,
  version: ConditionedVersion,
  now: number,
): Unmet | undefined {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  if (IfMatch !== undefined) {
    if (!namesTag(IfMatch, version.etag)) return { condition: 'If-Match', unchanged: false };
  } else if (IfUnmodifiedSince !== undefined && isChangedSince(IfUnmodifiedSince, version)) {
    return { condition: 'If-Unmodified-Since', unchanged: false };
  }
  if (IfNoneMatch !== undefined) {
    const isNamed = namesTag(IfNoneMatch, version.etag);
    return isNamed ? { condition: 'If-None-Match', unchanged: true } : undefined;
  }
  // A date in the future is not a condition (F1771).
  if (IfModifiedSince === undefined || IfModifiedSince.getTime() > now) return undefined;
  return isChangedSince(IfModifiedSince, version) ? undefined : { condition: 'If-Modified-Since', unchanged: true };
}

interface DescribedVersion extends ConditionedVersion {
  readonly what: 'version' | 'source' | 'object';
}

/** Says what the condition names, what the version has, and what to send. */
export function whyUnmet(
  condition: Unmet['condition'],
  { what, etag, lastModified }: DescribedVersion,
  sent: ReadPreconditions,
): string {
  const [tags, date] = condition.endsWith('-Match')
    ? [condition === 'If-Match' ? sent.IfMatch : sent.IfNoneMatch, undefined]
    : [undefined, condition === 'If-Modified-Since' ? sent.IfModifiedSince : sent.IfUnmodifiedSince];
  if (date !== undefined) {
    const modified = `the ${what} was last modified at ${new Date(lastModified).toISOString()}`;
    const isChanged = condition === 'If-Unmodified-Since';
    return `${modified}, which is ${isChanged ? 'after' : 'not after'} ${condition}, ${date.toISOString()}`;
  }
  const has = `the ${what}'s ETag is "${etag}"`;
  if (condition === 'If-None-Match') return `${has}, which ${condition} names: ${writeValue(tags)}`;
  return `${has}, and ${condition} is ${writeValue(tags)}${sendLastETag}`;
}

function isChangedSince(since: Date, { lastModified }: ConditionedVersion): boolean {
  return Math.floor(lastModified / 1000) > Math.floor(since.getTime() / 1000);
}

/** The condition is `*` or a list. S3 ignores that a tag is marked as weak, in both conditions (F574). */
function namesTag(header: string, etag: string): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((item) => isTag(item.trim().replace(/^W\//, ''), etag));
}

/**
 * Both quotes, one of them or none can stand around the tag (F66). The condition of a write names one tag; a list, or a tag marked as weak,
 * is another text (F574).
 */
export function isTag(text: string, etag: string): boolean {
  return readTag(text) === etag;
}

/** Returns the tag as policies compare it (F486). */
export function readTag(text: string): string {
  return text.trim().replace(/^"|"$/g, '');
}

/** Whether a range is read: a stale If-Range, by an ETag or a date, asks for the whole object (F1607). */
export function holdsIfRange(header: string | undefined, version: ConditionedVersion): boolean {
  if (header === undefined) return true;
  const date = parseHttpDate(header);
  return date === undefined ? isTag(header, version.etag) : !isChangedSince(new Date(date), version);
}

/** A write at IBM COS has no If-Modified-Since, and without an object no condition on its date (F66). */
export function findUnmetOfWrite(
  headers: ReadonlyMap<string, string>,
  present: ConditionedVersion | undefined,
): Unmet['condition'] | undefined {
  const [IfMatch, IfNoneMatch] = [headers.get('if-match'), headers.get('if-none-match')];
  if (present === undefined) return IfMatch === undefined ? undefined : 'If-Match';
  const date = parseHttpDate(headers.get('if-unmodified-since') ?? '');
  const IfUnmodifiedSince = date === undefined ? undefined : new Date(date);
  return findUnmetPrecondition({ IfMatch, IfNoneMatch, IfUnmodifiedSince }, present, 0)?.condition;
}

type WriteCondition = { readonly kind: 'absent' } | { readonly kind: 'matches'; readonly etag: string } | undefined;

/** S3 accepts few forms (F66). */
export function readWritePrecondition(headers: ReadonlyMap<string, string>): WriteCondition {
  // Few writes have a condition, and each takes this path.
  if (!hasOneOf(headers, conditionNames)) return undefined;
  checkForm(headers);
  const etag = headers.get('if-match');
  return etag === undefined ? { kind: 'absent' } : { kind: 'matches', etag };
}

const conditionNames = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];

const dates = [
  ['if-modified-since', 'If-Modified-Since'],
  ['if-unmodified-since', 'If-Unmodified-Since'],
] as const;

const checksOfWrite: Checks<typeof conditionOrders.write, ReadonlyMap<string, string>> = {
  'one condition'(headers) {
    const [ifMatch, ifNoneMatch] = [headers.get('if-match'), headers.get('if-none-match')];
    if (ifMatch !== undefined && ifNoneMatch !== undefined)
      throw new S3Error('ConditionsSeveral').quoting({ 'If-Match': ifMatch, 'If-None-Match': ifNoneMatch });
  },
  'no condition by date'(headers) {
    const [name, Header] = dates.find(([sent]) => headers.has(sent)) ?? [];
    if (name !== undefined)
      throw new S3Error('HeaderNotImplemented', { Header }).quoting({ [name]: headers.get(name) });
  },
  'If-None-Match is a star'(headers) {
    const value = headers.get('if-none-match') ?? '*';
    if (value.trim() !== '*') throw refusalForValue('If-None-Match', value);
  },
  'If-Match is not empty': (headers) => checkNotEmpty(headers.get('if-match')),
  'If-Match is an ETag'(headers) {
    const value = headers.get('if-match');
    if (value !== undefined && isTag(value, '*')) throw refusalForValue('If-Match', value);
  },
};
const checkForm = inOrder(conditionOrders.write, checksOfWrite);

/** The ends of reasons, for whoever knows the ETag of the object. */
export const sendLastETag = ': send the ETag that the last answer has';
export const sendIfMatch = '; to write only if the object still has an ETag, send the ETag as If-Match';

/** F1606 */
export function checkNotEmpty(ifMatch: string | undefined): void {
  if (ifMatch?.trim() === '') throw new S3Error('IfMatchEmpty', {}, 'If-Match came without a value');
}

function refusalForValue(Header: string, value: string): S3Error {
  const takes =
    Header === 'If-Match'
      ? "an ETag, and not *; to write only where the key has no object, send IfNoneMatch: '*'"
      : `* alone, which writes only where the key has no object${sendIfMatch}`;
  return new S3Error(
    'ConditionNotAccepted',
    { Header },
    `${Header} is ${writeValue(value)}: with a write, S3 takes ${takes}`,
  );
}
