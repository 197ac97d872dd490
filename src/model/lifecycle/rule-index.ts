import type { Tag } from '../tagging';
import { type LifecycleConfiguration, type LifecycleRule, type Predicates, predicatesOf } from './rules';

/** An enabled rule, its place among all, and the conditions of its filter. */
export interface IndexedRule {
  readonly rule: LifecycleRule;
  readonly place: number;
  readonly predicates: Predicates;
}

/** The rules of one prefix: those that ask for tags by the first one, and the others. */
interface RulesOfPrefix {
  readonly untagged: IndexedRule[];
  readonly byTag: Map<string, IndexedRule[]>;
}

/**
 * The enabled rules of a configuration by the prefix and the first tag of their filters, so that a key with a thousand rules is compared only
 * with the few that may apply to it.
 */
class RuleIndex {
  readonly #byPrefix = new Map<string, RulesOfPrefix>();
  readonly #lengths: readonly number[];

  constructor(rules: readonly LifecycleRule[]) {
    for (const [place, rule] of rules.entries()) if (rule.Status === 'Enabled') this.#add(rule, place);
    this.#lengths = [...new Set([...this.#byPrefix.keys()].map((prefix) => prefix.length))];
  }

  candidates(key: string, tags: readonly Tag[]): readonly IndexedRule[] {
    const found: IndexedRule[] = [];
    for (const length of this.#lengths) {
      const rules = length <= key.length ? this.#byPrefix.get(key.slice(0, length)) : undefined;
      if (rules) for (const one of [...rules.untagged, ...taggedOf(rules, tags)]) found.push(one);
    }
    return found.length > 1 ? found.sort((a, b) => a.place - b.place) : found;
  }

  #add(rule: LifecycleRule, place: number): void {
    const predicates = predicatesOf(rule);
    const { prefix = '', tags } = predicates;
    const rules = this.#byPrefix.get(prefix) ?? { untagged: [], byTag: new Map<string, IndexedRule[]>() };
    this.#byPrefix.set(prefix, rules);
    const [tag] = tags;
    const list = tag ? (rules.byTag.get(nameOf(tag)) ?? []) : rules.untagged;
    list.push({ rule, place, predicates });
    if (tag) rules.byTag.set(nameOf(tag), list);
  }
}

function taggedOf({ byTag }: RulesOfPrefix, tags: readonly Tag[]): readonly IndexedRule[] {
  if (byTag.size === 0) return [];
  return [...new Set(tags.map(nameOf))].flatMap((name) => byTag.get(name) ?? []);
}

// Two tags with one name would mean a comparison more, and nothing else.
function nameOf({ Key, Value }: Tag): string {
  return `${Key}\n${Value}`;
}

// A configuration never changes: a change replaces it.
const indexes = new WeakMap<LifecycleConfiguration, RuleIndex>();

/** The enabled rules of a configuration, in their order, that may apply to objects of a key with one of these tags. */
export function candidatesFor(
  configuration: LifecycleConfiguration,
  key: string,
  tags: readonly Tag[],
): readonly IndexedRule[] {
  const index = indexes.get(configuration) ?? new RuleIndex(configuration.Rules);
  indexes.set(configuration, index);
  return index.candidates(key, tags);
}
