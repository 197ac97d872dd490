import { hasOneOf } from '../../formats/header-names';
import { type Permission, permissions } from '../../model/access/grants';
import { S3Error } from '../../refusals/s3-error';
import { attribute, element } from '../../shapes/elements';
import { header } from '../../shapes/places';
import { text, word } from '../../shapes/values';
import type { AclHeaders } from './actions';

export const objectGrantMembers = {
  GrantFullControl: header('x-amz-grant-full-control'),
  GrantRead: header('x-amz-grant-read'),
  GrantReadACP: header('x-amz-grant-read-acp'),
  GrantWriteACP: header('x-amz-grant-write-acp'),
};

export const bucketGrantMembers = { ...objectGrantMembers, GrantWrite: header('x-amz-grant-write') };

const granteeElements = {
  Type: attribute('xsi:type', word('AmazonCustomerByEmail', 'CanonicalUser', 'Group')),
  DisplayName: element(text),
  EmailAddress: element(text),
  ID: element(text),
  URI: element(text),
};

export const grantElements = { Grantee: element(granteeElements), Permission: element(word(...permissions)) };

/** The headers that grant rights, in the order of the grants that they make (F280). */
const rights: readonly (readonly [name: string, permission: Permission])[] = [
  ['x-amz-grant-write', 'WRITE'],
  ['x-amz-grant-read', 'READ'],
  ['x-amz-grant-full-control', 'FULL_CONTROL'],
  ['x-amz-grant-read-acp', 'READ_ACP'],
  ['x-amz-grant-write-acp', 'WRITE_ACP'],
];

const namesOfRights = rights.map(([name]) => name);

/** The account or group is not looked up yet. */
export interface NamedGrant {
  readonly permission: Permission;
  readonly kind: 'id' | 'uri' | 'emailAddress';
  /** The canonical id, the address of the group, or the e-mail address. */
  readonly name: string;
}

export function hasGrants(headers: ReadonlyMap<string, string>): boolean {
  return hasOneOf(headers, namesOfRights);
}

/** Whether headers grant the owner FULL_CONTROL, and nothing else: they ask for the private ACL (F285). */
export function isOwnersAlone(
  { GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP }: AclHeaders,
  ownerId: string | undefined,
): boolean {
  const others = [GrantRead, GrantReadACP, GrantWrite, GrantWriteACP];
  if (GrantFullControl === undefined || others.some((grantees) => grantees !== undefined)) return false;
  const { kind, quoted, plain = quoted } = grantee.exec(GrantFullControl)?.groups ?? {};
  return kind === 'id' && plain === ownerId;
}

/** F195 */
export function readGrantHeaders(headers: ReadonlyMap<string, string>): readonly NamedGrant[] {
  return rights.flatMap(([ArgumentName, permission]) => {
    const ArgumentValue = headers.get(ArgumentName);
    if (ArgumentValue === undefined) return [];
    return ArgumentValue.split(',').map((part) => {
      const { kind, quoted, plain = quoted } = grantee.exec(part.trim())?.groups ?? {};
      if (plain === undefined) throw new S3Error('GrantMalformed', { ArgumentName, ArgumentValue });
      return { permission, kind: kind as NamedGrant['kind'], name: plain }; // the words of the pattern
    });
  });
}

const grantee = /^(?<kind>id|uri|emailAddress)\s*=\s*(?:"(?<quoted>[^"]*)"|(?<plain>[^",\s][^",]*))$/;

export function checkOneAcl(headers: ReadonlyMap<string, string>): void {
  const canned = headers.get('x-amz-acl');
  if (canned !== undefined && hasGrants(headers)) {
    const sent = Object.fromEntries(rights.map(([name]) => [name, headers.get(name)]));
    throw new S3Error('AclTwice').quoting({ 'x-amz-acl': canned, ...sent });
  }
}
