import type { MockStateLiteral } from '../../mock/state';
import { required } from '../../shapes/elements';
import { expecting } from '../../shapes/given';
import { text } from '../../shapes/values';
import type { SnapshotRow } from '../door-state';
import { writeFixture } from '../fixture-lines';
import { type Route, route } from '../route';

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
    handle: ({ mock, state }) => {
      state.refused = undefined;
      mock.reset();
    },
  }),
  route<undefined, MockStateLiteral>({
    method: 'GET',
    path: '/state',
    call: 's3.toJSON()',
    summary: 'The whole state: buckets with all versions, accounts, users, roles, and the clock if it was moved.',
    handle: ({ mock }) => JSON.parse(JSON.stringify(mock)),
  }),
  route<undefined, { readonly code: string }>({
    method: 'GET',
    path: '/fixture',
    summary:
      'The state as a line of a test in JavaScript, which makes the same buckets: `const s3 = mockS3({ … });`. Keys of accounts are left out.',
    query: { bucket: 'This bucket alone, with the accounts, users and roles that it names. Default: all buckets.' },
    handle: ({ mock, dialect, query: { bucket } }) => ({
      code: writeFixture(
        { ...(dialect !== undefined && { dialect }), ...JSON.parse(JSON.stringify(mock)) },
        bucket === undefined
          ? undefined
          : { bucket: mock.bucket(bucket).name, ids: new Map(mock.accounts.map(({ name, id }) => [name, id])) },
      ),
    }),
  }),
  route<MockStateLiteral>({
    method: 'PUT',
    path: '/state',
    call: 's3.restore(id)',
    summary:
      'Replaces the whole state by a state that GET /state returned, from this mock or another mock with the same options.',
    takesBody: true,
    handle: ({ mock, body }) => mock.restore(body),
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
