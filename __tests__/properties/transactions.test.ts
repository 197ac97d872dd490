import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settle } from '../../src/model/schedule/settle';
import { operations } from '../../src/operations/table';
import { S3Error } from '../../src/refusals';
import { AnsweredStore, type DirectCall } from '../support/answered-store';
import { interrupted } from '../support/interruptions';
import { areAllRuns, runs } from '../support/runs';
import { expectSame } from '../support/same';
import { thrownBy } from '../support/thrown';
import { type Aim, unchangingOperations, writingCalls, writtenBuckets } from '../support/writing-calls';

const refusal = () => new S3Error('AccessDenied', {}, 'the test refuses it');
const bug = () => new Error('a bug');

/** Interrupts an action after its first change, after its second, and so on, until it is carried out. Returns the number of interruptions. */
function interruptEach(
  error: () => Error,
  action: () => unknown,
  check: (result: unknown, at: number) => void,
): number {
  for (let at = 1; ; at += 1) {
    let result: unknown;
    const changes = interrupted(at, error, () => {
      result = action();
    });
    if (changes < at) return at - 1;
    check(result, at);
  }
}

/** Nothing may stay of a call that was interrupted. */
function interruptCall(answered: AnsweredStore, call: DirectCall, error: () => Error): number {
  const before = answered.picture();
  return interruptEach(
    error,
    () => answered.ask(call).status,
    (status, at) => {
      expect({ call, at, status }).toEqual({ call, at, status: error === refusal ? 403 : 400 });
      expectSame(answered.picture(), before);
    },
  );
}

interface DeletedEntries {
  readonly Errors?: readonly { readonly Key: string; readonly VersionId?: string }[];
}

/** The entry of a batch that was interrupted is refused, and the others do what they do in a batch without it. */
function interruptEntries(answered: AnsweredStore, call: DirectCall): void {
  const before = answered.snapshot();
  interruptEach(
    refusal,
    () => answered.ask(call).status,
    (status) => {
      const { Errors: [refused] = [], ...others } = (answered.last?.output ?? {}) as DeletedEntries; // of DeleteObjects
      expect({ status, others, refused }).toMatchObject({ status: 200, refused: { Code: 'AccessDenied' } });
      const after = comparable(answered.picture());
      answered.store.restore(before);
      const { Key, VersionId } = refused ?? { Key: '' };
      const version = VersionId === undefined ? '' : `<VersionId>${VersionId}</VersionId>`;
      answered.ask({ ...call, body: call.body?.replace(`<Object><Key>${Key}</Key>${version}</Object>`, '') ?? '' });
      expectSame(comparable(answered.picture()), after);
      answered.store.restore(before);
    },
  );
}

/** A refused write has used up a number. The numbers of the others keep their order alone, and `firstEnabled`, the number that was next, is left out. */
function comparable(picture: object): unknown {
  const leftOut = ['deviceStates', 'firstEnabled'];
  const text = JSON.stringify(picture, (name, value) => (leftOut.includes(name) ? undefined : value));
  const numbers = [...text.matchAll(/"sequence":(\d+)/g)].map(([, digits]) => Number(digits));
  const inOrder = [...new Set(numbers)].toSorted((one, other) => one - other);
  return JSON.parse(text, (name, value) => (name === 'sequence' ? inOrder.indexOf(value) : value));
}

function callOf(answered: AnsweredStore, name: string, aim: Aim): DirectCall {
  const call = writingCalls[name]?.(answered.store, aim);
  if (call === undefined) throw new Error(`no call ${name}`);
  return call;
}

function storeWithUploads(): AnsweredStore {
  const answered = new AnsweredStore(writtenBuckets);
  for (const bucket of ['plain', 'vault', 'paused', 'locked'])
    for (const name of ['begin upload', 'begin upload', 'upload part'])
      answered.ask(callOf(answered, name, { bucket, key: 'a', choice: 0 }));
  return answered;
}

describe('a request that is refused or meets a bug after any of its changes', () => {
  const names = Object.keys(writingCalls);

  it('leaves the store as it was, in any history', () => {
    const aims: fc.Arbitrary<Aim> = fc.record({
      bucket: fc.constantFrom('plain', 'vault', 'paused', 'locked', 'archives', 'sending'),
      key: fc.constantFrom('a', 'b', 'b/c'),
      choice: fc.nat({ max: 5 }),
    });
    const steps = fc.tuple(fc.constantFrom(...names), aims, fc.constantFrom(refusal, bug));
    const histories = fc.array(steps, { minLength: 1, maxLength: 12, size: 'max' });
    const property = fc.property(histories, (history) => {
      const answered = storeWithUploads();
      for (const [name, aim, error] of history) {
        const call = callOf(answered, name, aim);
        if (name === 'delete objects' && error === refusal) interruptEntries(answered, call);
        else interruptCall(answered, call, error);
      }
    });
    fc.assert(property, runs(60));
  });

  it('leaves the store as it was, whatever the operation', () => {
    const interruptedOperations = new Set<string | undefined>();
    for (const name of names)
      for (const bucket of ['vault', 'locked', 'plain', 'archives', 'sending']) {
        const answered = storeWithUploads();
        let interruptions = 0;
        for (const choice of [0, 1]) {
          const more = interruptCall(answered, callOf(answered, name, { bucket, key: 'a', choice }), bug);
          if (more > 0) interruptedOperations.add(answered.last?.operation);
          interruptions += more;
        }
        // `npm test` asks for no other bucket if the operation has changed this one.
        if (interruptions > 0 && !areAllRuns) break;
      }
    const writing = Object.entries(operations).flatMap(([name, { handle, alwaysRefuses, pattern }]) =>
      handle !== undefined && alwaysRefuses === undefined && /^(?:PUT|POST|DELETE) \/\{/.test(pattern) ? [name] : [],
    );
    const all = [...interruptedOperations, ...unchangingOperations];
    expect(all.toSorted()).toEqual(writing.toSorted());
  });

  it('leaves nothing to replicate', () => {
    const answered = storeWithUploads();
    interruptCall(answered, { method: 'PUT', path: '/sending/a', body: 'new' }, refusal);
    // The last try was not interrupted.
    expect(answered.store.buckets.get('sending')?.replications.size).toBe(1);
  });
});

describe('a replication that meets a bug after any of its changes', () => {
  const tagging = '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>';

  it.each<[part: string, call: DirectCall, replicated: number]>([
    ['object', { method: 'PUT', path: '/sending/b', body: 'new' }, 2],
    ['delete marker', { method: 'DELETE', path: '/sending/a' }, 2],
    ['tags', { method: 'PUT', path: '/sending/a?tagging', body: tagging }, 1],
  ])('is still to be done: %s', (_part, call, replicated) => {
    const answered = new AnsweredStore(writtenBuckets);
    const { store } = answered;
    answered.ask({ method: 'PUT', path: '/sending/a', body: 'new' });
    settle(store);
    answered.ask(call);
    const before = answered.snapshot();
    const picture = answered.picture();
    const interruptions = interruptEach(
      bug,
      () => thrownBy(() => settle(store)),
      (thrown) => {
        expect(thrown).toEqual(bug());
        expectSame(answered.picture(), picture);
        store.restore(before);
      },
    );
    expect({ replicated: store.buckets.get('copies')?.versions.size, interruptions }).toEqual({
      replicated,
      interruptions: 3,
    });
  });
});
