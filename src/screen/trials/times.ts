import { readBasicDate } from '../../protocol/signature/terms';
import type { Hint } from '../hint';
import { readParameters } from './wire';

/** What S3 says of a signature that comes too late. A session, a lock and a policy have times of their own. */
const ofTime = /^Request has expired|difference between the request time and the current time is too large/i;

/** The clock of the mock has gone on since the signature, or stands elsewhere than the clock of the signer. */
export const tryTimeOfSignature: Hint = {
  tries: 'the time of the signature',
  of: 'refused requests',
  changes: ({ entry, wire, store }) => {
    // If the test has not moved the clock, the signature is old by itself.
    if (!ofTime.test(entry.error?.message ?? '') || store.clock.moved === 0) return [];
    const query = readParameters(wire)
      .find(({ name }) => name.toLowerCase() === 'x-amz-date')
      ?.written.split('=')[1];
    const signed = readBasicDate(wire.headers.get('x-amz-date') ?? query ?? '');
    if (signed === undefined) return [];
    const [then, now] = [signed, store.clock.now()].map((one) => new Date(one).toISOString());
    return [
      {
        wire: {},
        options: { verifySignatures: 'as the mock', at: signed },
        says: () =>
          `it would have been answered at ${then}, the time of its signature; the clock of the mock stands at ${now}. Sign after the clock was moved, or move it less.`,
      },
    ];
  },
};
