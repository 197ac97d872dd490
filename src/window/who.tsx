import { changeTo, writeAddress } from './address';
import type { Author, Caller } from './answers';
import { useThingAt } from './hooks';
import { Drawer, Facts, Json, Policy, Problem } from './parts';
import { visible } from './writing';

/** `ann`, `deploy/session`, `root`: how a row names who sent a request. */
export function callerInWords(caller: Caller): string {
  if (caller === 'anonymous') return caller;
  const { user, role, session, federatedUser } = caller;
  if (role !== undefined) return session === undefined ? role : `${role}/${session}`;
  return federatedUser ?? user ?? 'root';
}

/** All names of a caller, for the filter. */
export function namesOfCaller(caller: Caller): readonly (string | undefined)[] {
  return caller === 'anonymous' ? [caller] : [callerInWords(caller), ...Object.values(caller)];
}

/** The name of a caller, with a link to the documents that say what it may do. */
export function CallerName({ caller }: { readonly caller: Caller }) {
  if (caller === 'anonymous') return <>{caller}</>;
  const { account, user, role } = caller;
  const address = writeAddress({ view: 'mock', account, ...(role === undefined ? { user } : { role }) });
  return <a href={address}>{visible(callerInWords(caller))}</a>;
}

/** The caller with its account and its key. */
export function CallerLink({ caller }: { readonly caller: Caller }) {
  if (caller === 'anonymous') return <>{caller}</>;
  const { account, accessKeyId } = caller;
  return (
    <>
      <CallerName caller={caller} />
      {` of account ${account}`}
      {accessKeyId !== undefined && (
        <>
          , key <span class="id">{visible(accessKeyId)}</span>
        </>
      )}
    </>
  );
}

/** `ann in request 12`, `S3 itself by rule 'old'` */
export function authorInWords({ request, caller, rule }: Author): string {
  if (request !== undefined) return visible(`${callerInWords(caller ?? 'anonymous')} in request ${request}`);
  return visible(rule === undefined ? 'S3 itself' : `S3 itself by rule '${rule}'`);
}

/** `ann, DeleteObject, request 12`, with a link to the request. */
export function AuthorLink({ by }: { readonly by: Author }) {
  const { request, operation, caller } = by;
  if (request === undefined) return <>{`${authorInWords(by)}, ${operation}`}</>;
  return (
    <>
      {`${visible(callerInWords(caller ?? 'anonymous'))}, ${operation}, `}
      <a href={writeAddress({ view: 'requests', request: `${request}` })}>{`request ${request}`}</a>
    </>
  );
}

interface Documents extends Readonly<Record<string, unknown>> {
  readonly name?: string;
  readonly arn?: string;
  readonly id?: string;
  readonly mfaDevices?: readonly { readonly serial: string }[];
}

interface IdentityProps {
  readonly account: string;
  readonly user: string | undefined;
  readonly role: string | undefined;
}

/** The documents by which an account, a user or a role may do something. */
export function IdentityDrawer({ account, user, role }: IdentityProps) {
  const [kind, part, name] =
    user !== undefined
      ? ['User', '/users/', user]
      : role !== undefined
        ? ['Role', '/roles/', role]
        : ['Account', '', ''];
  const path = `accounts/${encodeURIComponent(account)}${part}${encodeURIComponent(name)}`;
  const { answer, problem } = useThingAt<Documents>(path);
  // A device has its secret beside its serial number.
  const {
    name: _,
    arn,
    id,
    mfaDevices = [],
    policy,
    trust,
    permissionsBoundary,
    managedPolicies,
    ...others
  } = answer ?? {};
  const managed = Object.entries(managedPolicies ?? {});
  const isFree = answer !== undefined && kind !== 'Account' && policy === undefined && managed.length === 0;
  return (
    <Drawer
      title={`${kind} ${name || account}`}
      onClose={() => changeTo({ account: undefined, user: undefined, role: undefined })}
    >
      <Problem>{problem}</Problem>
      <Facts
        facts={{
          Account: account,
          ARN: arn && <span class="id">{arn}</span>,
          Id: id,
          'MFA devices': mfaDevices.map(({ serial }) => serial).join(', '),
        }}
      />
      {isFree && <p class="why">It has no policy, so it can do what its account can.</p>}
      <Policy title="Policy" value={policy} />
      {managed.map(([title, document]) => (
        <Policy key={title} title={`Managed policy ${title}`} value={document} />
      ))}
      <Policy title="Permissions boundary" value={permissionsBoundary} />
      <Policy title="Trust: who can assume it" value={trust} />
      {Object.keys(others).length > 0 && <Json title="As the library has it" value={others} />}
    </Drawer>
  );
}
