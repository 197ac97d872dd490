import { type Dialect, dialects, type Stamp } from '../dialects';
import type { IdPurpose } from '../model/ids';
import type { Store } from '../model/store';
import { writeRefusal } from '../protocol/reply/refusal';
import { refusalOfLongSection, refusalOfTransferEncoding } from '../protocol/request/request';
import { S3Error } from '../refusals';
import type { CaptureRefusal, WireReply, WireRequest } from '../wire';

export function replyToStray(store: Store, wire: Partial<WireRequest>, refusal: S3Error): WireReply {
  const { method = 'GET', url: path = '/', endpoint } = wire;
  const dialect = dialects[endpoint?.dialect ?? 'aws'];
  const request = { method, path, dialect, service: endpoint?.service ?? 's3' };
  // A late request of an earlier test must not take an id from the sequence of the present test.
  return writeRefusal(refusal, request, makeStamp(store, dialect, 'stray'));
}

/** The date is the process's, not the mock's: an SDK that sees minutes of difference corrects its clock and sends a refused request again. */
export function makeStamp({ ids, clock }: Store, dialect: Dialect, purpose: IdPurpose = 'request'): Stamp {
  return dialect.answers.stamp(ids, purpose, clock.processNow());
}

export function refusalForCapture(
  refusal: Exclude<CaptureRefusal, { readonly kind: 'unknown-host' }>,
  refusalForBug: (thrown: unknown) => S3Error,
): S3Error {
  switch (refusal.kind) {
    case 'stopped':
      return new S3Error('MockStopped');
    case 'overtaken':
      return new S3Error('MockReset');
    case 'left':
      return new S3Error('MockLeft', { callSite: refusal.callSite });
    case 'unparsable':
      return refusalForUnparsable(refusal);
    case 'broken':
      return refusalForBug(refusal.error);
  }
}

type Unparsable = Extract<CaptureRefusal, { readonly kind: 'unparsable' }>;

/** Node's parser refuses a transfer coding that it does not know, and requests that S3 cannot read either (F24). */
function refusalForUnparsable({ reason, head }: Unparsable): S3Error {
  if (reason === 'no Host') return new S3Error('HostMissing', {}, 'the request has no Host header, or an empty one');
  // Node counts the url too; if its end never came, the url is too long (F1692).
  if (reason === 'HPE_HEADER_OVERFLOW' && head.includes('\r\n')) return refusalOfLongSection();
  const coding = /^transfer-encoding:(.*)$/im.exec(head)?.[1];
  return refusalOfTransferEncoding(coding) ?? new S3Error('RequestUnparsable');
}
