import type { ActionName } from '../../src/model/access/actions';
import type { Request } from '../support/access-policies';
import type { WireCall } from '../support/wire-client';

const calls: Readonly<Partial<Record<ActionName, (path: string) => WireCall>>> = {
  's3:GetObject': (path) => ({ path }),
  's3:PutObject': (path) => ({ method: 'PUT', path, body: 'more' }),
  's3:DeleteObject': (path) => ({ method: 'DELETE', path }),
  's3:ListBucket': (path) => ({ path: `${path}?list-type=2` }),
  's3:ListBucketVersions': (path) => ({ path: `${path}?versions` }),
  's3:GetBucketPolicy': (path) => ({ path: `${path}?policy` }),
};

/** The request that needs the action of a random request. */
export function callOf({ action, key }: Request): WireCall {
  const call = calls[action]?.(key === null ? '/vault' : `/vault/${key}`);
  if (call === undefined) throw new Error(`no request is for ${action}`);
  return call;
}
