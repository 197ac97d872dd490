import { day } from '../../formats/durations';
import { coldness } from './due-actions';
import { invalidArgument, invalidRequest } from './refusals';
import { type LifecycleTransition, predicatesOf, type RuleDraft } from './rules';

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
  if (value !== undefined && value < 1)
    throw invalidArgument(field, value, `'${field}' for ${action} action must be a positive integer`);
}

function checkMidnight(date: Date | undefined): void {
  if (date !== undefined && date.getTime() % day !== 0)
    throw invalidArgument('Date', date, "'Date' must be at midnight GMT");
}

const infrequentAccess = ['STANDARD_IA', 'ONEZONE_IA'];

/** Compares the transitions of one kind with each other, and with the expiration that follows them. */
function checkTransitions(
  action: 'Transition' | 'NoncurrentVersionTransition',
  field: 'Days' | 'Date' | 'NoncurrentDays',
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
    if (days < 0) throw invalidArgument(field, given, `'${field}' in ${action} action must be nonnegative`);
    if (StorageClass === 'STANDARD' || StorageClass === 'REDUCED_REDUNDANCY')
      throw invalidArgument('StorageClass', StorageClass, `Invalid target Storage class for ${action} action`);
    if (field !== 'Date' && days < 30 && infrequentAccess.includes(StorageClass)) {
      const message = `'${field}' in ${action} action must be greater than or equal to 30 for storageClass '${StorageClass}'`;
      throw invalidArgument(field, given, message);
    }
  }
  if (new Set(timed.map(({ StorageClass }) => StorageClass)).size < timed.length)
    throw invalidRequest(`'StorageClass' must be different for '${action}' actions in same 'Rule' with ${scope}`);
  const falling = timed.toSorted((a, b) => coldness(a.StorageClass) - coldness(b.StorageClass));
  for (const [index, colder] of falling.entries()) {
    const warmer = falling[index - 1];
    if (!warmer) continue;
    const least = infrequentAccess.includes(warmer.StorageClass) ? 30 : 1;
    if (colder.days - warmer.days >= least) continue;
    const more = least === 1 ? 'greater than' : `${least} days more than`;
    throw invalidArgument(
      field,
      colder.given,
      `'${field}' in the '${action}' action for StorageClass '${colder.StorageClass}' for ${scope} must be ${more} '${scope}' in the '${action}' action for StorageClass '${warmer.StorageClass}'`,
    );
  }
  const endInDays = typeof end === 'number' ? end : end && end.getTime() / day;
  if (end === undefined || endInDays === undefined || timed.every(({ days }) => days < endInDays)) return;
  const ending = action === 'Transition' ? 'Expiration' : 'NoncurrentVersionExpiration';
  const message = `'${field}' in the ${ending} action for ${scope} must be greater than '${field}' in the ${action} action`;
  throw invalidArgument(field, end, message);
}

/** Throws if rules conflict with each other (F115). */
export function checkOverlaps(rules: readonly RuleDraft[]): void {
  const scopes = new Map<string, RuleDraft[]>();
  for (const rule of rules) scopes.set(scopeOf(rule), [...(scopes.get(scopeOf(rule)) ?? []), rule]);
  for (const [scope, same] of scopes) {
    const transitions = same.flatMap(({ Transitions = [] }) => Transitions);
    const all = [...transitions, ...same.flatMap(({ Expiration }) => Expiration ?? [])];
    if (!all.some(isByDays) || !all.some(isByDate)) continue;
    const mixed = transitions.some(isByDays) && transitions.some(isByDate) ? 'Transition' : 'Expiration and Transition';
    throw invalidRequest(`Found mixed 'Date' and 'Days' based ${mixed} actions in lifecycle rule for ${scope}`);
  }
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
  if (shared !== undefined)
    throw invalidRequest(`Found overlapping prefixes '${shorter}' and '${longer}' for same action type '${shared}'`);
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
