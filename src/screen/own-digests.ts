import { md5 } from '../formats/digests';
import type { RequestEntry } from '../journal/entry';
import { sendIfMatch, sendLastETag } from '../protocol/request/preconditions';
import { memberOf } from '../text/value-kinds';

/** A longer body is not digested. */
const LONGEST = 10_000_000;

/** Returns the reason of a line about a condition whose ETag is the MD5 of the bytes that are written: the code means to write only others. */
export function writeOwnDigest(
  { operation, headers, body, why = '', bucket, key }: RequestEntry,
  before: readonly RequestEntry[],
): string | undefined {
  const end = [sendIfMatch, sendLastETag].find((one) => why.endsWith(one));
  if (operation !== 'PutObject' || end === undefined || body === undefined || body.byteLength > LONGEST)
    return undefined;
  const [ofMatch, ofNone] = [headers['if-match'], headers['if-none-match']];
  const sent = ofNone ?? ofMatch ?? '';
  if (sent.replaceAll('"', '') !== md5(body).toString('hex')) return undefined;
  // Code that has read the ETag, or got it for an earlier write, asks whether the object is still the same, and writes those bytes by chance.
  const isAnswered = before.some((one) => one.bucket === bucket && one.key === key && hasTag(one, sent));
  if (ofNone === undefined && isAnswered) return undefined;
  const because =
    ofNone === undefined
      ? 'which the object has only if it has these bytes already'
      : 'and no condition lets S3 write only if the bytes differ';
  return `${why.slice(0, -end.length)}; the ETag is the MD5 of the Body of this request, ${because}: to write only other bytes, send a HeadObject before, and compare its ETag`;
}

function hasTag({ output }: RequestEntry, sent: string): boolean {
  const tag = memberOf(output, 'ETag');
  return typeof tag === 'string' && tag.replaceAll('"', '') === sent.replaceAll('"', '');
}
