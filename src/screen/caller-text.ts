import type { RequestEntry } from '../journal/entry';
import { memberOf } from '../text/value-kinds';

type Caller = RequestEntry['caller'];

function writeCaller(caller: Caller, isOfSeveral: boolean): string {
  if (caller === 'anonymous') return 'nobody, without a signature';
  const { user, role, session, federatedUser, account } = caller;
  const of = isOfSeveral ? ` of account ${account}` : '';
  if (role !== undefined) return `session ${session} of role ${role}${of}`;
  if (federatedUser !== undefined) return `federated user ${federatedUser}${of}`;
  return user === undefined ? `the root user${of}` : `user ${user}${of}`;
}

interface Begun {
  readonly number: number;
  readonly accessKeyId: string;
  /** What the session is of, as a part of a sentence. */
  readonly what: string;
}

/** The key of the session that a request has begun. */
export function keyOfSession({ output }: RequestEntry): string | undefined {
  const key = memberOf(memberOf(output, 'Credentials'), 'AccessKeyId');
  return typeof key === 'string' ? key : undefined;
}

/** Finds the session that an answer of STS began. */
function findBegun(entry: RequestEntry, number: number): readonly Begun[] {
  const accessKeyId = keyOfSession(entry);
  if (accessKeyId === undefined) return [];
  const arn = memberOf(entry.input, 'RoleArn');
  const role = typeof arn === 'string' ? ` of role ${arn.slice(arn.lastIndexOf('/') + 1)}` : '';
  return [{ number, accessKeyId, what: `the session${role} that request ${number} began` }];
}

/** Returns a function that names the caller of an entry by its index. It returns an empty text if all have one caller, and no session lacks its requests. */
export function readCallers(entries: readonly RequestEntry[]): (index: number) => string {
  const accounts = new Set(entries.flatMap(({ caller }) => (caller === 'anonymous' ? [] : caller.account)));
  const names = entries.map(({ caller }) => writeCaller(caller, accounts.size > 1));
  const used = new Set(entries.flatMap(({ caller }) => (caller === 'anonymous' ? [] : (caller.accessKeyId ?? []))));
  const unused = entries
    .flatMap((entry, index) => findBegun(entry, index + 1))
    .filter(({ accessKeyId }) => !used.has(accessKeyId));
  if (new Set(names).size < 2 && unused.length === 0) return () => '';
  return (index) => {
    const before = unused.findLast(({ number }) => number <= index);
    const instead = before === undefined ? '' : ` (not as ${before.what}, whose keys signed nothing)`;
    return `as ${names[index]}${instead}`;
  };
}
