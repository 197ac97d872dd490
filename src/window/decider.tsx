import { type Address, writeAddress } from './address';
import type { RequestLine } from './answers';
import { useThingAt } from './hooks';
import { readStatements, type StatementLine } from './policies';
import { visible } from './writing';

/** The statement by which S3 refused a request. */
interface Decider {
  /** Its Sid, or its number in the policy. */
  readonly statement: string;
  /** `the bucket policy of vault` */
  readonly policy: string;
  /** Where the policy is; undefined for the policy of a session, which the door does not show. */
  readonly place: Place | undefined;
}

interface Place {
  /** What the door shows at this path, and the members of its answer, or the names in its lists, that lead to the policy. */
  readonly path: string;
  readonly members: readonly string[];
  /** Where the page shows the policy. */
  readonly address: Address;
}

/** Finds the statement in the reason of a refusal. Returns undefined if no statement denied the request: then nothing allowed it. */
export function findDecider({ why = '', bucket, caller, input }: RequestLine): Decider | undefined {
  const [, statement, policy] =
    /^(?:\S+: )?denied by statement (.{1,200}?) of ((?:the|policy) (?:[^:]|:(?! )){1,400}): \w+:\w+/s.exec(why) ?? [];
  if (statement === undefined || policy === undefined) return undefined;
  const account = caller === 'anonymous' ? undefined : caller.account;
  const place = findPlaceOfBucket(policy, bucket) ?? findPlaceOfIdentity(policy, findAccount(policy, input) ?? account);
  return { statement, policy, place };
}

function findPlaceOfBucket(policy: string, bucket: string | undefined): Place | undefined {
  const [, name] = /^the bucket policy of (\S+)$/.exec(policy) ?? [];
  if (name !== undefined)
    return { path: pathOf('buckets', name), members: ['policy'], address: { view: 'buckets', bucket: name } };
  const [, point] = /^the policy of the access point (\S+)$/.exec(policy) ?? [];
  if (point === undefined || bucket === undefined) return undefined;
  const path = pathOf('buckets', bucket, 'access-points');
  return { path, members: ['accessPoints', point, 'policy'], address: { view: 'buckets', bucket } };
}

function findPlaceOfIdentity(policy: string, account: string | undefined): Place | undefined {
  const [, title = '', kind, name = ''] = /^(.+) of (user|role) (\S+)$/.exec(policy) ?? [];
  if (kind === undefined || account === undefined) return undefined;
  const [, managed = ''] = /^policy (\S+)$/.exec(title) ?? [];
  const members = membersOfTitles[title] ?? ['managedPolicies', managed];
  const path = pathOf('accounts', account, `${kind}s`, name);
  return { path, members, address: { view: 'mock', account, [kind]: name } };
}

const membersOfTitles: Readonly<Record<string, readonly string[]>> = {
  'the policy': ['policy'],
  'the permissions boundary': ['permissionsBoundary'],
  'the trust policy': ['trust'],
};

/** A role that somebody assumes can belong to another account than the caller. */
function findAccount(policy: string, input: unknown): string | undefined {
  if (!policy.startsWith('the trust policy of ')) return undefined;
  const { RoleArn } = (input ?? {}) as { readonly RoleArn?: unknown }; // the journal's input of AssumeRole
  return /^arn:[\w-]+:iam::(\d+):role\//.exec(`${RoleArn}`)?.[1];
}

function pathOf(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

/** What decided against a request, with a link to its policy, and the statement as it is in the policy now. */
export function DecidingStatement({ decider: { statement, policy, place } }: { readonly decider: Decider }) {
  return (
    <div class="why refused">
      <p>
        <strong class="denies">{`Denied by statement ${visible(statement)}`}</strong>
        {' of '}
        {place === undefined ? visible(policy) : <a href={writeAddress(place.address)}>{visible(policy)}</a>}
      </p>
      {place !== undefined && <Statement place={place} name={statement} />}
    </div>
  );
}

function Statement({ place: { path, members }, name }: { readonly place: Place; readonly name: string }) {
  const { answer } = useThingAt<unknown>(path);
  const line = findStatement(readStatements(readMember(answer, members)) ?? [], name);
  if (line?.effect !== 'Denies') return null;
  return (
    <p class="statement">
      <strong class="denies">{line.effect}</strong>
      {` ${line.rest}.`}
    </p>
  );
}

function readMember(value: unknown, members: readonly string[]): unknown {
  const [member, ...others] = members;
  if (member === undefined || typeof value !== 'object' || value === null) return value;
  const found = Array.isArray(value)
    ? value.find(({ name }) => name === member)
    : new Map(Object.entries(value)).get(member);
  return readMember(found, others);
}

function findStatement(statements: readonly StatementLine[], name: string): StatementLine | undefined {
  return statements.find(({ sid }) => sid === visible(name)) ?? statements[Number(name) - 1];
}
