import type { MemberNames } from '../shapes/member-names';
import type { Shape } from '../shapes/shape';
import { groupBy } from '../text/lists';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import type { InputOf, OperationName, RequestEntry } from './entry';
import { type Difference, type Expected, findDifferences, fits } from './input-matching';

/** S3's only batch: it answers 200, and carries out or refuses each entry by itself. */
const batch: OperationName = 'DeleteObjects';
const [member, list] = ['Delete', 'Objects'] as const;

const refusedList = 'Errors';

type Entry = InputOf<'DeleteObjects'>['Delete']['Objects'][number];

/**
 * An entry of DeleteObjects as a test can expect it, by any of its members: `{ Key: 'report.pdf' }` matches any version, `{ Key:
 * 'report.pdf', VersionId: undefined }` an entry without a version, `{ Key: expect.stringMatching(/pdf$/) }` a pattern, and `{}` each
 * entry.
 */
export type ExpectedEntry = Expected<Entry>;

export function entryNamesIn(names: MemberNames): MemberNames {
  return namesAt(namesAt(names, member), list);
}

export function entryShapeIn(input: Shape): Shape {
  const entries = shapeAt(shapeAt(input, member), list);
  return 'item' in entries ? entries.item : entries;
}

function shapeAt(shape: Shape, name: string): Shape {
  return (shape.kind === 'structure' && shape.members[name]) || anything;
}

const anything: Shape = { kind: 'structure', members: {} };

function namesAt(names: MemberNames, name: string): MemberNames {
  return typeof names === 'string' ? 'any' : (names[name] ?? 'any');
}

export interface RefusedPart {
  readonly code: string;
  readonly message: string;
  readonly part: { readonly Key?: unknown; readonly VersionId?: unknown };
  readonly isFailure: boolean;
}

interface SentPart {
  readonly part: unknown;
  readonly refused: RefusedPart | undefined;
}

export function isBatch(operation: OperationName | undefined): boolean {
  return operation === batch;
}

export function lacksRefusals({ operation, dropped }: RequestEntry): boolean {
  return isBatch(operation) && dropped?.includes(refusedList) === true;
}

/** Returns undefined if the expected input names no parts, or leaves them to an asymmetric matcher. */
export function findNamedParts(expected: unknown): readonly unknown[] | undefined {
  const parts = partsIn(expected);
  return parts === undefined || parts.length === 0 ? undefined : parts;
}

/** The request can also contain entries that are not named. */
export function batchDifferences(expected: unknown, actual: unknown): readonly Difference[] {
  const named = findNamedParts(expected);
  if (named === undefined) return findDifferences(expected, actual);
  const sent = partsIn(actual) ?? [];
  const path = `an entry of ${member}.${list}`;
  const listCandidates = makePartIndex(sent, (part) => part);
  return [
    ...findDifferences(withoutParts(expected), actual),
    ...named
      .filter((one) => !listCandidates(one).some((part) => fits(one, part)))
      .map((one) => ({ path, expected: one, actual: sent })),
  ];
}

/** Makes a function that lists the items whose parts can fit. A batch has up to 1,000 parts, and a test can name each of them. */
export function makePartIndex<Item>(
  items: readonly Item[],
  partOf: (item: Item) => unknown,
): (expected: unknown) => readonly Item[] {
  const byKey = groupBy(items, (item) => keyOf(partOf(item)));
  const byName = groupBy(items, (item) => nameOf(partOf(item)));
  return (expected) => {
    // An asymmetric matcher, or a part without a key, can fit any part.
    if (isAsymmetric(expected) || typeof keyOf(expected) !== 'string') return items;
    const isOfVersion = typeof memberOf(expected, 'VersionId') === 'string';
    return (isOfVersion ? byName.get(nameOf(expected)) : byKey.get(keyOf(expected))) ?? [];
  };
}

function keyOf(part: unknown): unknown {
  return memberOf(part, 'Key');
}

/** Two parts with the same name are the same version of a key. */
function nameOf(part: unknown): string {
  return JSON.stringify([keyOf(part), memberOf(part, 'VersionId')]);
}

export function readSentParts(entry: RequestEntry): readonly SentPart[] {
  const refused = groupBy(refusedParts(entry), ({ part }) => nameOf(part));
  return (partsIn(entry.input) ?? []).map((part) => ({ part, refused: refused.get(nameOf(part))?.[0] }));
}

export function refusedParts({ operation, output, failure }: RequestEntry): readonly RefusedPart[] {
  const refused = isBatch(operation) ? memberOf(output, refusedList) : undefined;
  const failures = new Set(failure?.entries?.map(({ entry }) => nameOf(entry)));
  return (Array.isArray(refused) ? refused : []).map((one) => {
    const [Key, VersionId] = [memberOf(one, 'Key'), memberOf(one, 'VersionId')];
    return {
      code: String(memberOf(one, 'Code')),
      message: String(memberOf(one, 'Message')),
      part: VersionId === undefined ? { Key } : { Key, VersionId },
      isFailure: failures.has(nameOf(one)),
    };
  });
}

/** Returns undefined if the input has no list of entries. */
export function partsIn(input: unknown): readonly unknown[] | undefined {
  const parts = memberOf(memberOf(input, member), list);
  return Array.isArray(parts) ? parts : undefined;
}

function withoutParts(expected: unknown): unknown {
  const { [list]: _parts, ...others } = memberOf(expected, member) as Readonly<Record<string, unknown>>; // it has the list
  return { ...(expected as object), [member]: others };
}

function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
