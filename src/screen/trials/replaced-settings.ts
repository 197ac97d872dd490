import type { ResourcePolicy } from '../../model/access/policy-document';
import { makeDocument } from '../../model/access/statement';
import type { BucketSettings } from '../../model/bucket';
import type { Store } from '../../model/store';
import { isErrorOf } from '../errors';
import type { Asked, Hint } from '../hint';

interface Joined {
  /** The operation that replaces the setting. */
  readonly by: 'PutBucketPolicy' | 'PutBucketCors';
  readonly settings: BucketSettings;
  readonly says: string;
}

/** A PUT replaces the whole policy, or all rules of CORS, and a test that adds one expects that the others are still there. */
export const tryReplacedSettings: Hint = {
  tries: 'the bucket with the policy or the CORS rules that it had before the test replaced them',
  of: 'refused requests',
  changes: (asked) => {
    const { entry, store } = asked;
    const name = entry.bucket ?? '';
    const bucket = store.buckets.get(name);
    if (bucket === undefined || !isReason(asked)) return [];
    const { settings, replaced } = bucket;
    return [joinPolicies(settings, replaced), joinRules(settings, replaced)].flatMap((joined) =>
      joined === undefined || !wasPut(joined, asked)
        ? []
        : [
            {
              wire: {},
              options: {
                verifySignatures: 'as the mock' as const,
                arrange: (copy: Store) => change(copy, name, joined),
              },
              says: () => joined.says,
            },
          ],
    );
  },
};

function change({ buckets }: Store, name: string, { settings }: Joined): void {
  buckets.get(name)?.change(settings);
}

/** A handle of the test can have changed the setting as well. */
function wasPut({ by }: Joined, { entry, entries }: Asked): boolean {
  return entries.some((one) => one.operation === by && one.bucket === entry.bucket && one.error === undefined);
}

/** Whether the test failed with the error of the request, or compared its status. */
function isReason({ entry, errors, compared }: Asked): boolean {
  return (
    errors.some((error) => isErrorOf(error, entry)) ||
    compared.some(({ numbers: [expected, received] }) => expected !== undefined && received === entry.status)
  );
}

function joinPolicies({ policy }: BucketSettings, replaced: BucketSettings): Joined | undefined {
  if (policy === undefined || replaced.policy === undefined) return undefined;
  const statements = [policy, replaced.policy].flatMap(({ document }) => document.statements);
  const joined: ResourcePolicy = { ...policy, document: makeDocument({ ...policy.document, statements }) };
  return {
    by: 'PutBucketPolicy',
    settings: { policy: joined },
    says: 'it would have been answered with the statements of the policy before as well, which PutBucketPolicy replaced as a whole: put the statements of both.',
  };
}

function joinRules({ cors }: BucketSettings, replaced: BucketSettings): Joined | undefined {
  if (!cors || !replaced.cors) return undefined;
  const CORSRules = [...cors.CORSRules, ...replaced.cors.CORSRules];
  return {
    by: 'PutBucketCors',
    settings: { cors: { ...cors, CORSRules } },
    says: 'it would have been answered with the CORS rules of before as well, which PutBucketCors replaced as a whole: put the rules of both.',
  };
}
