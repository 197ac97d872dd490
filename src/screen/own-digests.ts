import { md5 } from '../formats/digests';
import type { RequestEntry } from '../journal/entry';
import { sendIfMatch, sendLastETag } from '../protocol/request/preconditions';
import { memberOf } from '../text/value-kinds';
import { readAnswer } from './answer-texts';

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

/** Returns the reason of a line about an If-Match whose ETag no request of the test was answered: the code has kept it. */
export function writeKeptCondition(
  { headers, why = '' }: RequestEntry,
  before: readonly RequestEntry[],
): string | undefined {
  const sent = headers['if-match'];
  if (sent === undefined || !why.endsWith(sendLastETag) || before.some((one) => hasTagAnywhere(one, sent)))
    return undefined;
  return `${why.slice(0, -sendLastETag.length)}, with which no request of this test was answered before. If the code keeps it from an earlier test, clear it before each test; otherwise send the ETag that the last answer has`;
}

/** Listings and copies have ETags in their lists and documents. */
function hasTagAnywhere({ output }: RequestEntry, sent: string): boolean {
  return readAnswer(output).has(sent.replaceAll('"', ''));
}

function hasTag({ output }: RequestEntry, sent: string): boolean {
  const tag = memberOf(output, 'ETag');
  return typeof tag === 'string' && tag.replaceAll('"', '') === sent.replaceAll('"', '');
}
