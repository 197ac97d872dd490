import { type Predicates, predicatesOf } from '../configurations/filters';
import type { Tag } from '../tagging';
import type { LifecycleConfiguration, LifecycleRule, LifecycleTransition } from './rules';

/**
 * An enabled rule, its place among all, the conditions of its filter, and its actions on versions. All have one hidden class, which rules do
 * not: they are read for each key of a bucket.
 */
export interface IndexedRule {
  readonly rule: LifecycleRule;
  readonly place: number;
  readonly predicates: Predicates;
  /** Whether the filter asks for more than the prefix. */
  readonly isSelective: boolean;
  readonly expiration: LifecycleRule['Expiration'];
  readonly transitions: readonly LifecycleTransition[];
  readonly noncurrentExpiration: LifecycleRule['NoncurrentVersionExpiration'];
  readonly noncurrentTransitions: NonNullable<LifecycleRule['NoncurrentVersionTransitions']>;
}

/** The rules of one prefix: those that ask for tags by the first one, and the others. */
interface RulesOfPrefix {
  readonly untagged: IndexedRule[];
  readonly byTag: Map<string, IndexedRule[]>;
}

interface Tagged {
  readonly tags: readonly Tag[];
}

const none: readonly IndexedRule[] = [];

/**
 * The enabled rules of a configuration by the prefix and the first tag of their filters, so that a key with a thousand rules is compared only
 * with the few that may apply to it.
 */
export class RuleIndex {
  readonly #byPrefix = new Map<string, RulesOfPrefix>();
  readonly #lengths: readonly number[];

  constructor(rules: readonly LifecycleRule[]) {
    for (const [place, rule] of rules.entries()) if (rule.Status === 'Enabled') this.#add(rule, place);
    this.#lengths = [...new Set([...this.#byPrefix.keys()].map((prefix) => prefix.length))];
  }

  /** The rules, in their order, that may apply to a key with one of the tags of these. */
  candidates(key: string, subjects: readonly Tagged[]): readonly IndexedRule[] {
    let found = none;
    for (const length of this.#lengths) {
      const rules = length <= key.length ? this.#byPrefix.get(key.slice(0, length)) : undefined;
      if (!rules) continue;
      const more = rules.byTag.size === 0 ? rules.untagged : [...rules.untagged, ...taggedOf(rules, subjects)];
      found = found.length === 0 ? more : [...found, ...more];
    }
    return found.length > 1 ? found.toSorted((a, b) => a.place - b.place) : found;
  }

  #add(rule: LifecycleRule, place: number): void {
    const predicates = predicatesOf(rule);
    const { prefix = '', tags } = predicates;
    const rules = this.#byPrefix.get(prefix) ?? { untagged: [], byTag: new Map<string, IndexedRule[]>() };
    this.#byPrefix.set(prefix, rules);
    const [tag] = tags;
    const list = tag ? (rules.byTag.get(nameOf(tag)) ?? []) : rules.untagged;
    list.push(indexed(rule, place, predicates));
    if (tag) rules.byTag.set(nameOf(tag), list);
  }
}

function indexed(rule: LifecycleRule, place: number, predicates: Predicates): IndexedRule {
  const { tags, greater, less } = predicates;
  return {
    rule,
    place,
    predicates,
    isSelective: tags.length > 0 || greater !== undefined || less !== undefined,
    expiration: rule.Expiration,
    transitions: rule.Transitions ?? [],
    noncurrentExpiration: rule.NoncurrentVersionExpiration,
    noncurrentTransitions: rule.NoncurrentVersionTransitions ?? [],
  };
}

function taggedOf({ byTag }: RulesOfPrefix, subjects: readonly Tagged[]): readonly IndexedRule[] {
  const names = new Set(subjects.flatMap(({ tags }) => tags.map(nameOf)));
  return [...names].flatMap((name) => byTag.get(name) ?? []);
}

// Two tags with one name would mean a comparison more, and nothing else.
function nameOf({ Key, Value }: Tag): string {
  return `${Key}\n${Value}`;
}

// A configuration never changes: a change replaces it.
const indexes = new WeakMap<LifecycleConfiguration, RuleIndex>();

export function ruleIndexOf(configuration: LifecycleConfiguration): RuleIndex {
  const index = indexes.get(configuration) ?? new RuleIndex(configuration.Rules);
  indexes.set(configuration, index);
  return index;
}
