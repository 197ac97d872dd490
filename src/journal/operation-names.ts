import type { OperationName } from '../operations/table';

/** The operations that a journal knows, by name and by alias. */
export interface KnownNames {
  readonly names: readonly OperationName[];
  readonly aliases: Readonly<Record<string, OperationName>>;
}

/** The name under which an operation is recorded; a name that S3 does not have is a TypeError that tells the nearest. */
export function operationNamed(known: KnownNames, given: unknown): OperationName {
  const name = known.names.find((one) => one === given);
  if (name !== undefined) return name;
  const alias = Object.entries(known.aliases).find(([one]) => one === given);
  if (alias !== undefined) return alias[1];
  const all = [...known.names, ...Object.keys(known.aliases)];
  throw new TypeError(
    `S3 has no operation ${quoted(given)}.${suggestion(typeof given === 'string' ? nearest(given, all) : [])}`,
  );
}

/** Those of `names` that someone who wrote `given` may have meant, the nearest first, three at most. */
export function nearest(given: string, names: readonly string[]): readonly string[] {
  const most = Math.max(2, Math.floor(given.length / 3));
  return names
    .map((name) => ({ name, distance: distance(given.toLowerCase(), name.toLowerCase()) }))
    .filter((one) => one.distance <= most)
    .sort((one, other) => one.distance - other.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

function suggestion(names: readonly string[]): string {
  return names.length === 0
    ? ' Operations are named as in the AWS SDK: PutObject, ListObjectVersions.'
    : ` Did you mean ${names.join(', ')}?`;
}

function quoted(given: unknown): string {
  return typeof given === 'string' ? `'${given}'` : String(given);
}

/** How many letters to insert, to remove or to replace (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (letter === other[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
