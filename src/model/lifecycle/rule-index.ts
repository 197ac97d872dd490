import { type FilterSubject, readSelection, type Selection } from '../configurations/filters';
import type { Tag } from '../tagging';
import type { LifecycleConfiguration, LifecycleRule, LifecycleTransition } from './rules';

/** A rule with its members read in advance. All have the same members, so that V8 reads them fast for each key of a bucket. */
export interface IndexedRule {
  readonly rule: LifecycleRule;
  readonly position: number;
  readonly selection: Selection;
  /** Whether more than the prefix selects the keys. */
  readonly isSelective: boolean;
  readonly expiration: LifecycleRule['Expiration'];
  readonly transitions: readonly LifecycleTransition[];
  readonly noncurrentExpiration: LifecycleRule['NoncurrentVersionExpiration'];
  readonly noncurrentTransitions: NonNullable<LifecycleRule['NoncurrentVersionTransitions']>;
}

interface RulesOfPrefix {
  readonly untagged: IndexedRule[];
  readonly byTag: Map<string, IndexedRule[]>;
}

type Tagged = Pick<FilterSubject, 'tags'>;

const none: readonly IndexedRule[] = [];

/** The rules by prefix and first tag, so that a key is compared only with the few rules, of perhaps a thousand, that can apply to it. */
class RuleIndex {
  readonly #byPrefix = new Map<string, RulesOfPrefix>();
  readonly #lengths: readonly number[];

  constructor(rules: readonly LifecycleRule[]) {
    for (const [position, rule] of rules.entries()) if (rule.Status === 'Enabled') this.#add(rule, position);
    this.#lengths = [...new Set([...this.#byPrefix.keys()].map((prefix) => prefix.length))];
  }

  /** Returns the candidates in the order of the configuration. */
  candidates(key: string, subjects: readonly Tagged[]): readonly IndexedRule[] {
    let found = none;
    for (const length of this.#lengths) {
      const rules = length <= key.length ? this.#byPrefix.get(key.slice(0, length)) : undefined;
      if (!rules) continue;
      const more = rules.byTag.size === 0 ? rules.untagged : [...rules.untagged, ...rulesByTags(rules, subjects)];
      found = found.length === 0 ? more : [...found, ...more];
    }
    return found.length > 1 ? found.toSorted((a, b) => a.position - b.position) : found;
  }

  #add(rule: LifecycleRule, position: number): void {
    const selection = readSelection(rule);
    const { written, tags } = selection;
    const { Prefix: prefix = '' } = written;
    const rules = this.#byPrefix.get(prefix) ?? { untagged: [], byTag: new Map<string, IndexedRule[]>() };
    this.#byPrefix.set(prefix, rules);
    const [tag] = tags;
    const list = tag ? (rules.byTag.get(tagName(tag)) ?? []) : rules.untagged;
    list.push(makeIndexedRule(rule, position, selection));
    if (tag) rules.byTag.set(tagName(tag), list);
  }
}

function makeIndexedRule(rule: LifecycleRule, position: number, selection: Selection): IndexedRule {
  return {
    rule,
    position,
    selection,
    isSelective: [...selection.narrowing.keys()].some((name) => name !== 'Prefix'),
    expiration: rule.Expiration,
    transitions: rule.Transitions ?? [],
    noncurrentExpiration: rule.NoncurrentVersionExpiration,
    noncurrentTransitions: rule.NoncurrentVersionTransitions ?? [],
  };
}

function rulesByTags({ byTag }: RulesOfPrefix, subjects: readonly Tagged[]): readonly IndexedRule[] {
  const names = new Set(subjects.flatMap(({ tags }) => tags.map(tagName)));
  return [...names].flatMap((name) => byTag.get(name) ?? []);
}

// If two tags have the same name, one more rule is compared.
function tagName({ Key, Value }: Tag): string {
  return `${Key}\n${Value}`;
}

// A configuration never changes: a change repositions it.
const indexes = new WeakMap<LifecycleConfiguration, RuleIndex>();

export function findRuleIndex(configuration: LifecycleConfiguration): RuleIndex {
  const index = indexes.get(configuration) ?? new RuleIndex(configuration.Rules);
  indexes.set(configuration, index);
  return index;
}
