/** The texts that the names of a case are bound to: ids, dates, entity tags. */
export type Names = Map<string, string>;

export interface Comparison {
  readonly names: Names;
  readonly keepsTime: boolean;
}

/**
 * Returns where an answer lacks what was recorded, a sentence each. An object has at least these members, a list exactly these entries. It lacks a member that is null.
 * `$(name)` is any text where it comes first, and the same one from then on; `$(version-1)` and `$(version-2)` are two ids. `$(any)` is any value, `$(date)` any moment.
 */
export function differencesIn(
  expected: unknown,
  actual: unknown,
  comparison: Comparison,
  path = '',
): readonly string[] {
  if (expected === '$(any)') return actual === undefined ? [differs(path, 'a value', actual)] : [];
  if (expected === '$(date)') return isMoment(actual) ? [] : [differs(path, 'a date', actual)];
  if (typeof expected === 'string') return textDifferences(expected, actual, comparison, path);
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return [differs(path, expected, actual)];
    return expected.flatMap((one, at) => differencesIn(one, actual[at], comparison, `${path}[${at}]`));
  }
  if (expected === null) return actual === undefined ? [] : [differs(path, 'nothing', actual)];
  if (typeof expected !== 'object') return String(expected) === String(actual) ? [] : [differs(path, expected, actual)];
  if (typeof actual !== 'object' || actual === null) return [differs(path, expected, actual)];
  return Object.entries(expected).flatMap(([name, value]) =>
    differencesIn(value, (actual as Record<string, unknown>)[name], comparison, path === '' ? name : `${path}.${name}`),
  );
}

function textDifferences(
  expected: string,
  actual: unknown,
  { names, keepsTime }: Comparison,
  path: string,
): readonly string[] {
  const text = actual instanceof Date ? actual.toISOString() : typeof actual === 'number' ? String(actual) : actual;
  if (actual instanceof Date && Date.parse(expected) === actual.getTime()) return [];
  const read = keepsTime ? (one: string) => one : withoutMoments;
  const found = typeof text === 'string' ? makePattern(read(expected), names).exec(read(text)) : null;
  if (found === null) return [differs(path, withNames(expected, names), actual)];
  const bound = Object.entries(found.groups ?? {}).map(([group, value]) => [readGroup(group), value] as const);
  const other = bound.flatMap(([name, value]) => (unique.test(name) ? (findOtherName(value, names) ?? []) : []));
  if (other.length > 0) return [differs(path, `an id other than the id of ${other[0]}`, actual)];
  for (const [name, value] of bound) names.set(name, value);
  return [];
}

function findOtherName(id: string, names: Names): string | undefined {
  for (const [name, value] of names) if (value === id && unique.test(name)) return name;
  return undefined;
}

function withoutMoments(text: string): string {
  return text.replace(
    /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/g,
    'MOMENT',
  );
}

/** The names of versions and uploads. Each has its own id. */
const unique = /^(?:version|upload)-\d+$/;

const reference = /\$\(([\w:-]+)\)/g;

function makePattern(expected: string, names: Names): RegExp {
  const here = new Set<string>();
  const pattern = expected.split(reference).map((part, at) => {
    if (at % 2 === 0) return escaped(part);
    const value = names.get(part);
    if (value !== undefined) return escaped(value);
    if (part === 'any') return '[^]*';
    if (here.has(part)) return `\\k<${writeGroup(part)}>`;
    here.add(part);
    return `(?<${writeGroup(part)}>[^]+)`;
  });
  return new RegExp(`^${pattern.join('')}$`);
}

export function withNames(text: string, names: Names): string {
  return text.replace(reference, (whole, name: string) => names.get(name) ?? whole);
}

/** The names of groups have neither dashes nor colons. */
const writeGroup = (name: string): string => `n${Buffer.from(name).toString('hex')}`;
const readGroup = (group: string): string => Buffer.from(group.slice(1), 'hex').toString();

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const isMoment = (value: unknown): boolean =>
  value instanceof Date || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));

const differs = (path: string, expected: unknown, actual: unknown): string =>
  `${path}: expected ${write(expected)}, but it is ${write(actual)}`;

/** A list can have a thousand entries. */
const longest = 300;

function write(value: unknown): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
