import type { Batch } from '../operations/table';
import { isRecord } from '../text/value-kinds';
import type { RequestEntry } from './entry';
import { type Difference, differencesOf, fits } from './input-matching';

/** A refused entry of a batch, as S3's answer names it. */
export interface RefusedPart {
  readonly code: string;
  readonly message: string;
  /** The part as the answer names it: `{ Key: 'a' }`. */
  readonly part: object;
}

/** A part of a batch that was sent, and its refusal; undefined if S3 carried it out. */
interface SentPart {
  readonly part: unknown;
  readonly refused: RefusedPart | undefined;
}

/** The parts of a batch that an expected input names; undefined if it names none, or leaves them to an asymmetric matcher. */
export function namedParts({ entries }: Batch, expected: unknown): readonly unknown[] | undefined {
  const parts = partsIn(entries, expected);
  return parts === undefined || parts.length === 0 ? undefined : parts;
}

/** The differences between an expected batch and one that was sent: each part that is named was sent, and others may be beside it. */
export function batchDifferences(batch: Batch, expected: unknown, actual: unknown): readonly Difference[] {
  const named = namedParts(batch, expected);
  if (named === undefined) return differencesOf(expected, actual);
  const [member, list] = batch.entries;
  const sent = partsIn(batch.entries, actual) ?? [];
  const path = `an entry of ${member}.${list}`;
  return [
    ...differencesOf(withoutParts(batch, expected), actual),
    ...named
      .filter((one) => !sent.some((part) => fits(one, part)))
      .map((one) => ({ path, expected: one, actual: sent })),
  ];
}

/** The parts that were sent, each with its refusal. */
export function sentParts(batch: Batch, { input, output }: RequestEntry): readonly SentPart[] {
  const refused = refusedParts(batch, output);
  return (partsIn(batch.entries, input) ?? []).map((part) => ({
    part,
    refused: refused.find((one) => batch.namedBy.every((name) => memberOf(one.part, name) === memberOf(part, name))),
  }));
}

function refusedParts({ refused, namedBy }: Batch, output: unknown): readonly RefusedPart[] {
  const list = memberOf(output, refused);
  return (Array.isArray(list) ? list : []).map((one) => ({
    code: String(memberOf(one, 'Code')),
    message: String(memberOf(one, 'Message')),
    part: Object.fromEntries(
      namedBy.map((name) => [name, memberOf(one, name)]).filter(([, value]) => value !== undefined),
    ),
  }));
}

function partsIn([member, list]: Batch['entries'], input: unknown): readonly unknown[] | undefined {
  const parts = memberOf(memberOf(input, member), list);
  return Array.isArray(parts) ? parts : undefined;
}

function withoutParts({ entries: [member, list] }: Batch, expected: unknown): unknown {
  const { [list]: _parts, ...others } = memberOf(expected, member) as Readonly<Record<string, unknown>>; // it has the list
  return { ...(expected as object), [member]: others };
}

function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
