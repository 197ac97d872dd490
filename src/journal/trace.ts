import { printableUrl } from '../text/secrets';
import { visible } from '../text/values';
import type { RequestEntry } from './entry';
import { resourceOf } from './entry-text';
import { actionLine, type ServiceAction } from './service-actions';

/** A request as one line, to be printed as it comes: `403  PutBucketVersioning  vault  AccessDenied: the request has no MFA header`. */
export function traceRequest(entry: RequestEntry): string {
  const { status, operation, method, url, versionId } = entry;
  const parts = [
    status === 0 ? 'no answer' : String(status),
    operation ?? `${method} ${printableUrl(url)}`,
    operation && resourceOf(entry),
    operation && versionId && `(${versionId})`,
    outcomeOf(entry),
  ];
  // A key may contain any character, even one that moves the cursor.
  return visible(parts.filter((part) => part).join('  '));
}

/** What S3 did by itself, as one line: `2026-02-03 00:00  S3.EXPIRE.OBJECT  vault/report.pdf  version null, by rule 'old'`. */
export function traceServiceAction(action: ServiceAction): string {
  return visible(actionLine(action));
}

/** The refusal with its reason, or the failure that a rule asked for; a batch may have reasons and no refusal. */
function outcomeOf({ error, why, failure }: RequestEntry): string | undefined {
  if (error !== undefined) return [error.code, why ?? error.message].filter((part) => part !== '').join(': ');
  return why ?? (failure && `on purpose: ${failure.what}`);
}
