import type { JsonValue } from '../../formats/json-entries';
import { S3Error } from '../../refusals/s3-error';
import { clause, type Said, say } from '../../text/reason';
import { callIdentity, type DescribedAccount, defaultAccountName, describeAccount } from '../identity/account-text';
import {
  checkNotEmpty,
  isList,
  quote,
  readFields,
  readTexts,
  type Selection,
  type WrittenSelection,
} from './policy-form';

/** A principal of a statement. Users, roles and sessions of roles have the ARN that names them. */
export type Principal =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'user' | 'role' | 'session'; readonly account: string; readonly arn: string }
  | { readonly kind: 'canonical user' | 'origin access identity'; readonly id: string }
  | { readonly kind: 'service' | 'federated'; readonly name: string };

export interface PrincipalContext {
  readonly partition: string;
  readonly accounts: readonly (DescribedAccount & {
    readonly canonicalId: string;
    hasUser(name: string): boolean;
    /** `name` has the path of the role, which the ARN of a session lacks. */
    hasRole(name: string, of: 'role' | 'session'): boolean;
  })[];
}

type ReadPrincipal = (text: string, context: PrincipalContext) => Principal | undefined;

const readers: Readonly<Record<string, ReadPrincipal>> = {
  AWS: readAwsPrincipal,
  CanonicalUser: (id) => (/^[\da-f]{64}$/.test(id) ? { kind: 'canonical user', id } : undefined),
  Service: (name) =>
    /^[a-z\d-]+(?:\.[a-z\d-]+)*\.amazonaws\.com(?:\.cn)?$/.test(name) ? { kind: 'service', name } : undefined,
  Federated: readFederated,
};

const principalKinds: readonly string[] = Object.keys(readers);

export function readPrincipals(
  { value, inverted }: WrittenSelection,
  context: PrincipalContext,
  where: string,
): Selection<Principal> {
  if (value === '*') return { inverted, of: [{ kind: 'everyone' }] };
  if (isList(value)) checkNotEmpty(value, 'Principal', where);
  const fields = [...readFields(value, principalKinds, `the principal of ${where}`)];
  checkNotEmpty(fields, 'Principal', where);
  return { inverted, of: fields.flatMap(([kind, given]) => readKind(kind, given, context, where)) };
}

function readKind(kind: string, given: JsonValue, context: PrincipalContext, where: string): readonly Principal[] {
  const texts = readTexts(given, 'Principal', where);
  return texts.map((text) => {
    const principal = readers[kind]?.(text, context);
    // Everyone includes all others, so `*` is the only principal of its kind.
    const isCrowded = principal?.kind === 'everyone' && texts.length > 1;
    if (principal !== undefined && !isCrowded) return principal;
    const why = isCrowded ? '"*" has other principals beside it' : whyInvalid(kind, text, context);
    throw new S3Error('PolicyPrincipalInvalid', { kind, principal: text }, say`${where}: ${why}`);
  });
}

const account = /^\d{12}$/;
/** A name with its path. The path can contain any visible character of ASCII except wildcards, which would make it a pattern. */
const userName = /^(?:[!-)+-.0->@-~]+\/)*[\w+=,.@-]+$/;

function readAwsPrincipal(text: string, context: PrincipalContext): Principal | undefined {
  if (text === '*') return { kind: 'everyone' };
  if (account.test(text)) return { kind: 'account', account: text };
  const [, partition, service, id = '', rest = ''] = /^arn:([^:]*):(iam|sts)::([^:]*):(.+)$/s.exec(text) ?? [];
  if (partition !== context.partition) return undefined;
  const [, identity] = /^user\/CloudFront Origin Access Identity ([A-Z\d]+)$/.exec(rest) ?? [];
  if (service === 'iam' && id === 'cloudfront' && identity) return { kind: 'origin access identity', id: identity };
  if (!account.test(id)) return undefined;
  if (service === 'iam' && rest === 'root') return { kind: 'account', account: id };
  const kind = kindOfArn(`${service}:${rest}`);
  return kind === undefined || isMissing(kind, id, rest, context) ? undefined : { kind, account: id, arn: text };
}

function kindOfArn(text: string): 'user' | 'role' | 'session' | undefined {
  const [, form = '', name = ''] = /^([a-z]+:[a-z-]+)\/(.+)$/s.exec(text) ?? [];
  if (!userName.test(name)) return undefined;
  if (form === 'iam:user') return 'user';
  if (form === 'iam:role') return 'role';
  if (form === 'sts:federated-user') return 'session';
  return form === 'sts:assumed-role' && name.includes('/') ? 'session' : undefined;
}

/** The mock knows the users and the roles of its own accounts, and believes the rest (F307). */
function isMissing(kind: string, id: string, rest: string, { accounts }: PrincipalContext): boolean {
  const known = accounts.find((one) => one.id === id);
  if (known === undefined) return false;
  const [, form, name = ''] = /^([a-z-]+)\/(.+)$/s.exec(rest) ?? [];
  if (kind === 'user') return !known.hasUser(name);
  if (form === 'role') return !known.hasRole(name, 'role');
  // A session need not have begun.
  return form === 'assumed-role' && !known.hasRole(name.slice(0, name.lastIndexOf('/')), 'session');
}

function readFederated(text: string, { partition }: PrincipalContext): Principal | undefined {
  const isProvider = /^arn:([^:]+):iam::\d{12}:(?:saml|oidc)-provider\/.+$/.exec(text)?.[1] === partition;
  const isDomain = /^[a-z\d-]+(?:\.[a-z\d-]+)+$/.test(text);
  return isProvider || isDomain ? { kind: 'federated', name: text } : undefined;
}

function whyInvalid(kind: string, text: string, { accounts, partition }: PrincipalContext): Said {
  const [, id, whose, name = ''] = /^arn:[^:]*:(?:iam|sts)::(\d{12}):(user|role|assumed-role)\/(.*)$/s.exec(text) ?? [];
  const known = accounts.find((one) => one.id === id);
  if (known !== undefined) {
    const what = whose === 'user' ? 'user' : 'role';
    const written = whose === 'assumed-role' ? name.replace(/\/.*$/s, '') : name;
    const makes = callIdentity({ name: known.name ?? defaultAccountName }, what, written);
    return say`${describeAccount(known)} has no such ${what}${clause`; ${makes} creates it`}`;
  }
  const form = kind === 'AWS' ? `an ARN of partition ${partition}, an account's 12 digits or *` : `of kind ${kind}`;
  return `${quote(text)} is not ${form}`;
}
