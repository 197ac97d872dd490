import { jest } from '@jest/globals';
import { Bucket, ReplicationQueue } from '../../src/model/bucket';
import { Store } from '../../src/model/store';
import { Transactions } from '../../src/model/transactions';
import { UploadTable } from '../../src/model/uploads/upload';
import { VersionStacks } from '../../src/model/versions/version-stacks';

type Mutator = (this: unknown, ...values: readonly unknown[]) => unknown;

/** All that changes a bucket, or the buckets that there are. */
const mutators: readonly (readonly [prototype: object, names: readonly string[]])[] = [
  [VersionStacks.prototype, ['add', 'replace', 'remove']],
  [UploadTable.prototype, ['set', 'delete']],
  [ReplicationQueue.prototype, ['set', 'delete']],
  [Bucket.prototype, ['change']],
  [Store.prototype, ['addBucket', 'deleteBucket']],
];

/** The action is interrupted after its n-th change within a transaction; returns the number of these changes. What a store does to follow them is not counted: it refuses nothing. */
export function interrupted(at: number, thrown: () => unknown, action: () => void): number {
  let changes = 0;
  let open = 0;
  const { run } = Transactions.prototype;
  jest.spyOn(Transactions.prototype, 'run').mockImplementation(function (this: Transactions, act, originOf) {
    const counted = () => {
      open += 1;
      try {
        return act();
      } finally {
        open -= 1;
      }
    };
    return run.call(this, counted, originOf);
  });
  for (const [prototype, names] of mutators) {
    const methods = prototype as Record<string, Mutator>; // they have these methods
    for (const name of names) {
      const original = methods[name] as Mutator; // one of them
      jest.spyOn(methods, name).mockImplementation(function (this: unknown, ...values) {
        const result = original.apply(this, values);
        // What undoes the changes comes later and is not counted.
        if (changes === at || open === 0) return result;
        changes += 1;
        if (changes === at) throw thrown();
        return result;
      });
    }
  }
  try {
    action();
  } finally {
    jest.restoreAllMocks();
  }
  return changes;
}
