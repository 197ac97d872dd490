import { day } from '../formats/durations';
import type { ObjectVersion } from './versions/version';

/** The least bytes and days of a version that Amazon S3 bills. */
interface Minimum {
  readonly bytes: number;
  readonly days: number;
}

const kilobyte = 1024;

/** The bytes that Amazon S3 stores beside a version in an archive: at the rate of its class, and at that of STANDARD (F952). */
export const archiveMetadata = { own: 32 * kilobyte, standard: 8 * kilobyte } as const;

const leastSize = 128 * kilobyte;

/** The minimums of the storage classes of AWS that have any (F952). */
const minimums: ReadonlyMap<string, Minimum> = new Map([
  ['STANDARD_IA', { bytes: leastSize, days: 30 }],
  ['ONEZONE_IA', { bytes: leastSize, days: 30 }],
  ['GLACIER_IR', { bytes: leastSize, days: 90 }],
  ['GLACIER', { bytes: 0, days: 90 }],
  ['DEEP_ARCHIVE', { bytes: 0, days: 180 }],
]);

const none: Minimum = { bytes: 0, days: 0 };

/** The minimums of a storage class. */
export function minimumOf(storageClass: string): Minimum {
  return minimums.get(storageClass) ?? none;
}

/** Whether a version is not in its storage class for so many days. */
export function isBelowDays({ moved, created }: ObjectVersion, days: number, at: number): boolean {
  return at < (moved ?? created) + days * day;
}
