import type { Store } from '../store';

/** Notes that S3 has something to do by itself at a moment, if there is one. */
export function expectDue(store: Pick<Store, 'nextDue'>, moment: number | undefined): void {
  if (moment !== undefined) store.nextDue = Math.min(store.nextDue, moment);
}
