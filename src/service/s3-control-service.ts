import { findControlOperation } from '../operations/control/table';
import { readRequest, type S3Request } from '../protocol/request/request';
import { S3Error } from '../refusals';
import { joinSentences } from '../text/sentences';
import type { WireRequest } from '../wire';
import type { Call } from './call';
import { beginCall, s3 } from './s3-service';
import type { ReadOptions, Service } from './service';

/** S3 Control: the settings of accounts, and access points. Its requests go the way of S3's, and have operations and documents of their own. */
export const s3Control: Service<Call> = { ...s3, name: 's3-control', read };

function read(options: ReadOptions, wire: WireRequest): Call {
  const sent = readRequest({ ...wire, endpoint: { ...wire.endpoint, service: 's3-control' } });
  const { found, labels } = findControlOperation(sent);
  const named = accountsNamed(sent);
  const address = sent.refusals.address ?? refusalOfAccounts(named);
  const refusals = { ...sent.refusals, ...(address && { address }) };
  return beginCall(options, { ...sent, labels, refusals, account: named[0] }, found);
}

/** The accounts that a request names, in its host and in its header: one, in what SDKs send. A host of the user has no account if it is an address. */
function accountsNamed({ wire, endpoint, headers }: S3Request): readonly string[] {
  const { base } = endpoint;
  const label = wire.host.endsWith(`.${base}`) ? wire.host.slice(0, -base.length - 1) : undefined;
  return [...new Set([label, headers.get('x-amz-account-id')])].filter((one) => one !== undefined);
}

/** Nobody recorded what S3 Control answers (F1105). */
function refusalOfAccounts(named: readonly string[]): S3Error | undefined {
  if (named.length === 1) return undefined;
  const why =
    named.length === 0
      ? 'neither the host nor x-amz-account-id names an account'
      : `the host names the account ${named.join(', and x-amz-account-id ')}`;
  return new S3Error('AccountNotNamed', {}, joinSentences(why, 'what S3 Control answers to it is a guess of the mock'));
}
