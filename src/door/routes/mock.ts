import type { MockStateLiteral } from '../../mock/state';
import type { Credentials } from '../../model/identity/session';
import { required } from '../../shapes/elements';
import { expecting } from '../../shapes/given';
import { text } from '../../shapes/values';
import { makeMistake } from '../../text/mistakes';
import { isRecord } from '../../text/value-kinds';
import type { SnapshotRow } from '../door-state';
import { withSecrets } from '../plain';
import { type DoorCall, type Route, route } from '../route';

/** The mock in short. */
interface MockOutline {
  /** The present moment of its clock. */
  readonly now: Date;
  readonly account: { readonly id: string; readonly name: string };
  /** The names of its buckets. */
  readonly buckets: readonly string[];
  /** How many calls of the door may have changed something, for programs that follow the mock. */
  readonly changes: number;
  /** A text that differs for each mock. If it changes, what you know of the mock is out of date. */
  readonly started: string;
}

/** The id of a snapshot. */
interface SnapshotId {
  readonly id: string;
}

const hidden = '<secret>';

export const mockRoutes: readonly Route[] = [
  route<undefined, MockOutline>({
    method: 'GET',
    path: '/mock',
    summary: 'The mock in short: its clock, its default account and its buckets.',
    handle: ({ mock, state }) => ({
      now: mock.clock.now(),
      account: { id: mock.account.id, name: mock.account.name },
      buckets: mock.buckets.map(({ name }) => name),
      changes: state.changes,
      started: state.started,
    }),
  }),
  route({
    method: 'POST',
    path: '/reset',
    call: 's3.reset()',
    summary: 'Restores the state in which the mock began, removes rules, and clears the requests and events.',
    handle: ({ mock }) => mock.reset(),
  }),
  route<undefined, MockStateLiteral>({
    method: 'GET',
    path: '/state',
    call: 's3.toJSON()',
    summary:
      'The whole state: buckets with all versions, accounts, users, roles, and the clock if it was moved. Keys that were given to the mock have no secret.',
    handle: ({ mock, state }) =>
      withSecrets(
        withAccounts(JSON.parse(JSON.stringify(mock)), (credentials) => {
          state.hidden.set(credentials.accessKeyId, credentials.secretAccessKey);
          return { ...credentials, secretAccessKey: hidden };
        }),
      ),
  }),
  route<MockStateLiteral>({
    method: 'PUT',
    path: '/state',
    call: 's3.restore(id)',
    summary:
      'Replaces the whole state by a state that GET /state returned, from this mock or another mock with the same options.',
    takesBody: true,
    handle: (call) => call.mock.restore(withKnownSecrets(call, call.body)),
  }),
  route<undefined, SnapshotRow>({
    method: 'POST',
    path: '/snapshot',
    call: 's3.snapshot()',
    summary: 'Keeps the present state under an id, for POST /restore. The last hundred are kept.',
    status: 201,
    handle: ({ mock, state }) => state.addSnapshot(mock.snapshot(), mock.clock.now()),
  }),
  route<undefined, { readonly snapshots: readonly SnapshotRow[] }>({
    method: 'GET',
    path: '/snapshots',
    summary: 'The snapshots that are kept, the oldest first.',
    handle: ({ state }) => ({ snapshots: state.snapshots }),
  }),
  route<SnapshotId>({
    method: 'POST',
    path: '/restore',
    call: 's3.restore(id)',
    summary: 'Restores a snapshot. Requests and events stay.',
    takesBody: { id: required(expecting(text, 'the id that POST /snapshot answered')) },
    handle: ({ mock, state, body }) => mock.restore(state.snapshot(body.id)),
  }),
];

type Accounts = NonNullable<MockStateLiteral['accounts']>;

/** The secrets also include the secrets of accounts that a reset has removed since. */
function withKnownSecrets({ mock, state }: DoorCall<unknown>, given: MockStateLiteral): MockStateLiteral {
  return withAccounts(given, (credentials) => {
    if (credentials.secretAccessKey !== hidden) return credentials;
    const { accessKeyId } = credentials;
    const found = mock.accounts.find((one) => one.credentials.accessKeyId === accessKeyId);
    const secretAccessKey = found?.credentials.secretAccessKey ?? state.hidden.get(accessKeyId);
    if (secretAccessKey !== undefined) return { ...credentials, secretAccessKey };
    throw makeMistake(
      `restore: the mock does not know the secret of ${accessKeyId}, which the door hides. Start it with this account, or give the secret.`,
    );
  });
}

function withAccounts(state: MockStateLiteral, change: (credentials: Credentials) => Credentials): MockStateLiteral {
  const { accounts } = state;
  // What is no list of accounts is the library's to refuse.
  if (!Array.isArray(accounts)) return state;
  const changed = accounts.map((one: Accounts[number]) =>
    typeof one === 'object' && isRecord(one?.credentials) ? { ...one, credentials: change(one.credentials) } : one,
  );
  return { ...state, accounts: changed };
}
