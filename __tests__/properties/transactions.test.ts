import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settle } from '../../src/model/schedule/settle';
import { operations } from '../../src/operations/table';
import { S3Error } from '../../src/refusals';
import { AnsweredStore, type DirectCall } from '../support/answered-store';
import { interrupted } from '../support/interruptions';
import { expectSame } from '../support/same';
import { type Aim, writingCalls, writtenBuckets } from '../support/writing-calls';

const refusal = () => new S3Error('AccessDenied', {}, 'the test refuses it');
const bug = () => new Error('a bug');

const undone = new Set<string>();

/** Interrupts a call after its first change, after its second, and so on, and then lets it be. Nothing may stay of what was interrupted. */
function interruptEverywhere(answered: AnsweredStore, call: DirectCall, thrown: () => unknown): void {
  const before = answered.picture();
  for (let at = 1; ; at += 1) {
    let status = 0;
    const changes = interrupted(at, thrown, () => {
      status = answered.ask(call).status;
    });
    if (changes < at) return;
    undone.add(answered.last?.operation ?? '');
    expect({ call, at, status }).toEqual({ call, at, status: thrown === refusal ? 403 : 400 });
    expectSame(answered.picture(), before);
  }
}

/** `firstEnabled` has the number that was next, which a refused write may have used up. */
const unranked = ['deviceStates', 'firstEnabled'];

/** The numbers of writes in the order of the writes, since a refused write has used one up. */
function ranked(picture: object): unknown {
  const text = JSON.stringify(picture, (name, value) => (unranked.includes(name) ? undefined : value));
  const numbers = [...text.matchAll(/"sequence":(\d+)/g)].map(([, digits]) => Number(digits));
  const inOrder = [...new Set(numbers)].toSorted((one, other) => one - other);
  return JSON.parse(text, (name, value) => (name === 'sequence' ? inOrder.indexOf(value) : value));
}

interface Errors {
  readonly Errors?: readonly { readonly Key: string; readonly VersionId?: string }[];
}

/** Interrupts a batch after each of its changes: the entry that was carried out is refused, and the others are as if it were not there. */
function interruptEntries(answered: AnsweredStore, call: DirectCall): void {
  const before = answered.snapshot();
  for (let at = 1; ; at += 1) {
    let status = 0;
    const changes = interrupted(at, refusal, () => {
      status = answered.ask(call).status;
    });
    if (changes < at) return;
    const { Errors: [refused] = [], ...others } = (answered.last?.output ?? {}) as Errors; // of DeleteObjects
    expect({ status, others, refused }).toMatchObject({ status: 200, refused: { Code: 'AccessDenied' } });
    const after = ranked(answered.picture());
    answered.store.restore(before);
    answered.ask({ ...call, body: without(call.body ?? '', refused) });
    expectSame(ranked(answered.picture()), after);
    answered.store.restore(before);
  }
}

function without(body: string, refused: NonNullable<Errors['Errors']>[number] | undefined): string {
  const { Key, VersionId } = refused ?? { Key: '' };
  const version = VersionId === undefined ? '' : `<VersionId>${VersionId}</VersionId>`;
  return body.replace(`<Object><Key>${Key}</Key>${version}</Object>`, '');
}

const names = Object.keys(writingCalls);
const aims: fc.Arbitrary<Aim> = fc.record({
  bucket: fc.constantFrom('plain', 'vault', 'paused', 'locked', 'archives', 'sending'),
  key: fc.constantFrom('a', 'b', 'b/c'),
  choice: fc.nat({ max: 5 }),
});

const alwaysRefused: readonly string[] = ['DeleteBucketMetadataConfiguration', 'RenameObject'];

const opening = ['begin upload', 'begin upload', 'upload part'];

function play(answered: AnsweredStore, name: string, aim: Aim): DirectCall {
  const call = writingCalls[name]?.(answered.store, aim);
  if (call === undefined) throw new Error(`no call ${name}`);
  return call;
}

function begun(): AnsweredStore {
  const answered = new AnsweredStore(writtenBuckets);
  for (const bucket of ['plain', 'vault', 'paused', 'locked'])
    for (const name of opening) answered.ask(play(answered, name, { bucket, key: 'a', choice: 0 }));
  return answered;
}

describe('a request that is refused or meets a bug after any of its changes', () => {
  it('leaves the store as it was, in any history', () => {
    const histories = fc.array(fc.tuple(fc.constantFrom(...names), aims, fc.boolean()), {
      minLength: 1,
      maxLength: 12,
      size: 'max',
    });
    const property = fc.property(histories, (history) => {
      const answered = begun();
      for (const [name, aim, isBug] of history) {
        const call = play(answered, name, aim);
        if (isBug || name !== 'delete objects') interruptEverywhere(answered, call, isBug ? bug : refusal);
        else interruptEntries(answered, call);
      }
    });
    fc.assert(property, { numRuns: 60 });
  });

  it('leaves the store as it was, whatever the operation', () => {
    for (const name of names)
      for (const bucket of ['vault', 'locked', 'plain', 'archives', 'sending']) {
        const answered = begun();
        for (const choice of [0, 1])
          interruptEverywhere(answered, play(answered, name, { bucket, key: 'a', choice }), bug);
      }
    const writing = Object.entries(operations).flatMap(([name, { handle, pattern }]) =>
      handle !== undefined && /^(?:PUT|POST|DELETE) \/\{/.test(pattern) && !alwaysRefused.includes(name) ? [name] : [],
    );
    // A read of an object in INTELLIGENT_TIERING notes when it was; not each history has one.
    undone.delete('GetObject');
    expect([...undone].toSorted()).toEqual(writing.toSorted());
  });

  it('leaves nothing to replicate', () => {
    const answered = begun();
    const queued = () => answered.store.buckets.get('sending')?.replications.size;
    const put = { method: 'PUT', path: '/sending/a', body: 'new' };
    interruptEverywhere(answered, put, refusal);
    // The last one was not interrupted.
    expect(queued()).toBe(1);
  });
});

describe('a replication that meets a bug after any of its changes', () => {
  it.each(['object', 'delete marker', 'tags'])('is still to be done: %s', (part) => {
    const answered = new AnsweredStore(writtenBuckets);
    const { store } = answered;
    const ask = (method: string, path: string, body = '') => answered.ask({ method, path, body });
    ask('PUT', '/sending/a', 'new');
    settle(store);
    if (part === 'object') ask('PUT', '/sending/b', 'new');
    if (part === 'delete marker') ask('DELETE', '/sending/a');
    if (part === 'tags')
      ask('PUT', '/sending/a?tagging', '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>');
    const before = answered.picture();
    let at = 1;
    for (; ; at += 1) {
      const kept = answered.snapshot();
      let met: unknown;
      const changes = interrupted(at, bug, () => {
        try {
          settle(store);
        } catch (thrown) {
          met = thrown;
        }
      });
      if (changes < at) break;
      expect(met).toEqual(bug());
      expectSame(answered.picture(), before);
      store.restore(kept);
    }
    const replicated = store.buckets.get('copies')?.versions.size;
    expect({ replicated, interruptions: at - 1 }).toEqual({
      replicated: part === 'delete marker' ? 2 : part === 'tags' ? 1 : 2,
      interruptions: 3,
    });
  });
});
