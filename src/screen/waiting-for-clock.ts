import type { RequestEntry } from '../journal/entry';
import { writeRestoresUnderWay } from '../model/archives/restore';
import { lockedUntil } from '../model/object-lock';
import { protectedUntil } from '../model/protection';
import { writeWaitingCopies } from '../model/replication/missing-replicas';
import type { Store } from '../model/store';
import { findVersion } from '../model/versions/version-lookup';
import { lockedMessage } from '../service/why';
import { firstLines } from '../text/counts';
import { writeSentence } from '../text/sentences';
import { isRecord } from '../text/value-kinds';

/** The number of requests that are examined, since more would take long. */
const LOOKED_AT = 100;
const LISTED = 5;

interface TestOfClock {
  readonly entries: readonly RequestEntry[];
  /** The values that an assertion of the test compared, such as those of a handle. */
  readonly received: ReadonlySet<string>;
  /** Whether an assertion of the library failed, which itself says what is under way. */
  readonly isOfLibrary: boolean;
}

/** Writes which copies and restores a test has seen under way that end only when the mock's clock moves. */
export function writeWaitingForClock(
  { entries: all, received, isOfLibrary }: TestOfClock,
  store: Store,
): string | undefined {
  const entries = all.slice(-LOOKED_AT);
  const has = (name: string, value: string) =>
    !isOfLibrary &&
    (received.has(value) || entries.some(({ output }) => isRecord(output) && Reflect.get(output, name) === value));
  const now = store.clock.now();
  const lines = [
    ...(has('ReplicationStatus', 'PENDING') ? writeWaitingCopies(store) : []),
    ...(has('Restore', 'ongoing-request="true"')
      ? [...store.buckets.values()].flatMap((bucket) => writeRestoresUnderWay(bucket, now))
      : []),
    ...(entries.some((entry) => isHeldBack(entry, store)) ? [writeRetained(now)] : []),
  ];
  return lines.length === 0 ? undefined : firstLines(lines.map(String), LISTED).map(writeSentence).join('\n');
}

function writeRetained(now: number): string {
  return `the clock of the mock is at ${new Date(now).toISOString()}; s3.clock.advance moves it past the retention`;
}

/** Whether S3 refused to change a version whose retention ends at a time. */
function isHeldBack({ method, error, bucket = '', key = '', versionId }: RequestEntry, store: Store): boolean {
  if (error?.code !== 'AccessDenied' || method === 'GET' || method === 'HEAD') return false;
  const named = store.buckets.get(bucket);
  if (named === undefined) return false;
  const version = versionId === undefined ? named.versions.current(key) : findVersion(store, named, key, versionId);
  if (version === undefined) return false;
  // IBM COS says of a protected version only that access is denied.
  const end = error.message === lockedMessage ? lockedUntil(version) : protectedUntil(version);
  return end > store.clock.now() && end < Number.POSITIVE_INFINITY;
}
