import { dialects } from '../dialects';
import { isCosLocation } from '../formats/regions';
import type { Ids } from '../model/ids';
import type { LifecycleConfiguration, LifecycleRule } from '../model/lifecycle/rules';
import { readRules } from '../model/lifecycle/validation';
import type { MfaDeleteStatus } from '../model/versioning';
import { readShape } from '../shapes/document-reader';
import { required, structure, wrappedList } from '../shapes/elements';
import { lifecycleRule } from '../shapes/lifecycle';
import type { LiteralOf, ValueOf } from '../shapes/shape';
import { words } from '../shapes/values';
import { makeRefusals } from '../text/closed-members';
import { makeMistake } from '../text/mistakes';
import { isRecord } from '../text/value-kinds';
import { frozenCopy, refusalAsTypeError } from './literals';

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

interface LifecycleContext {
  readonly name: string;
  readonly location: string | undefined;
  readonly mfaDelete: MfaDeleteStatus | undefined;
  readonly ids: Ids;
}

const lifecycleFixture = structure({
  Rules: required(wrappedList(lifecycleRule, 'Rule')),
  TransitionDefaultMinimumObjectSize: words('all_storage_classes_128K', 'varies_by_storage_class'),
  dialect: words('aws', 'ibm-cos'),
});

export function readLifecycle(
  given: LifecycleFixture,
  { name, location, mfaDelete, ids }: LifecycleContext,
): LifecycleConfiguration {
  const at = `bucket '${name}': lifecycle`;
  const read = readShape(at, lifecycleFixture, inSdkForm(given)) as ValueOf<typeof lifecycleFixture>; // a value of the shape
  const { Rules, TransitionDefaultMinimumObjectSize: minimum = 'all_storage_classes_128K' } = read;
  const { dialect = location !== undefined && isCosLocation(location) ? 'ibm-cos' : 'aws' } = read;
  checkLifecycleWithMfaDelete(name, true, mfaDelete);
  const service = dialects[dialect].lifecycle;
  return {
    Rules: refusalAsTypeError(at, () => readRules(Rules, service.rules, ids)),
    TransitionDefaultMinimumObjectSize: service.transitionMinimum && minimum,
  };
}

/** Version 0.2 had names of its own, which its `toJSON` wrote. */
function inSdkForm(given: unknown): unknown {
  if (!isRecord(given) || !('rules' in given) || 'Rules' in given) return given;
  const { rules, transitionDefaultMinimumObjectSize: minimum, ...others } = given;
  const size = minimum === undefined ? {} : { TransitionDefaultMinimumObjectSize: minimum };
  return { Rules: rules, ...size, ...others };
}

export function checkLifecycleWithMfaDelete(
  name: string,
  lifecycle: boolean,
  mfaDelete: MfaDeleteStatus | undefined,
): void {
  if (!lifecycle || mfaDelete !== 'Enabled') return;
  throw makeMistake(
    `bucket '${name}': it has lifecycle rules, but mfaDelete is 'Enabled'. S3 allows one or the other: give mfaDelete 'Disabled', or no rules.`,
  );
}

/**
 * The older names, which plain JavaScript would read as undefined: `lifecycle?.rules ?? []` is an empty list, and a loop over it checks nothing. Nobody
 * who copies, compares or prints reads them.
 */
const olderNames = {
  ...makeRefusals('lifecycle', ['rules'], 'rules is the older name. Write Rules.'),
  ...makeRefusals(
    'lifecycle',
    ['transitionDefaultMinimumObjectSize'],
    'transitionDefaultMinimumObjectSize is the older name. Write TransitionDefaultMinimumObjectSize.',
  ),
};

export function lifecycleState(lifecycle: LifecycleConfiguration): LifecycleState {
  const Rules = frozenCopy(lifecycle.Rules, (date) => new Date(date)) as readonly LifecycleRule[]; // a copy is of the same shape
  return Object.freeze(Object.defineProperties({ Rules, ...lifecycleSettings(lifecycle) }, olderNames));
}

export function lifecycleLiteral(lifecycle: LifecycleConfiguration): LifecycleFixture {
  const Rules = frozenCopy(lifecycle.Rules, (date) => date.toISOString()) as LifecycleFixture['Rules']; // the same shape, except for dates
  return Object.defineProperties({ Rules, ...lifecycleSettings(lifecycle) }, olderNames);
}

function lifecycleSettings({ TransitionDefaultMinimumObjectSize: minimum }: LifecycleConfiguration) {
  if (minimum === undefined) return { dialect: 'ibm-cos' } as const;
  return minimum === 'varies_by_storage_class' ? { TransitionDefaultMinimumObjectSize: minimum } : {};
}
