import { jest } from '@jest/globals';
import { Bucket } from '../../src/model/bucket';
import { Store } from '../../src/model/store';
import { UploadTable } from '../../src/model/uploads/upload-table';
import { VersionStacks } from '../../src/model/versions/version-stacks';

type Mutator = (this: unknown, ...values: readonly unknown[]) => unknown;

/** All that changes a bucket, or the buckets that there are. */
const mutators: readonly (readonly [prototype: object, names: readonly string[]])[] = [
  [VersionStacks.prototype, ['add', 'replace', 'remove']],
  [UploadTable.prototype, ['set', 'delete']],
  [Bucket.prototype, ['change']],
  [Store.prototype, ['addBucket', 'deleteBucket']],
];

/** Runs an action that is interrupted after its n-th change. Returns the number of changes up to then. */
export function interrupted(at: number, thrown: () => unknown, action: () => void): number {
  let changes = 0;
  for (const [prototype, names] of mutators) {
    const methods = prototype as Record<string, Mutator>; // they have these methods
    for (const name of names) {
      const original = methods[name] as Mutator; // one of them
      jest.spyOn(methods, name).mockImplementation(function (this: unknown, ...values) {
        const result = original.apply(this, values);
        // What undoes the changes comes later and is not counted.
        if (changes === at) return result;
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
