import { day } from '../../formats/durations';
import { S3Error } from '../../refusals/s3-error';
import { predicatesOf } from '../configurations/filters';
import { coldness } from './due-actions';
import type { LifecycleTransition, RuleDraft } from './rules';

/** Throws if S3 refuses the days and dates of a rule (F115). */
export function checkTiming(rule: RuleDraft): void {
  const { Expiration = {}, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
  const { Transitions = [], NoncurrentVersionTransitions = [] } = rule;
  checkPositive('Days', 'Expiration', Expiration.Days);
  checkMidnight(Expiration.Date);
  const { NoncurrentDays, NewerNoncurrentVersions } = NoncurrentVersionExpiration ?? {};
  checkPositive('NoncurrentDays', 'NoncurrentVersionExpiration', NoncurrentDays);
  checkPositive('NewerNoncurrentVersions', 'NoncurrentVersionExpiration', NewerNoncurrentVersions);
  checkPositive(
    'DaysAfterInitiation',
    'AbortIncompleteMultipartUpload',
    AbortIncompleteMultipartUpload?.DaysAfterInitiation,
  );
  for (const { Date: date } of Transitions) checkMidnight(date);
  checkTransitions('Transition', 'Days', rule, Transitions.filter(isByDays), Expiration.Days);
  checkTransitions('Transition', 'Date', rule, Transitions.filter(isByDate), Expiration.Date);
  const noncurrent = NoncurrentVersionTransitions.map(({ NoncurrentDays: Days, StorageClass }) => ({
    Days,
    StorageClass,
  }));
  for (const { NewerNoncurrentVersions: newer } of NoncurrentVersionTransitions)
    checkPositive('NewerNoncurrentVersions', 'NoncurrentVersionTransition', newer);
  checkTransitions('NoncurrentVersionTransition', 'NoncurrentDays', rule, noncurrent, NoncurrentDays);
}

function isByDays({ Days }: LifecycleTransition): boolean {
  return Days !== undefined;
}

function isByDate({ Date: date }: LifecycleTransition): boolean {
  return date !== undefined;
}

function checkPositive(field: string, action: string, value: number | undefined): void {
  if (value !== undefined && value < 1) throw new S3Error('LifecycleNumberNotPositive', { field, action, value });
}

function checkMidnight(date: Date | undefined): void {
  if (date !== undefined && date.getTime() % day !== 0)
    throw new S3Error('LifecycleDateNotMidnight', { field: 'Date', value: date });
}

/** The days that pass between a transition to a class and the next one, if they are more than one (F115). */
const leastDays: Readonly<Record<string, number>> = { STANDARD_IA: 30, ONEZONE_IA: 30, GLACIER_IR: 90, GLACIER: 90 };

type TransitionAction = 'Transition' | 'NoncurrentVersionTransition';
type TransitionField = 'Days' | 'Date' | 'NoncurrentDays';

/** Compares the transitions of one kind with each other, and with the expiration that follows them. */
function checkTransitions(
  action: TransitionAction,
  field: TransitionField,
  rule: RuleDraft,
  transitions: readonly { readonly [K in keyof LifecycleTransition]: LifecycleTransition[K] | undefined }[],
  end: number | Date | undefined,
): void {
  const scope = scopeOf(rule);
  const timed = transitions.map(({ Days, Date: date, StorageClass = '' }) => ({
    given: Days ?? date ?? 0,
    days: Days ?? (date?.getTime() ?? 0) / day,
    StorageClass,
  }));
  for (const { given, days, StorageClass } of timed) {
    if (days < 0) throw new S3Error('LifecycleDaysNegative', { field, action, value: given });
    if (StorageClass === 'STANDARD' || StorageClass === 'REDUCED_REDUNDANCY')
      throw new S3Error('LifecycleTargetInvalid', { action, StorageClass });
  }
  if (new Set(timed.map(({ StorageClass }) => StorageClass)).size < timed.length)
    throw new S3Error('LifecycleStorageClassRepeated', { action, scope });
  checkDistances(timed, { action, field, scope });
  const endInDays = typeof end === 'number' ? end : end && end.getTime() / day;
  if (end === undefined || endInDays === undefined || timed.every(({ days }) => days < endInDays)) return;
  const ending = action === 'Transition' ? 'Expiration' : 'NoncurrentVersionExpiration';
  throw new S3Error('LifecycleExpirationTooEarly', { field, action, ending, scope, value: end });
}

/** A transition with its time as given, and in days. */
interface TimedTransition {
  readonly given: number | Date;
  readonly days: number;
  readonly StorageClass: string;
}

/** Throws if a transition follows one to a warmer class too soon. */
function checkDistances(
  timed: readonly TimedTransition[],
  place: { readonly action: TransitionAction; readonly field: TransitionField; readonly scope: string },
): void {
  const falling = timed.toSorted((a, b) => coldness(a.StorageClass) - coldness(b.StorageClass));
  for (const [index, colder] of falling.entries()) {
    const warmer = falling[index - 1];
    if (!warmer) continue;
    const least = leastDays[warmer.StorageClass] ?? 1;
    if (colder.days - warmer.days >= least) continue;
    throw new S3Error('LifecycleTransitionsTooClose', {
      ...place,
      // S3 names the later of the two, be it the warmer one.
      value: warmer.days > colder.days ? warmer.given : colder.given,
      colder: colder.StorageClass,
      warmer: warmer.StorageClass,
      least,
    });
  }
}

/** Throws if a rule has days and dates. Two rules for the same objects may have one each (F115). */
export function checkDaysOrDates(rule: RuleDraft): void {
  const { Transitions = [], Expiration } = rule;
  const all = [...Transitions, ...(Expiration ? [Expiration] : [])];
  if (!all.some(isByDays) || !all.some(isByDate)) return;
  const mixed = Transitions.some(isByDays) && Transitions.some(isByDate) ? 'Transition' : 'Expiration and Transition';
  throw new S3Error('LifecycleDaysWithDates', { actions: mixed, scope: scopeOf(rule) });
}

/** Throws if rules conflict with each other (F115). */
export function checkOverlaps(rules: readonly RuleDraft[]): void {
  const old = rules.filter(({ Prefix }) => Prefix !== undefined);
  for (const [index, rule] of old.entries()) {
    for (const before of old.slice(0, index)) checkPrefixes(before, rule);
  }
}

/** Throws if two rules in the old form have the same action and one's prefix begins with the other's. */
function checkPrefixes(one: RuleDraft, other: RuleDraft): void {
  if (one.Prefix === undefined || other.Prefix === undefined) return;
  const [shorter = '', longer = ''] = [one.Prefix, other.Prefix].toSorted((a, b) => a.length - b.length);
  if (!longer.startsWith(shorter)) return;
  const shared = actionsOf(one).find((action) => actionsOf(other).includes(action));
  if (shared !== undefined) throw new S3Error('LifecyclePrefixesOverlap', { shorter, longer, action: shared });
}

function actionsOf(rule: RuleDraft): readonly string[] {
  const { Transitions = [], NoncurrentVersionTransitions = [] } = rule;
  return [
    ...(rule.Expiration ? ['Expiration'] : []),
    ...(Transitions.length > 0 ? ['Transition'] : []),
    ...(rule.NoncurrentVersionExpiration ? ['NoncurrentVersionExpiration'] : []),
    ...(NoncurrentVersionTransitions.length > 0 ? ['NoncurrentVersionTransition'] : []),
    ...(rule.AbortIncompleteMultipartUpload ? ['AbortIncompleteMultipartUpload'] : []),
  ];
}

/** The scope of a rule as S3's texts name it. */
function scopeOf(rule: RuleDraft): string {
  const { prefix, tags, greater, less } = predicatesOf(rule);
  if (rule.Filter === undefined) return `prefix '${prefix ?? ''}'`;
  const parts = [
    ...(prefix === undefined ? [] : [`prefix=${prefix}`]),
    ...tags.map(({ Key, Value }) => `tag={key=${Key}, value=${Value}}`),
    ...(greater === undefined ? [] : [`objectsizegreaterthan=${greater}`]),
    ...(less === undefined ? [] : [`objectsizelessthan=${less}`]),
  ];
  return `filter '(${parts.length === 0 ? 'prefix=' : parts.join(' and ')})'`;
}
