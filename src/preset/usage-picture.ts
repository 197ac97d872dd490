import type { StorageAmount } from '../model/usage';
import { longestLength } from '../text/columns';
import { counted, grouped } from '../text/counts';
import type { BucketUsage, PrefixUsage } from './bucket-usage';

/** A line of the table: its name, a number of things, and bytes. */
interface Line {
  readonly name: string;
  readonly amount: StorageAmount;
  readonly before: StorageAmount | undefined;
}

/**
 * The storage that a bucket takes, as a table: `bucket 'vault' on 2026-03-01 00:00: 3 of 5 versions, 12 of 40 MB`, and a line for each kind, storage class
 * and prefix.
 */
export function drawUsage(bucket: string, usage: BucketUsage): string {
  const { before } = usage;
  const lines = [
    ...kinds
      .filter((kind) => always.has(kind) || isThere(kind, usage, before))
      .map((kind) => ({
        name: names[kind],
        amount: usage[kind],
        before: before?.[kind],
      })),
    ...linesOf(usage.storageClasses, before?.storageClasses, ({ versions }) => versions),
    ...linesOf(usage.prefixes, before?.prefixes, ({ versions, bytes }: PrefixUsage) => ({ ...versions, bytes })),
  ];
  const time = usage.at.toISOString().slice(0, 16).replace('T', ' ');
  return [`bucket '${bucket}' on ${time}: ${headline(usage)}`, ...drawLines(lines)].join('\n');
}

type Kind = keyof typeof names;

/** The kinds that are drawn if there are none of them as well. Others most buckets never have. */
const always: ReadonlySet<Kind> = new Set<Kind>(['current', 'noncurrent', 'deleteMarkers', 'uploads']);

function isThere(kind: Kind, ...usages: readonly (BucketUsage | undefined)[]): boolean {
  return usages.some((usage) => usage !== undefined && usage[kind].count > 0);
}

const names = {
  current: 'current',
  noncurrent: 'noncurrent',
  deleteMarkers: 'delete markers',
  restoredCopies: 'restored copies',
  uploads: 'uploads',
  belowMinimumSize: 'below minimum size',
  belowMinimumDays: 'below minimum days',
  archiveMetadata: 'archive metadata',
} as const;

const kinds = Object.keys(names) as readonly Kind[];

function headline({ versions, bytes, before }: BucketUsage): string {
  const total = before ?? { versions, bytes };
  const of = before === undefined ? '' : `${grouped(versions.count)} of `;
  return `${of}${counted(total.versions.count, 'version')}, ${writeBytes(bytes, before?.bytes)}`;
}

function linesOf<Of>(
  now: Readonly<Record<string, Of>> = {},
  before: Readonly<Record<string, Of>> | undefined,
  amountOf: (of: Of) => StorageAmount,
): readonly Line[] {
  const known = new Set([...Object.keys(before ?? {}), ...Object.keys(now)]);
  const amountIn = (all: Readonly<Record<string, Of>>, name: string) => {
    const found = Object.hasOwn(all, name) ? all[name] : undefined;
    return found === undefined ? nothing : amountOf(found);
  };
  return [...known].map((name) => ({
    name: name === '' ? "''" : name,
    amount: amountIn(now, name),
    before: before && amountIn(before, name),
  }));
}

const nothing: StorageAmount = { count: 0, bytes: 0 };

function drawLines(lines: readonly Line[]): readonly string[] {
  const rows = lines.map(({ name, amount, before }) => ({
    name,
    count: before === undefined ? grouped(amount.count) : `${grouped(amount.count)} of ${grouped(before.count)}`,
    bytes: writeBytes(amount.bytes, before?.bytes),
  }));
  const widest = longestLength(rows.map(({ name }) => name));
  const counts = longestLength(rows.map(({ count }) => count));
  return rows.map(({ name, count, bytes }) => `  ${name.padEnd(widest)}  ${count.padStart(counts)}  ${bytes}`);
}

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** `512 bytes`, `12 MB`, `12 of 40 MB`: in the unit of the larger number. */
function writeBytes(bytes: number, before?: number): string {
  const largest = Math.max(bytes, before ?? 0);
  const power = Math.min(units.length - 1, largest < 1000 ? 0 : Math.floor(Math.log10(largest) / 3));
  const write = (value: number) => shortened(value / 1000 ** power);
  const unit = power === 0 && largest === 1 ? 'byte' : units[power];
  return before === undefined ? `${write(bytes)} ${unit}` : `${write(bytes)} of ${write(before)} ${unit}`;
}

/** At most one digit after the point, and none that is 0. */
function shortened(value: number): string {
  return String(Math.round(value * 10) / 10);
}
