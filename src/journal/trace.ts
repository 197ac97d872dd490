import type { ServiceAction } from '../model/schedule/service-action';
import { printableUrl } from '../text/secrets';
import { visible } from '../text/values';
import type { RequestEntry } from './entry';
import { writeRequestSubject } from './entry-text';
import { writeAction } from './service-actions';

export type TellReason = (reason: string, entry?: RequestEntry) => string;

const asWritten: TellReason = (reason) => reason;

/** `403  PutBucketVersioning  vault  AccessDenied: the request has no MFA header`. */
export function traceRequest(entry: RequestEntry, tell: TellReason = asWritten): string {
  const { status, operation, method, url, versionId } = entry;
  const parts = [
    status === 0 ? 'no answer' : String(status),
    operation ?? `${method} ${printableUrl(url)}`,
    operation && writeRequestSubject(entry),
    operation && versionId && `(${versionId})`,
    writeOutcome(entry, tell),
  ];
  // A key may contain any character, even one that moves the cursor.
  return visible(parts.filter((part) => part).join('  '));
}

/** `2026-02-03 00:00  S3.EXPIRE.OBJECT  vault/report.pdf  version null, by rule 'old'`. */
export function traceServiceAction(action: ServiceAction, tell: TellReason = asWritten): string {
  const { why } = action;
  return visible(writeAction(why === undefined ? action : { ...action, why: tell(why) }));
}

/** The refusal with its reason, or the failure that a rule asked for; a batch may have reasons and no refusal. */
function writeOutcome(entry: RequestEntry, tell: TellReason): string | undefined {
  const { error, why, failure } = entry;
  const reason = why ?? error?.message ?? '';
  const told = reason === '' ? '' : tell(reason, entry);
  const refused = [error?.code ?? '', told].filter((part) => part !== '').join(': ');
  const onPurpose = failure && `on purpose: ${failure.what}`;
  if (refused === '') return onPurpose;
  return onPurpose === undefined ? refused : `${refused} (${onPurpose})`;
}
