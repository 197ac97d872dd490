import { writeHttpDate as writeDate } from '../../formats/dates';
import type { Bucket } from '../../model/bucket';
import { findAbortion, findDueExpiration } from '../../model/lifecycle/due-actions';
import type { Upload } from '../../model/uploads/upload';
import type { Version } from '../../model/versions/version';
import { header } from '../../shapes/places';
import { httpDate, text } from '../../shapes/values';

export const expirationMember = { Expiration: header('x-amz-expiration') };

/** F112 */
export function expirationOutput({ lifecycle }: Bucket, version: Version): string | undefined {
  const due = findDueExpiration(lifecycle, version);
  return due && `expiry-date="${writeDate(due.at)}", rule-id="${ruleIdInHeader(due.rule.ID)}"`;
}

export const abortionMembers = {
  AbortDate: header('x-amz-abort-date', httpDate),
  AbortRuleId: header('x-amz-abort-rule-id', text),
};

export function abortionOutput({ lifecycle }: Bucket, upload: Upload) {
  const due = findAbortion(lifecycle, upload);
  return due ? { AbortDate: new Date(due.at), AbortRuleId: ruleIdInHeader(due.rule.ID) } : {};
}

/** Encodes the quote and the percent sign in a rule's id, and the characters that a header cannot carry (F119). */
function ruleIdInHeader(id: string): string {
  return id.replace(/[^\x20-\x7e]|["%]/gu, (letter) =>
    [...Buffer.from(letter)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}
