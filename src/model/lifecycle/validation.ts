import { day } from '../../formats/durations';
import { S3Error } from '../../refusals/s3-error';
import { Code, call } from '../../text/calls';
import { counted } from '../../text/counts';
import { findRepeated } from '../../text/lists';
import { clause, say } from '../../text/reason';
import { countConditions, readSelection, writeAnd } from '../configurations/filters';
import type { Ids } from '../ids';
import { storageClasses } from '../versions/content';
import { coldness } from './due-actions';
import type { LifecycleFilter, LifecycleRule, LifecycleTransition, RuleDraft } from './rules';

export interface RuleSchema {
  readonly storageClasses: readonly string[];
  readonly hasTagSet: boolean;
  /** Whether a filter can have a key of a tag twice, which selects no object. */
  readonly repeatsTagKeys: boolean;
  /** The characters of an id, if not any. */
  readonly idCharacters?: RegExp;
  readonly movesNoncurrentVersions: boolean;
  /** False if a bucket has one transition, which is for all of its objects. */
  readonly filtersTransitions: boolean;
}

export const awsRules: RuleSchema = {
  storageClasses,
  hasTagSet: false,
  repeatsTagKeys: false,
  movesNoncurrentVersions: true,
  filtersTransitions: true,
};

/** IBM COS archives each version by its own age. */
export const cosRules: RuleSchema = {
  storageClasses: ['GLACIER', 'ACCELERATED'],
  hasTagSet: true,
  repeatsTagKeys: true,
  idCharacters: /^[\w!.*'()-]*$/,
  movesNoncurrentVersions: false,
  filtersTransitions: false,
};

export function readRules(drafts: readonly RuleDraft[], schema: RuleSchema, made: Ids): readonly LifecycleRule[] {
  if (drafts.length === 0 || drafts.length > 1000)
    throw new S3Error('MalformedXML', {}, `a lifecycle configuration has 1 to 1000 rules, not ${drafts.length}`);
  // S3 checks the schema of all rules before the values of any.
  for (const [index, draft] of drafts.entries()) checkSchema(draft, schema, index + 1);
  if (!schema.filtersTransitions) checkSingleTransition(drafts);
  const ids = new Set<string>();
  for (const draft of drafts) {
    checkId(draft, schema, ids);
    checkForm(draft, drafts[0]);
    checkFilter(draft, schema);
    checkActions(draft);
    checkTiming(draft);
  }
  for (const draft of drafts) checkDaysOrDates(draft);
  checkOverlaps(drafts);
  return drafts.map((draft) => ({ ...draft, ID: draft.ID || made.ruleId() }));
}

function countSet(...values: readonly unknown[]): number {
  return values.filter((value) => value !== undefined).length;
}

function checkSchema(rule: RuleDraft, schema: RuleSchema, number: number): void {
  const demand = (holds: boolean, what: string) => {
    if (!holds) throw new S3Error('MalformedXML', {}, `rule ${number}: ${what}`);
  };
  const { Filter, Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
  const { Transitions = [], NoncurrentVersionTransitions = [] } = rule;
  demand(countSet(Filter, rule.Prefix) > 0, 'it needs a Filter, such as {}, which selects all objects');
  demand(countSet(Filter, rule.Prefix) < 2, 'it has a Filter and a Prefix: leave the Prefix out');
  checkFilterSchema(Filter, schema, demand);
  if (Expiration) {
    const { Days, Date: date, ExpiredObjectDeleteMarker } = Expiration;
    demand(
      countSet(Days, date, ExpiredObjectDeleteMarker) === 1,
      'its Expiration needs exactly one of Days, Date and ExpiredObjectDeleteMarker',
    );
  }
  demand(
    NoncurrentVersionExpiration?.NoncurrentDays !== undefined || NoncurrentVersionExpiration === undefined,
    'its NoncurrentVersionExpiration needs NoncurrentDays',
  );
  demand(
    AbortIncompleteMultipartUpload?.DaysAfterInitiation !== undefined || AbortIncompleteMultipartUpload === undefined,
    'its AbortIncompleteMultipartUpload needs DaysAfterInitiation',
  );
  const isClass = (name = '') => schema.storageClasses.includes(name);
  const classes = schema.storageClasses.join(', ');
  for (const { Days, Date: date, StorageClass } of Transitions) {
    demand(countSet(Days, date) === 1, 'a Transition needs exactly one of Days and Date');
    demand(isClass(StorageClass), `a Transition needs one of the storage classes ${classes}`);
  }
  demand(
    schema.movesNoncurrentVersions || NoncurrentVersionTransitions.length === 0,
    'IBM COS has no NoncurrentVersionTransition: it archives each version by its own age',
  );
  for (const { NoncurrentDays, StorageClass } of NoncurrentVersionTransitions) {
    demand(NoncurrentDays !== undefined, 'a NoncurrentVersionTransition needs NoncurrentDays');
    demand(isClass(StorageClass), `a NoncurrentVersionTransition needs one of the storage classes ${classes}`);
  }
}

function checkSingleTransition(drafts: readonly RuleDraft[]): void {
  const moving = drafts.flatMap((rule) => (rule.Transitions ?? []).map(() => rule));
  if (moving.length > 1)
    throw new S3Error('MalformedXML', {}, `a bucket of IBM COS has one Transition, not ${moving.length}`);
  if (moving[0] !== undefined && readSelection(moving[0]).narrowing.size > 0)
    throw new S3Error(
      'MalformedXML',
      {},
      'IBM COS archives all objects of a bucket: the Prefix of a rule with a Transition is empty, and nothing else is in its Filter',
    );
}

function checkFilterSchema(
  filter: LifecycleFilter = {},
  schema: RuleSchema,
  demand: (holds: boolean, what: string) => void,
): void {
  const { TagSet, And } = filter;
  if (Object.keys(filter).length > 1)
    demand(false, `its Filter has several conditions: put them into And${writeAnd(filter)}`);
  demand(
    (TagSet ?? And?.TagSet) === undefined || schema.hasTagSet,
    'only IBM COS has a TagSet in a Filter; AWS has Tag and And',
  );
  demand(
    And === undefined || countConditions(And) > 1,
    'an And needs two conditions or more: one alone stands in Filter itself; the tags of an And are a list, Tags, and the SDK v3 leaves out a Tag there',
  );
}

function checkId({ ID }: RuleDraft, { idCharacters }: RuleSchema, before: Set<string>): void {
  if (!ID) return;
  if (idCharacters?.test(ID) === false) throw new S3Error('LifecycleIdCharacters', { ArgumentValue: ID });
  if (ID.length > 255) throw new S3Error('LifecycleIdTooLong', { ArgumentValue: ID });
  if (before.has(ID)) throw new S3Error('LifecycleIdRepeated', { ArgumentValue: ID });
  before.add(ID);
}

function checkForm(rule: RuleDraft, first: RuleDraft | undefined): void {
  const old = first?.Filter === undefined;
  if (old && rule.Filter !== undefined) throw new S3Error('LifecycleFilterInV1').quoting({ ID: rule.ID });
  if (!old && rule.Prefix !== undefined)
    throw new S3Error('LifecyclePrefixInV2').quoting({ Prefix: rule.Prefix, ID: rule.ID });
  const counting = [rule.NoncurrentVersionExpiration, ...(rule.NoncurrentVersionTransitions ?? [])];
  if (old && counting.some((action) => action?.NewerNoncurrentVersions !== undefined))
    throw new S3Error('LifecycleNewerVersionsInV1').quoting({ ID: rule.ID });
}

const largest = 1_099_511_627_776_000;

function checkFilter(rule: RuleDraft, { repeatsTagKeys }: RuleSchema): void {
  const { written: conditions, tags } = readSelection(rule);
  const { Prefix: prefix = '', ObjectSizeGreaterThan: greater, ObjectSizeLessThan: less } = conditions;
  if (Buffer.byteLength(prefix) > 1024) throw new S3Error('LifecyclePrefixTooLong').quoting({ Prefix: prefix });
  const keys = tags.map(({ Key }) => Key);
  const wrongKey = keys.find((key) => key === '' || key.length > 128);
  if (wrongKey !== undefined) throw new S3Error('LifecycleTagKeyInvalid').quoting({ Key: wrongKey });
  const long = tags.find(({ Value }) => Value.length > 256);
  if (long !== undefined) throw new S3Error('LifecycleTagValueInvalid').quoting({ ...long });
  const repeated = repeatsTagKeys ? undefined : findRepeated(keys);
  if (repeated !== undefined) throw new S3Error('LifecycleTagKeyRepeated').quoting({ Key: repeated });
  if (greater !== undefined && (greater < 0 || greater > largest))
    throw new S3Error('LifecycleSizeGreaterThanInvalid', { largest }).quoting({ ObjectSizeGreaterThan: greater });
  if (less !== undefined && (less < 1 || less > largest))
    throw new S3Error('LifecycleSizeLessThanInvalid', { largest }).quoting({ ObjectSizeLessThan: less });
  if (greater !== undefined && less !== undefined && greater >= less)
    throw new S3Error('LifecycleSizesExclusive').quoting({ ObjectSizeGreaterThan: greater, ObjectSizeLessThan: less });
}

function checkActions(rule: RuleDraft): void {
  if (listActions(rule).length === 0) throw new S3Error('LifecycleActionMissing').quoting({ ID: rule.ID });
  if (rule.Expiration?.ExpiredObjectDeleteMarker !== undefined) checkNoTagsOrSizes(rule, 'ExpiredObjectDeleteMarker');
  if (rule.AbortIncompleteMultipartUpload) checkNoTagsOrSizes(rule, 'AbortIncompleteMultipartUpload');
}

function checkNoTagsOrSizes(rule: RuleDraft, action: string): void {
  const { written: conditions, tags } = readSelection(rule);
  const { ObjectSizeGreaterThan: greater, ObjectSizeLessThan: less } = conditions;
  if (tags.length > 0) throw new S3Error('LifecycleActionWithTags', { action }).quoting({ ID: rule.ID });
  if (countSet(greater, less) > 0) throw new S3Error('LifecycleActionWithSizes', { action }).quoting({ ID: rule.ID });
}

function checkTiming(rule: RuleDraft): void {
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
  if (value === undefined || value >= 1) return;
  const details = { field, action, value };
  if (field === 'NewerNoncurrentVersions')
    throw new S3Error(
      'LifecycleNumberNotPositive',
      details,
      `${field} is ${value}, and it counts versions from 1 on: leave it out to keep none`,
    );
  const rule = `${field} is ${value}, and it counts whole days from 1 on; a rule acts at the midnight UTC after them`;
  const move = clause`: write ${new Code(`${field}: 1`)} and move the clock, ${call('s3.clock.advance(...)', { '...': { days: 2 } })}`;
  throw new S3Error('LifecycleNumberNotPositive', details, say`${rule}${move}`);
}

function checkMidnight(date: Date | undefined): void {
  if (date !== undefined && date.getTime() % day !== 0)
    throw new S3Error('LifecycleDateNotMidnight', { field: 'Date', value: date }, whyNotMidnight(date));
}

function whyNotMidnight(date: Date): string {
  const midnight = new Date(Math.floor(date.getTime() / day) * day).toISOString();
  return `Date is ${date.toISOString()}, and a rule acts at midnight UTC: write new Date('${midnight}')`;
}

/** The days that pass between a transition to a class and the next one, if they are more than one (F115). */
const leastDays: Readonly<Record<string, number>> = { STANDARD_IA: 30, ONEZONE_IA: 30, GLACIER_IR: 90, GLACIER: 90 };

type TransitionAction = 'Transition' | 'NoncurrentVersionTransition';
type TransitionField = 'Days' | 'Date' | 'NoncurrentDays';

function checkTransitions(
  action: TransitionAction,
  field: TransitionField,
  rule: RuleDraft,
  transitions: readonly { readonly [K in keyof LifecycleTransition]: LifecycleTransition[K] | undefined }[],
  end: number | Date | undefined,
): void {
  const scope = writeScope(rule);
  const timed = transitions.map(({ Days, Date: date, StorageClass = '' }) => ({
    written: Days ?? date ?? 0,
    days: Days ?? (date?.getTime() ?? 0) / day,
    StorageClass,
  }));
  for (const { written, days, StorageClass } of timed) {
    if (days < 0) throw new S3Error('LifecycleDaysNegative', { field, action, value: written });
    if (StorageClass === 'STANDARD' || StorageClass === 'REDUCED_REDUNDANCY')
      throw new S3Error('LifecycleTargetInvalid', { action, StorageClass });
  }
  if (new Set(timed.map(({ StorageClass }) => StorageClass)).size < timed.length)
    throw new S3Error('LifecycleStorageClassRepeated', { action, scope });
  checkDistances(timed, { action, field, scope });
  const endInDays = typeof end === 'number' ? end : end && end.getTime() / day;
  if (end === undefined || endInDays === undefined || timed.every(({ days }) => days < endInDays)) return;
  const ending = action === 'Transition' ? 'Expiration' : 'NoncurrentVersionExpiration';
  const last = timed.reduce((one, other) => (other.days > one.days ? other : one));
  const [written, ends] = [last.written, end].map((one) =>
    typeof one === 'number' ? `${one} days` : one.toISOString(),
  );
  const why = `the rule moves objects to ${last.StorageClass} at ${written}, and ends them at ${ends}: end them later, or leave the ${action} out`;
  throw new S3Error('LifecycleExpirationTooEarly', { field, action, ending, scope, value: end }, why);
}

interface TimedTransition {
  readonly written: number | Date;
  readonly days: number;
  readonly StorageClass: string;
}

function checkDistances(
  timed: readonly TimedTransition[],
  details: { readonly action: TransitionAction; readonly field: TransitionField; readonly scope: string },
): void {
  const falling = timed.toSorted((a, b) => coldness(a.StorageClass) - coldness(b.StorageClass));
  for (const [index, colder] of falling.entries()) {
    const warmer = falling[index - 1];
    if (!warmer) continue;
    const least = leastDays[warmer.StorageClass] ?? 1;
    if (colder.days - warmer.days >= least) continue;
    const named = { colder: colder.StorageClass, warmer: warmer.StorageClass, least };
    // S3 names the later of the two, be it the warmer one.
    const value = warmer.days > colder.days ? warmer.written : colder.written;
    throw new S3Error(
      'LifecycleTransitionsTooClose',
      { ...details, ...named, value },
      whyTooClose(warmer, colder, least),
    );
  }
}

function whyTooClose(warmer: TimedTransition, colder: TimedTransition, least: number): string {
  const stays = `an object stays ${counted(least, 'day')} in ${warmer.StorageClass} at least, before it moves to ${colder.StorageClass}`;
  const next = warmer.days + least;
  const written = typeof colder.written === 'number' ? String(next) : new Date(next * day).toISOString();
  return `${stays}: give ${colder.StorageClass} ${written} or later`;
}

/** Throws if one rule uses both days and dates. Two rules for the same objects can (F115). */
function checkDaysOrDates(rule: RuleDraft): void {
  const { Transitions = [], Expiration } = rule;
  const all = [...Transitions, ...(Expiration ? [Expiration] : [])];
  if (!all.some(isByDays) || !all.some(isByDate)) return;
  const mixed = Transitions.some(isByDays) && Transitions.some(isByDate) ? 'Transition' : 'Expiration and Transition';
  throw new S3Error('LifecycleDaysWithDates', { actions: mixed, scope: writeScope(rule) });
}

function checkOverlaps(rules: readonly RuleDraft[]): void {
  const old = rules.filter(({ Prefix }) => Prefix !== undefined);
  for (const [index, rule] of old.entries()) {
    for (const before of old.slice(0, index)) checkPrefixes(before, rule);
  }
}

/** Throws if two rules of the old form have the same action and the prefix of one begins with the prefix of the other (F115). */
function checkPrefixes(one: RuleDraft, other: RuleDraft): void {
  const prefixes = [one, other].map(({ Prefix = '' }) => Prefix);
  const [shorter = '', longer = ''] = prefixes.toSorted((a, b) => a.length - b.length);
  if (!longer.startsWith(shorter)) return;
  const shared = listActions(one).find((action) => listActions(other).includes(action));
  if (shared !== undefined) throw new S3Error('LifecyclePrefixesOverlap', { shorter, longer, action: shared });
}

function listActions(rule: RuleDraft): readonly string[] {
  const { Transitions = [], NoncurrentVersionTransitions = [] } = rule;
  return [
    ...(rule.Expiration ? ['Expiration'] : []),
    ...(Transitions.length > 0 ? ['Transition'] : []),
    ...(rule.NoncurrentVersionExpiration ? ['NoncurrentVersionExpiration'] : []),
    ...(NoncurrentVersionTransitions.length > 0 ? ['NoncurrentVersionTransition'] : []),
    ...(rule.AbortIncompleteMultipartUpload ? ['AbortIncompleteMultipartUpload'] : []),
  ];
}

function writeScope(rule: RuleDraft): string {
  const { written: conditions, scope } = readSelection(rule);
  if (rule.Filter === undefined) return `prefix '${conditions.Prefix ?? ''}'`;
  return `filter '(${scope.length === 0 ? 'prefix=' : scope.join(' and ')})'`;
}
