import type { Change } from '../changes';
import type { Store } from '../store';
import type { EventVersion, Report } from './report';

/** The parts of the world that reports are made of. */
export interface ReportContext {
  readonly store: Store;
  readonly version: EventVersion;
}

/** Whether changes of a bucket are reported to anybody, so that somebody has to look at them. */
export function hasNotifications({ buckets }: Pick<Store, 'buckets'>, bucket: string): boolean {
  return Boolean(buckets.get(bucket)?.settings.notification);
}

/** What S3 tells each destination about changes, in their order. */
export function reportsOf(_changes: readonly Change[], _context: ReportContext): readonly Report[] {
  return [];
}
