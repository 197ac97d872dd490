import { type MarkupProblem, problemAt, qualifiedName, rewriteReferences, writeBeginning } from './characters';

export interface OpeningTag {
  /** The name as it was sent, with its prefix. */
  readonly name: string;
  readonly local: string;
  readonly empty: boolean;
  /** Whether it has no prefix, blank or attribute. */
  readonly plain: boolean;
  /** The number of its attributes, including the attributes that bind namespaces. */
  readonly size: number;
  /** The others by name, without prefixes. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly scope: Scope;
  readonly end: number;
}

export interface Surroundings {
  readonly scope: Scope;
  readonly size: number;
}

/** The most attributes of an element and of the elements around it, which can bind namespaces. No document of S3 contains more (F270). */
const mostAttributes = 16;
const noAttributes: ReadonlyMap<string, string> = new Map();

const plainTag = /<([A-Z_a-z][\w.-]*)(\/?)>/y;
const tagName = new RegExp(`<${qualifiedName}`, 'y');
const attributeName = new RegExp(`[ \\t\\n]+${qualifiedName}`, 'y');
const assignment = /[ \t\n]*=[ \t\n]*/y;
const tagEnd = /[ \t\n]*(\/?)>/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

export function readOpeningTag(text: string, start: number, around: Surroundings): OpeningTag {
  const plain = matchAt(plainTag, text, start);
  if (plain !== null) {
    const [whole, name = '', slash] = plain;
    const end = start + whole.length;
    return {
      name,
      local: name,
      empty: slash !== '',
      plain: true,
      size: 0,
      attributes: noAttributes,
      scope: around.scope,
      end,
    };
  }
  const named = matchAt(tagName, text, start);
  if (named === null) throw problemAt(text, start, writeBeginning(text.slice(start)), 'does not begin a tag');
  const [opening, prefix, local = ''] = named;
  const sent = readAttributes(text, start + opening.length, mostAttributes - around.size);
  const scope = boundScope(text, around.scope, sent.attributes);
  if (prefix === 'xmlns') throw problemAt(text, start, writeBeginning(opening), 'has a prefix that XML has reserved');
  if (prefix !== undefined) findNamespace(text, start + 1, scope, prefix);
  return {
    name: opening.slice(1),
    local,
    empty: sent.empty,
    plain: false,
    size: sent.attributes.length,
    attributes: attributesByName(text, scope, sent.attributes),
    scope,
    end: sent.end,
  };
}

function readAttributes(text: string, from: number, most: number) {
  const attributes: SentAttribute[] = [];
  const names = new Set<string>();
  for (let at = from; ; ) {
    const ended = matchAt(tagEnd, text, at);
    if (ended !== null) return { attributes, empty: ended[1] !== '', end: at + ended[0].length };
    const named = matchAt(attributeName, text, at);
    if (named === null) throw strayIn(text, at);
    const [whole, prefix, local = ''] = named;
    const name = whole.trimStart();
    const place = at + whole.length - name.length;
    if (names.has(name)) throw problemAt(text, place, `the attribute ${writeBeginning(name)}`, 'comes twice');
    if (names.size === most)
      throw problemAt(
        text,
        place,
        `the attribute ${writeBeginning(name)}`,
        `is one too many: open elements may have ${mostAttributes}`,
      );
    const { value, end } = readValue(text, place, name);
    names.add(name);
    attributes.push({ at: place, prefix, local, value });
    at = end;
  }
}

function strayIn(text: string, at: number): MarkupProblem {
  const place = at + (/[^ \t\n]/.exec(text.slice(at))?.index ?? 0);
  return problemAt(
    text,
    place,
    writeBeginning(text.slice(place)) || 'the end',
    'is not an attribute or the end of a tag',
  );
}

function readValue(text: string, at: number, name: string): { readonly value: string; readonly end: number } {
  const assigned = matchAt(assignment, text, at + name.length);
  const start = at + name.length + (assigned?.[0].length ?? 0);
  const quote = text.charAt(start);
  if (assigned === null || (quote !== '"' && quote !== "'"))
    throw problemAt(text, at, `the attribute ${writeBeginning(name)}`, 'has no value in quotes');
  const end = text.indexOf(quote, start + 1);
  if (end === -1) throw problemAt(text, start, `the value of ${writeBeginning(name)}`, 'has no end');
  const bracket = text.slice(start, end).indexOf('<');
  if (bracket !== -1)
    throw problemAt(text, start + bracket, '<', `is in the value of ${writeBeginning(name)}, which has &lt; for it`);
  const value = rewriteReferences(text, { start: start + 1, end }, (characters) => characters, withBlanks);
  return { value, end: end + 1 };
}

/** A tab and a line break are blanks in a value, unless they are references ("Attribute-Value Normalization"). */
function withBlanks(literal: string): string {
  return literal.replace(/[\t\n]/g, ' ');
}

function attributesByName(text: string, scope: Scope, sent: readonly SentAttribute[]): ReadonlyMap<string, string> {
  const others = sent.filter((attribute) => !isBinding(attribute));
  if (others.length === 0) return noAttributes;
  const names = new Set<string>();
  for (const { at, prefix, local } of others) {
    const name = prefix === undefined ? local : `${findNamespace(text, at, scope, prefix)} ${local}`;
    if (names.has(name))
      throw problemAt(text, at, `the attribute ${writeBeginning(local)}`, 'comes twice in its namespace');
    names.add(name);
  }
  return new Map(others.map(({ local, value }) => [local, value]));
}

interface SentAttribute {
  readonly at: number;
  readonly prefix: string | undefined;
  readonly local: string;
  readonly value: string;
}

const reserved = {
  xml: 'http://www.w3.org/XML/1998/namespace',
  xmlns: 'http://www.w3.org/2000/xmlns/',
} as const;

/** A list, since the limit of attributes keeps it short. */
type Scope = readonly (readonly [prefix: string, namespace: string])[];
export const outermostScope: Scope = [['xml', reserved.xml]];

function isBinding({ prefix, local }: SentAttribute): boolean {
  return prefix === 'xmlns' || (prefix === undefined && local === 'xmlns');
}

function boundScope(text: string, outer: Scope, attributes: readonly SentAttribute[]): Scope {
  const bindings = attributes.filter(isBinding);
  if (bindings.length === 0) return outer;
  const bound = bindings.map((binding) => {
    const prefix = binding.prefix === undefined ? '' : binding.local;
    const problem = findProblem(prefix, binding.value);
    if (problem !== undefined)
      throw problemAt(text, binding.at, prefix === '' ? 'xmlns' : `xmlns:${writeBeginning(prefix)}`, problem);
    return [prefix, binding.value] as const;
  });
  return [...bound, ...outer];
}

function findProblem(prefix: string, namespace: string): string | undefined {
  if (prefix === 'xmlns' || namespace === reserved.xmlns) return 'binds what XML has reserved';
  if ((prefix === 'xml') !== (namespace === reserved.xml)) return 'binds what XML has reserved';
  return prefix !== '' && namespace === '' ? 'binds a prefix to nothing' : undefined;
}

function findNamespace(text: string, at: number, scope: Scope, prefix: string): string {
  const [, namespace] = scope.find(([one]) => one === prefix) ?? [];
  if (namespace === undefined)
    throw problemAt(text, at, `the prefix ${writeBeginning(prefix)}`, 'is bound to no namespace');
  return namespace;
}
