import type { EventVersion } from '../model/events/report';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';

/** The options of the events that S3 sends. */
export interface EventsOption {
  /**
   * The epoch of the records: `'2.6'`, the one version of all that S3 sends since 2026, or `'2.1'`, those of before, with versions from 2.1
   * to 2.3 by the kind of the event. Default `'2.6'`.
   */
  readonly version?: EventVersion | undefined;
  /** `true`: handlers get some events twice, as S3 promises each once at least. Default `false`. */
  readonly duplicates?: boolean | undefined;
  /**
   * `true`: handlers get events in another order than that of their causes, since S3 promises none. The events wait until
   * `s3.events.settled()` is awaited, so that the seed alone decides the order. Default `false`.
   */
  readonly outOfOrder?: boolean | undefined;
}

const names: readonly (keyof EventsOption)[] = ['version', 'duplicates', 'outOfOrder'];
const versions: readonly unknown[] = ['2.1', '2.6'] satisfies readonly EventVersion[];

/** Throws a TypeError for a wrong option. */
export function checkEventsOption(options: EventsOption | undefined): void {
  if (options === undefined) return;
  const call = 'mockS3: events';
  checkOptionNames(call, options, names);
  const { version } = options;
  if (version !== undefined && !versions.includes(version))
    throw invalidValue(call, 'version', version, "'2.1' or '2.6', or undefined");
  for (const name of ['duplicates', 'outOfOrder'] as const) {
    const value = options[name];
    if (value !== undefined && typeof value !== 'boolean')
      throw invalidValue(call, name, value, 'true or false, or undefined');
  }
}
