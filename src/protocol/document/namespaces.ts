import { beginningOf, problemAt } from './markup-problem';

/** An attribute as it was sent, and its value as XML normalizes it. */
export interface SentAttribute {
  readonly at: number;
  readonly prefix: string | undefined;
  readonly local: string;
  readonly value: string;
}

const reserved = {
  xml: 'http://www.w3.org/XML/1998/namespace',
  xmlns: 'http://www.w3.org/2000/xmlns/',
} as const;

/** The namespaces of prefixes where an element begins. A list, since the limit of attributes keeps it short. */
export type Scope = readonly (readonly [prefix: string, namespace: string])[];
export const outermostScope: Scope = [['xml', reserved.xml]];

/** Whether an attribute binds a prefix, or the namespace of elements without one. */
export function isBinding({ prefix, local }: SentAttribute): boolean {
  return prefix === 'xmlns' || (prefix === undefined && local === 'xmlns');
}

/** The scope with the bindings of an element's attributes. Throws a problem for one that Namespaces in XML 1.0 forbids. */
export function boundScope(text: string, outer: Scope, attributes: readonly SentAttribute[]): Scope {
  const bindings = attributes.filter(isBinding);
  if (bindings.length === 0) return outer;
  const bound = bindings.map((binding) => {
    const prefix = binding.prefix === undefined ? '' : binding.local;
    const problem = problemOf(prefix, binding.value);
    if (problem !== undefined)
      throw problemAt(text, binding.at, prefix === '' ? 'xmlns' : `xmlns:${beginningOf(prefix)}`, problem);
    return [prefix, binding.value] as const;
  });
  return [...bound, ...outer];
}

function problemOf(prefix: string, namespace: string): string | undefined {
  if (prefix === 'xmlns' || namespace === reserved.xmlns) return 'binds what XML has reserved';
  if ((prefix === 'xml') !== (namespace === reserved.xml)) return 'binds what XML has reserved';
  return prefix !== '' && namespace === '' ? 'binds a prefix to nothing' : undefined;
}

/** The namespace of a prefix. Throws a problem if it has none. */
export function namespaceOf(text: string, at: number, scope: Scope, prefix: string): string {
  const [, namespace] = scope.find(([one]) => one === prefix) ?? [];
  if (namespace === undefined)
    throw problemAt(text, at, `the prefix ${beginningOf(prefix)}`, 'is bound to no namespace');
  return namespace;
}
