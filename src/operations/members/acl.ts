import { type AclRules, type AskedAcl, makeAclRules, makeObjectAcl } from '../../model/access/acl';
import { type ObjectAclWord, objectAclWords } from '../../model/access/canned-acl';
import {
  type AccountIds,
  type Acl,
  accountIdsOf,
  awsAccounts,
  findGroup,
  type Grant,
  type Grantee,
  isPublic,
  mostGrants,
} from '../../model/access/grants';
import { S3Error } from '../../refusals/s3-error';
import { counted } from '../../text/counts';
import { writeKey } from '../../text/values';
import type { RequestContext } from '../operation';
import { refusalForAction, type WriteAction } from './denied-actions';
import { checkOneAcl, hasGrants, type NamedGrant, readGrantHeaders } from './grants';

/** The names under which S3 refuses a grantee: the names of the headers or the names of the document. */
export interface GranteeNames {
  readonly id: string;
  readonly uri: string;
}

const inHeaders: GranteeNames = { id: 'id', uri: 'uri' };

/** The ACL that the headers of a request ask for. Throws S3's refusal of their form (F195, F282). */
export function readAskedAcl<Word extends string>(context: RequestContext, words: readonly Word[]): AskedAcl<Word> {
  const { headers, dialect } = context.request;
  checkOneAcl(headers);
  const canned = headers.get('x-amz-acl');
  const word = canned === undefined ? undefined : words.find((one) => one === canned);
  if (canned !== undefined && word === undefined && dialect.requests.refusesUnknownAcls)
    throw new S3Error(
      'CannedAclInvalid',
      { ArgumentValue: canned },
      `x-amz-acl ${writeKey(canned)} is not one of ${words.join(', ')}`,
    );
  const grants = hasGrants(headers) ? findGrants(context, readGrantHeaders(headers), inHeaders) : undefined;
  return { word, grants };
}

/** F282 */
export function findGrants(
  context: RequestContext,
  named: readonly NamedGrant[],
  names: GranteeNames,
): readonly Grant[] {
  if (named.length > mostGrants)
    throw new S3Error(
      'AclMalformed',
      {},
      `the ACL has ${counted(named.length, 'grant')}; S3 takes ${mostGrants} at most`,
    );
  return named.map((one) => ({ grantee: findGrantee(context, one, names), permission: one.permission }));
}

function findGrantee(context: RequestContext, { kind, name }: NamedGrant, names: GranteeNames): Grantee {
  if (kind === 'emailAddress')
    throw new S3Error(
      'EmailGrantee',
      {},
      `a grant is for ${writeKey(name)}; S3 has not accepted e-mail addresses since October 2025`,
    );
  if (kind === 'id') return findAccount(context, name, names.id);
  const group = findGroup(name);
  if (group) return group;
  throw new S3Error('GrantGroupUnknown', { ArgumentName: names.uri, ArgumentValue: name });
}

export function findAccount({ store, request }: RequestContext, id: string, ArgumentName: string): AccountIds {
  const { answers } = request.dialect;
  const known: readonly AccountIds[] = [...store.accounts, ...Object.values(awsAccounts)];
  const found = known.find((account) => answers.ownerOf(account).ID === id);
  if (found) return found;
  const ids = store.accounts.map((account) => `${answers.ownerOf(account).ID} (${account.name})`).join(', ');
  const why = `${ArgumentName} ${writeKey(id)} is not an account of the mock; its accounts are ${ids}`;
  throw new S3Error('GrantAccountUnknown', { ArgumentName, ArgumentValue: id }, why);
}

/** The ACL of the object that a request writes, as its version keeps it (F281). */
export function readNewAcl(context: RequestContext): Acl | undefined {
  return readAclOfWrite(context, 's3:PutObject');
}

export function readAclOfWrite(context: RequestContext, action: WriteAction): Acl | undefined {
  const { bucket, caller, request } = context;
  const asked: AskedAcl<ObjectAclWord> = readAskedAcl(context, objectAclWords);
  const rules = makeAclRules(bucket, request.dialect.configurations, request.accessPoint?.point);
  const acl = makeObjectAcl(asked, { writer: accountIdsOf(caller), bucketOwner: bucket.owner }, rules);
  checkNotBlocked(context, acl?.grants ?? [], rules, action);
  return acl;
}

/** F283 */
export function checkNotBlocked(
  context: RequestContext,
  grants: readonly Grant[],
  { aclBlocker }: AclRules,
  action: WriteAction | 's3:PutObjectAcl' | 's3:PutBucketAcl',
): void {
  if (aclBlocker === undefined || !grants.some(isPublic)) return;
  throw refusalForAction(
    context,
    'PublicAclBlocked',
    { action, key: context.request.key },
    `the ACL is public, and ${aclBlocker} has BlockPublicAcls`,
  );
}
