import { httpDate } from '../../formats/dates';
import type { Bucket } from '../../model/bucket';
import { abortionOf, expirationOf } from '../../model/lifecycle/rules';
import type { Upload } from '../../model/uploads/upload';
import type { Version } from '../../model/versions/version';
import { header } from '../../protocol/document/binding';
import { text, timestamp } from '../../protocol/document/values';

/** When the current version of a key expires. */
export const expirationMember = { Expiration: header('x-amz-expiration') };

/** What an answer about a key's current version tells of its end: when, and by which rule (F112). */
export function expirationOutput({ lifecycle }: Bucket, version: Version): string | undefined {
  const due = expirationOf(lifecycle, version);
  return due && `expiry-date="${httpDate(due.at)}", rule-id="${ruleIdInHeader(due.rule.ID)}"`;
}

/** When an upload is aborted. */
export const abortionMembers = {
  AbortDate: header('x-amz-abort-date', timestamp('http-date')),
  AbortRuleId: header('x-amz-abort-rule-id', text),
};

/** What an answer about an upload tells of its end. */
export function abortionOutput({ lifecycle }: Bucket, upload: Upload) {
  const due = abortionOf(lifecycle, upload);
  return due ? { AbortDate: new Date(due.at), AbortRuleId: ruleIdInHeader(due.rule.ID) } : {};
}

/** A rule's id as it is, but for what a header cannot carry (F119). */
function ruleIdInHeader(id: string): string {
  return id.replace(/[^\x20-\x7e]/gu, (letter) =>
    [...Buffer.from(letter)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
