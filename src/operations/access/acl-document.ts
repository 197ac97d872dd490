import type { Dialect } from '../../dialects';
import {
  type AccountIds,
  type Acl,
  type Grant,
  type Grantee,
  isGroup,
  isPublic,
  isSameAccount,
  permissions,
} from '../../model/access/grants';
import { S3Error } from '../../refusals/s3-error';
import { attribute, element, wrappedList } from '../../shapes/elements';
import { header, payload, refusedFirst } from '../../shapes/places';
import type { ValueOf } from '../../shapes/shape';
import { refusing, sentText, text, wordsOf } from '../../shapes/values';
import { writeKey } from '../../text/values';
import { findAccount, findGrants } from '../members/acl';
import { checkOneAcl, grantElements, hasGrants, type NamedGrant, readGrantHeaders } from '../members/grants';
import { personElements } from '../members/listings';
import type { RequestContext } from '../operation';

export const policyElements = {
  Owner: element(personElements),
  Grants: wrappedList(
    {
      Grantee: element({
        Namespace: attribute('xmlns:xsi', text),
        Type: attribute('xsi:type', text),
        ...personElements,
        URI: element(text),
      }),
      Permission: grantElements.Permission,
    },
    'Grant',
    'AccessControlList',
  ),
};

const sentElements = {
  Grants: wrappedList(grantElements, 'Grant', 'AccessControlList'),
  Owner: element({ DisplayName: element(text), ID: element(text) }),
};

/** S3 has its own refusal for a document that does not fit. */
export const aclPayload = payload(sentElements, {
  optional: true,
  maxBytes: 200 * 1024,
  whenMalformed: 'AclMalformed',
  refusalOfRequest({ headers, body }) {
    return hasAcl(headers) || body.length > 0 ? undefined : new S3Error('AclMissing');
  },
});

/** Checked before the policies (F282). */
export function checkNotInBoth({ request: { headers, body } }: RequestContext): void {
  if (hasAcl(headers) && body.length > 0)
    throw new S3Error('AclWithBody', {}, 'the request sets an ACL by headers, and has a body');
}

function hasAcl(headers: ReadonlyMap<string, string>): boolean {
  return headers.has('x-amz-acl') || hasGrants(headers);
}

type SentElements = ValueOf<typeof aclPayload>;

/** The form of the grants is checked with the canned ACL, before the body (F282). */
export function cannedAclHeader<Known extends string>(allowed: readonly string[]) {
  // S3 takes more words than SDKs know.
  const canned = refusing(wordsOf<Known>(allowed), 'CannedAclInvalid', { ArgumentValue: sentText });
  const member = header('x-amz-acl', canned, { ignoredBy: 'ibm-cos' });
  return refusedFirst(member, ({ headers }) => refusalOfHeaders(headers));
}

function refusalOfHeaders(headers: ReadonlyMap<string, string>): S3Error | undefined {
  try {
    checkOneAcl(headers);
    readGrantHeaders(headers);
    return undefined;
  } catch (error) {
    if (error instanceof S3Error) return error;
    throw error;
  }
}

const namespace = 'http://www.w3.org/2001/XMLSchema-instance';

export interface GranteeOutput {
  readonly Namespace: string;
  readonly Type: string;
  readonly ID?: string;
  readonly DisplayName?: string;
  readonly URI?: string;
}

export function aclOutput({ owner, grants: all }: Acl, { answers }: Dialect) {
  const isShort = !answers.publicAclsNameOwners && all.some(isPublic);
  const grants = isShort ? all.filter(({ grantee }) => isGroup(grantee) || !isSameAccount(grantee, owner)) : all;
  const granteeOutput = (grantee: Grantee): GranteeOutput =>
    isGroup(grantee)
      ? { Namespace: namespace, Type: 'Group', URI: grantee.uri }
      : { Namespace: namespace, Type: 'CanonicalUser', ...answers.ownerOf(grantee) };
  return {
    Owner: answers.ownerOf(owner),
    Grants: grants.map(({ grantee, permission: Permission }) => ({ Grantee: granteeOutput(grantee), Permission })),
  };
}

export interface SentAcl {
  readonly owner: AccountIds;
  readonly grants: readonly Grant[];
}

const inDocument = { id: 'CanonicalUser/ID', uri: 'Group/URI' };

/** F282 */
export function readAclDocument(context: RequestContext, { Owner, Grants }: SentElements): SentAcl {
  if (Owner?.ID === undefined) throw refusalForDocument('there is no <Owner> with an <ID>');
  if (Grants === undefined) throw refusalForDocument('there is no <AccessControlList>');
  const owner = findAccount(context, Owner.ID, inDocument.id);
  return { owner, grants: findGrants(context, Grants.map(readGrant), inDocument) };
}

type SentGrant = NonNullable<SentElements['Grants']>[number];

function readGrant({ Grantee = {}, Permission }: SentGrant): NamedGrant {
  if (Permission === undefined || !permissions.includes(Permission))
    throw refusalForDocument(`<Permission> ${writeKey(Permission ?? '')} is not one of ${permissions.join(', ')}`);
  const { Type, ID = '', URI = '', EmailAddress = '' } = Grantee;
  switch (Type) {
    case 'CanonicalUser':
      return { permission: Permission, kind: 'id', name: ID };
    case 'Group':
      return { permission: Permission, kind: 'uri', name: URI };
    case 'AmazonCustomerByEmail':
      return { permission: Permission, kind: 'emailAddress', name: EmailAddress };
    default:
      throw refusalForDocument(
        `the xsi:type of a <Grantee> ${writeKey(Type ?? '')} is not CanonicalUser, Group or AmazonCustomerByEmail`,
      );
  }
}

function refusalForDocument(why: string): S3Error {
  return new S3Error('AclMalformed', {}, why);
}
