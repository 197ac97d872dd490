import { md5Of } from './objects';
import { send, type WireCall } from './wire-client';

export const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';
export const authenticatedUsers = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
export const logDelivery = 'http://acs.amazonaws.com/groups/s3/LogDelivery';
/** The account of EC2, which `aws-exec-read` names. */
export const execAccount = '6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c';

/** A bucket that has ACLs, and does not block public ones. */
export const withAcls = { ownershipControls: null, publicAccessBlock: null } as const;

const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** A grantee with a scheme is a group. */
export function grant(grantee: string, permission: string): string {
  const isGroup = grantee.startsWith('http');
  const content = isGroup ? `<URI>${grantee}</URI>` : `<ID>${grantee}</ID>`;
  const type = isGroup ? 'Group' : 'CanonicalUser';
  return `<Grant><Grantee ${xsi} xsi:type="${type}">${content}</Grantee><Permission>${permission}</Permission></Grant>`;
}

export function aclContent(owner: string, ...grants: readonly string[]): string {
  const list =
    grants.length === 0 ? '<AccessControlList/>' : `<AccessControlList>${grants.join('')}</AccessControlList>`;
  return `<Owner><ID>${owner}</ID></Owner>${list}`;
}

export function aclDocument(content: string): string {
  return `<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</AccessControlPolicy>`;
}

export const putAcl = (path: string, headers: WireCall['headers'], more: Partial<WireCall> = {}) =>
  send({ method: 'PUT', path, headers, ...more });

export const putAclDocument = (path: string, body: string, headers: WireCall['headers'] = {}) =>
  send({ method: 'PUT', path, body, headers: { 'Content-MD5': md5Of(body), ...headers } });
