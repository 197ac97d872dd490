import { findControlOperation } from '../operations/control/table';
import { readRequest, type S3Request } from '../protocol/request/request';
import { S3Error } from '../refusals';
import { joinSentences } from '../text/reason';
import type { WireRequest } from '../wire';
import type { Call } from './call';
import { beginCall, s3 } from './s3-service';
import type { ReadOptions, Service } from './service';

/** Its requests go the way of S3's, and have operations and documents of their own. */
export const s3Control: Service<Call> = { ...s3, name: 's3-control', read };

function read(options: ReadOptions, wire: WireRequest): Call {
  const sent = readRequest({ ...wire, endpoint: { ...wire.endpoint, service: 's3-control' } });
  const { found, labels } = findControlOperation(sent);
  const account = readAccount(sent);
  const needsAccount = account === undefined && !('preflight' in found);
  const address = sent.refusals.address ?? (needsAccount ? refusalForNoAccount() : undefined);
  const refusals = { ...sent.refusals, ...(address && { address }) };
  return beginCall(options, { ...sent, labels, refusals, account }, found);
}

/** The host decides, whatever the header says. A host of the user can be an address (F1105). */
function readAccount({ wire, endpoint: { base, own }, headers }: S3Request): string | undefined {
  const inHost = wire.host.endsWith(`.${base}`) ? wire.host.slice(0, -base.length - 1) : undefined;
  const inHeader = headers.get('x-amz-account-id') || undefined;
  return own ? (inHeader ?? inHost) : (inHost ?? inHeader);
}

function refusalForNoAccount(): S3Error {
  const why = 'neither the host nor x-amz-account-id names an account';
  return new S3Error('AccountNotNamed', {}, joinSentences(why, 'the mock guesses what S3 Control answers to it'));
}
