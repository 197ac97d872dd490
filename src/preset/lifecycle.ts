import { dialects } from '../dialects';
import { isCosLocation } from '../formats/regions';
import type { Bucket } from '../model/bucket';
import type { Ids } from '../model/ids';
import type { LifecycleConfiguration, LifecycleRule } from '../model/lifecycle/rules';
import { readRules } from '../model/lifecycle/validation';
import { required, structure, wrappedList } from '../shapes/elements';
import { asDocument, orNull } from '../shapes/given';
import { lifecycleRule } from '../shapes/lifecycle';
import type { LiteralOf, ValueOf } from '../shapes/shape';
import { words } from '../shapes/values';
import { counted } from '../text/counts';
import { isAbsent } from '../text/value-kinds';
import { frozenCopy, refusalAsTypeError } from './literals';
import type { BucketOption } from './parts/part';
import { checkLifecycleWithMfaDelete } from './parts/versioning';

/** A lifecycle rule, as AWS's SDKs write it. */
type LifecycleRuleFixture = LiteralOf<typeof lifecycleRule>;

/** The lifecycle of a bucket, as AWS's SDKs write it. */
export interface LifecycleFixture {
  /** Its rules: `[{ Status: 'Enabled', Filter: {}, Expiration: { Days: 30 } }]`. An id that is left out is generated. */
  readonly Rules: readonly LifecycleRuleFixture[];
  /** Whether small objects can move to another storage class. Default: `all_storage_classes_128K`. */
  readonly TransitionDefaultMinimumObjectSize?: 'all_storage_classes_128K' | 'varies_by_storage_class' | undefined;
  /** The service that checks the rules: IBM COS has a few other rules. Default: `ibm-cos` if the bucket's region is a location of COS. */
  readonly dialect?: 'aws' | 'ibm-cos' | undefined;
}

/** The lifecycle of a bucket as a test reads it: a frozen copy. */
export interface LifecycleState extends LifecycleFixture {
  /** Its rules, each with the id that a caller chose or the mock generated. */
  readonly Rules: readonly LifecycleRule[];
}

const lifecycleFixture = structure({
  Rules: required(wrappedList(lifecycleRule, 'Rule')),
  TransitionDefaultMinimumObjectSize: words('all_storage_classes_128K', 'varies_by_storage_class'),
  dialect: words('aws', 'ibm-cos'),
});

type LifecycleValue = ValueOf<typeof lifecycleFixture>;

export const bucketLifecycle: BucketOption<LifecycleFixture, LifecycleValue> = {
  shape: orNull({ ...asDocument(lifecycleFixture), isNamed: true }),
  get: ({ bucket: { lifecycle } }) => lifecycle && lifecycleState(lifecycle),
  set({ bucket, store }, read) {
    if (!isAbsent(read)) checkLifecycleWithMfaDelete(bucket, true, bucket.versioning.MFADelete);
    bucket.change({
      lifecycle: isAbsent(read) ? undefined : makeLifecycle(bucket, store.ids, read),
      ...(bucket.settings.actingLifecycle && { actingLifecycle: undefined }),
    });
  },
  literal: ({ bucket: { lifecycle } }) => lifecycle && lifecycleLiteral(lifecycle),
  draw: ({ lifecycle }) => lifecycle && counted(lifecycle.Rules.length, 'lifecycle rule'),
};

function makeLifecycle({ name, location }: Bucket, ids: Ids, read: LifecycleValue): LifecycleConfiguration {
  const { Rules, TransitionDefaultMinimumObjectSize: minimum = 'all_storage_classes_128K' } = read;
  const { dialect = location !== undefined && isCosLocation(location) ? 'ibm-cos' : 'aws' } = read;
  const service = dialects[dialect].lifecycle;
  return {
    Rules: refusalAsTypeError(`bucket '${name}': lifecycle`, () => readRules(Rules, service.rules, ids)),
    TransitionDefaultMinimumObjectSize: service.transitionMinimum && minimum,
  };
}

function lifecycleState(lifecycle: LifecycleConfiguration): LifecycleState {
  const Rules = frozenCopy(lifecycle.Rules, (date) => new Date(date)) as readonly LifecycleRule[]; // a copy is of the same shape
  return Object.freeze({ Rules, ...lifecycleSettings(lifecycle) });
}

function lifecycleLiteral(lifecycle: LifecycleConfiguration): LifecycleFixture {
  const Rules = frozenCopy(lifecycle.Rules, (date) => date.toISOString()) as LifecycleFixture['Rules']; // the same shape, except for dates
  return { Rules, ...lifecycleSettings(lifecycle) };
}

function lifecycleSettings({ TransitionDefaultMinimumObjectSize: minimum }: LifecycleConfiguration) {
  if (minimum === undefined) return { dialect: 'ibm-cos' } as const;
  return minimum === 'varies_by_storage_class' ? { TransitionDefaultMinimumObjectSize: minimum } : {};
}
