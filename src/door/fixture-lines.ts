import type { MockS3Options } from '../mock/options';
import type { MockStateLiteral } from '../mock/state';
import { writeCode } from '../text/written-code';

/**
 * Writes a state as the lines of a test that make it again: of the whole mock, or of one bucket with the accounts, users and roles that it
 * names. Keys of accounts are left out, as somebody may show the lines to others; S3 then makes other keys.
 */
export function writeFixture(state: FixtureOptions, chosen?: ChosenBucket): string {
  const { accounts, ...rest } = chosen === undefined ? state : pickBucket(state, chosen);
  const shown = accounts === undefined ? rest : { ...withoutKeys(accounts), ...rest };
  const call = 'const s3 = mockS3(';
  return `${call}${writeCode(shown, call)});`;
}

/** The dialect is no state, but it decides which buckets a mock takes, and the form of their version ids. */
interface FixtureOptions extends MockStateLiteral, Pick<MockS3Options, 'dialect'> {}

type Accounts = NonNullable<MockStateLiteral['accounts']>;

function withoutKeys(accounts: Accounts): Pick<MockStateLiteral, 'accounts'> {
  const entries = Object.entries(accounts).map(([name, { credentials: _, ...account }]) => [name, account] as const);
  return { accounts: Object.fromEntries(entries) };
}

interface ChosenBucket {
  readonly bucket: string;
  /** The ids of all accounts, by their names. */
  readonly ids: ReadonlyMap<string, string>;
}

/** A bucket names an account by its name or its id, and users and roles in ARNs. */
function pickBucket(state: FixtureOptions, { bucket, ids }: ChosenBucket): FixtureOptions {
  const { users, roles, accounts, caller: _, ...others } = state;
  const fixture = state.buckets[bucket] ?? {};
  const text = JSON.stringify(fixture);
  const pick = <Fixture>(given: Readonly<Record<string, Fixture>> = {}, isNamed: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => isNamed(name)));
  const isIdentity = (name: string) => text.includes(JSON.stringify(`/${name.split('/').at(-1)}`).slice(1, -1));
  const isAccount = (name: string) =>
    text.includes(JSON.stringify(name)) || text.includes(ids.get(name) ?? JSON.stringify(name));
  const parts = { users: pick(users, isIdentity), roles: pick(roles, isIdentity), accounts: pick(accounts, isAccount) };
  const named = Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0);
  return { ...others, ...Object.fromEntries(named), buckets: { [bucket]: fixture } };
}
