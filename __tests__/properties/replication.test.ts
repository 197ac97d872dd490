import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settle } from '../../src/model/schedule/settle';
import { delays, type HistoryStep, historyStep, ReplicationHistory } from '../support/replication-history';
import { areAllRuns, runs } from '../support/runs';
import { expectSame } from '../support/same';

// More of them are tried by hand, as `RUNS=20000`.
const byHand = process.env['RUNS'];
const options = byHand === undefined ? { ...runs(80), seed: 31 } : { numRuns: Number(byHand) };
const { numRuns } = options;

const histories = {
  world: fc.nat(3),
  delay: fc.constantFrom(...delays),
  steps: fc.array(historyStep, { minLength: 8, maxLength: 30, size: 'max' }),
};

const total = (pieces: readonly number[]) => pieces.reduce((sum, piece) => sum + piece, 0);

function play(history: ReplicationHistory, steps: readonly HistoryStep[]): void {
  for (const step of steps) {
    history.pass(total(step.pieces));
    history.take(step);
  }
}

describe('replication', () => {
  it('leaves the versions, statuses and actions of a naive model, in any history', () => {
    const seen = new Set<string>();
    const property = fc.property(fc.record(histories), ({ world, delay, steps }) => {
      const history = new ReplicationHistory(world, delay);
      for (const step of steps) {
        history.pass(total(step.pieces));
        seen.add(history.take(step));
        const { library, naive } = history.pictures();
        expectSame(library, naive);
      }
      for (const line of history.naive.done) seen.add(line.split(' ').at(-1) ?? '').add(line.split(' ')[1] ?? '');
    });
    fc.assert(property, options);
    // The histories reach what the property is about.
    const steps = ['put', 'copy', 'delete', 'remove', 'tag', 'suspend', 'suspend 409', 'enable', 'stop', 'tags'];
    const results = ['COMPLETED', 'SrcVersionNotFound', 'DstBucketUnversioned', 'DstVersionNotFound'];
    if (areAllRuns) expect([...seen]).toEqual(expect.arrayContaining([...steps, ...results]));
  });

  it('does the same in one jump of the clock as in its steps', () => {
    const property = fc.property(fc.record(histories), ({ world, delay, steps }) => {
      const [slow, fast] = [new ReplicationHistory(world, delay), new ReplicationHistory(world, delay)];
      for (const step of steps) {
        for (const piece of step.pieces) slow.pass(piece);
        fast.pass(total(step.pieces));
        expect(fast.take(step)).toBe(slow.take(step));
      }
      expectSame(fast.pictures().library, slow.pictures().library);
      expectSame(fast.answered.picture(), slow.answered.picture());
    });
    fc.assert(property, options);
  });

  it('goes on from a snapshot in the middle of a history as it did before', () => {
    const property = fc.property(
      fc.record({ ...histories, more: histories.steps }),
      ({ world, delay, steps, more }) => {
        const history = new ReplicationHistory(world, delay);
        const { answered, actions } = history;
        play(history, steps);
        const kept = answered.snapshot();
        const queued = answered.picture();
        const taken = actions.length;
        // Raw requests: the naive model has no snapshots.
        const rest = () => {
          actions.length = taken;
          for (const { pieces, number, tag } of more) {
            answered.store.clock.advance({ milliseconds: total(pieces) });
            actions.push(...settle(answered.store));
            const headers = { 'x-amz-tagging': `tag=${tag}` };
            answered.ask({
              method: number > 3 ? 'DELETE' : 'PUT',
              path: `/one/${number % 2 === 0 ? 'a' : 'logs/b'}`,
              headers,
            });
          }
          return { picture: answered.picture(), actions: [...actions] };
        };
        const first = rest();
        answered.store.restore(kept);
        expectSame(answered.picture(), queued);
        expectSame(rest(), first);
      },
    );
    fc.assert(property, { ...options, numRuns: Math.ceil(numRuns / 3) });
  });

  it('makes replicas whose bytes and headers are those of their sources, except for the status', () => {
    let replicas = 0;
    const property = fc.property(fc.record(histories), ({ world, delay, steps }) => {
      const history = new ReplicationHistory(world, delay);
      play(history, steps);
      history.pass(delay);
      const { naive } = history;
      for (const [from, versions] of naive.versions) {
        for (const { key, id, body, tag, copies } of versions) {
          for (const [to, { status }] of copies) {
            const replica = naive.versions.get(to)?.find((one) => one.id === id && one.key === key);
            // A replica may also be tagged by itself.
            if (body === undefined || status !== 'COMPLETED' || replica?.tag !== tag) continue;
            replicas += 1;
            expectSame(
              read(history, `/${to}/${key}?versionId=${id}`),
              read(history, `/${from}/${key}?versionId=${id}`),
            );
          }
        }
      }
    });
    fc.assert(property, { ...options, numRuns: Math.ceil(numRuns / 3) });
    expect(replicas).toBeGreaterThan(numRuns / 2);
  });
});

const changing = ['x-amz-request-id', 'x-amz-id-2', 'x-amz-replication-status'];

function read({ answered }: ReplicationHistory, path: string) {
  const { status, headers, body } = answered.ask({
    method: 'GET',
    path,
    headers: { 'x-amz-checksum-mode': 'ENABLED' },
  });
  return {
    status,
    headers: headers.filter(([name]) => !changing.includes(name)),
    body: Buffer.from((body ?? '') as string | Uint8Array).toString(),
  };
}
