import { S3Error } from '../../refusals/s3-error';

interface ConditionedVersion {
  /** Without quotes. */
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

/** `unchanged`: the condition asked for a changed version. */
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
    if (!namesTag(IfMatch, version.etag, 'strong')) return { condition: 'If-Match', unchanged: false };
  } else if (IfUnmodifiedSince !== undefined && isChangedSince(IfUnmodifiedSince, version)) {
    return { condition: 'If-Unmodified-Since', unchanged: false };
  }
  if (IfNoneMatch !== undefined) {
    const isNamed = namesTag(IfNoneMatch, version.etag, 'weak');
    return isNamed ? { condition: 'If-None-Match', unchanged: true } : undefined;
  }
  // A date in the future is not a condition.
  if (IfModifiedSince === undefined || IfModifiedSince.getTime() > now) return undefined;
  return isChangedSince(IfModifiedSince, version) ? undefined : { condition: 'If-Modified-Since', unchanged: true };
}

function isChangedSince(since: Date, { lastModified }: ConditionedVersion): boolean {
  return Math.floor(lastModified / 1000) > Math.floor(since.getTime() / 1000);
}

/** The condition is `*` or a list. Only a weak comparison ignores that a tag is marked as weak (RFC 9110, 8.8.3.2; F574). */
function namesTag(header: string, etag: string, comparison: 'strong' | 'weak'): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((item) => isTag(comparison === 'weak' ? item.trim().replace(/^W\//, '') : item, etag));
}

/** With both quotes, one or none (F66). The condition of a write names one tag; a list, or a tag marked as weak, is another text (F574). */
export function isTag(text: string, etag: string): boolean {
  return text.trim().replace(/^"|"$/g, '') === etag;
}

type WriteCondition = { readonly kind: 'absent' } | { readonly kind: 'matches'; readonly etag: string } | undefined;

/** S3 accepts few forms (F66). */
export function readWritePrecondition(headers: ReadonlyMap<string, string>): WriteCondition {
  const ifMatch = headers.get('if-match');
  const ifNoneMatch = headers.get('if-none-match');
  const dated = ['if-modified-since', 'if-unmodified-since'].find((name) => headers.has(name));
  if (ifMatch !== undefined && ifNoneMatch !== undefined) {
    throw new S3Error('ConditionsSeveral').quoting({ 'If-Match': ifMatch, 'If-None-Match': ifNoneMatch });
  }
  if (dated !== undefined)
    throw new S3Error('HeaderNotImplemented', {
      Header: dated === 'if-modified-since' ? 'If-Modified-Since' : 'If-Unmodified-Since',
    }).quoting({ [dated]: headers.get(dated) });
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() !== '*') throw refusalForValue('If-None-Match', ifNoneMatch);
    return { kind: 'absent' };
  }
  if (ifMatch === undefined) return undefined;
  if (isTag(ifMatch, '*')) throw refusalForValue('If-Match', ifMatch);
  return { kind: 'matches', etag: ifMatch };
}

function refusalForValue(Header: string, value: string): S3Error {
  return new S3Error('ConditionNotAccepted', { Header }).quoting({ [`its value`]: value });
}
