import timers from 'node:timers';
import { promisify } from 'node:util';
import { S3MockError } from '../s3-mock-error';

/**
 * This function comes from the core module at import: fake timers of jest and of other libraries replace only functions that are looked up
 * later.
 */
export const later = timers.setImmediate;

/** Throws if fake timers were installed before this module was loaded: no captured call would ever be answered. */
export function assertRealTimers(): void {
  // sinon marks its fakes with `clock`; those of node:test lack the property that util.promisify reads.
  if ('clock' in later || !(promisify.custom in later)) {
    throw new S3MockError(
      'FAKE_TIMERS',
      'setImmediate of node:timers was already fake when s3-versioning-mock was imported, so the mock could not answer any call. ' +
        'Import s3-versioning-mock before you install fake timers, or do not fake setImmediate. docs/guides/fake-timers-and-guard.md has examples.',
    );
  }
}
