import { decodePercent } from '../../formats/url-encoding';
import { readTimes, serviceTime } from '../../protocol/signature/service-time';
import { readBasicDate } from '../../protocol/signature/terms';
import { findUrlSignature } from '../../protocol/signature/url-signature';
import { counted } from '../../text/counts';
import { splitDuration } from '../../text/durations';
import { writeGiven } from '../../text/values';
import type { Asked, Hint } from '../hint';
import { listMissing } from './expectation';
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
    const passed = readTime(signed, wire, store) - signed;
    if (isOfProcess(signed, wire, store))
      return [
        {
          wire: {},
          options: { verifySignatures: 'as the mock', at: store.clock.now() - passed },
          says: () =>
            `it would have been answered before s3.clock was moved, whose moves count from the signature on: ${writeParts(passed)} have passed for it. Sign after the clock was moved, or move it less.`,
        },
      ];
    // Less of a move is no cure of a URL that is older.
    const seconds = readExpiry(wire)?.seconds ?? 0;
    const isOldAnyway = seconds > 0 && passed - store.clock.moved > seconds * 1000;
    const cure = isOldAnyway
      ? 'Sign at the time of the clock of the mock, such as with signingDate: s3.clock.now(): the URL had expired before the clock was moved.'
      : `Sign after the clock was moved${seconds > 0 ? ', with the time that it has then, such as with signingDate: s3.clock.now()' : ''}, or move it less.`;
    return [
      {
        wire: {},
        options: { verifySignatures: 'as the mock', at: signed },
        says: () =>
          `it would have been answered at ${then}, the time of its signature; the clock of the mock stands at ${now}. ${cure}`,
      },
    ];
  },
};

/** The time by which S3 judges a signature: that of the mock, or that of the process with the moves of the mock's clock since then. */
function readTime(signed: number, wire: Asked['wire'], { clock }: Asked['store']): number {
  const query = readParameters(wire).map(({ name, written }): [string, string] => {
    const value = written.split('=').slice(1).join('=');
    return [name, decodePercent(value) ?? value];
  });
  return serviceTime(signed, readTimes(clock, 'moved first', findUrlSignature(new Map(query))));
}

/** Whether a client signed by the time of the process, and the clock of the mock stands elsewhere. */
function isOfProcess(signed: number, wire: Asked['wire'], store: Asked['store']): boolean {
  return Math.abs(readTime(signed, wire, store) - store.clock.now()) > 1000;
}

/** What the SDK v3 gives to a URL if nobody names a time. */
const DEFAULT = 900;

function writeDefault(seconds: number, wire: Asked['wire']): string {
  const isOfV3 = readParameters(wire).some(({ name }) => name === 'x-id');
  return seconds === DEFAULT && isOfV3
    ? ` ${DEFAULT} seconds are what getSignedUrl takes by itself: its third argument, { expiresIn }, sets other ones.`
    : '';
}

interface Expiry {
  readonly signed: number;
  readonly seconds: number;
}

/** When a URL was presigned, and for how long. */
function readExpiry(wire: Asked['wire']): Expiry | undefined {
  const values = new Map(
    readParameters(wire).map(({ name, written }) => [name.toLowerCase(), written.split('=')[1] ?? '']),
  );
  const [signed, seconds] = [readBasicDate(values.get('x-amz-date') ?? ''), Number(values.get('x-amz-expires'))];
  return signed === undefined || !(seconds > 0) ? undefined : { signed, seconds };
}

/** A test that uses its URL at once does so within these milliseconds, of which one second is the fraction that a signature leaves out. */
const AT_ONCE = 3000;

/** Whoever signs for these seconds at most can mean to wait. */
const SHORT = 10;

/** Whether a test can mean the end of a URL. Whoever lets the clock stand expects another refusal, such as that of another type. */
function isAboutTime({ wire, store, compared, hasMovedTimers }: Asked, { signed, seconds }: Expiry): boolean {
  if (store.clock.moved !== 0 || hasMovedTimers || seconds <= SHORT) return true;
  const isNamed = compared.some((one) => listMissing(one).some((text) => /expire/i.test(text)));
  return isNamed || readTime(signed, wire, store) - signed >= AT_ONCE;
}

/** A test expects that a URL has expired, and the URL lasts longer. */
export const tryTimeOfExpiry: Hint = {
  tries: 'the time at which a presigned URL expires, where a test expects a refusal',
  of: 'requests that should be refused',
  changes: (asked) => {
    const { wire, store } = asked;
    const expiry = readExpiry(wire);
    const now = store.clock.now();
    if (expiry === undefined || !isAboutTime(asked, expiry)) return [];
    const { signed, seconds } = expiry;
    const end = signed + seconds * 1000;
    const [from, to, present] = [signed, end, now].map((one) => new Date(one).toISOString());
    if (isOfProcess(signed, wire, store)) {
      const left = end + 1000 - readTime(signed, wire, store);
      return [
        {
          wire: {},
          options: { verifySignatures: 'as the mock', at: now + left },
          says: () =>
            `it would have been refused after s3.clock.advance(${writeGiven(splitDuration(left))}) more: its URL was signed for ${writeSeconds(seconds)}, and for ${writeParts(end - readTime(signed, wire, store))} of them it is valid still.${writeUnit(seconds)}${writeDefault(seconds, wire)}`,
        },
      ];
    }
    return [
      {
        wire: {},
        options: { verifySignatures: 'as the mock', at: end + 1000 },
        says: () =>
          `it would have been refused after ${to}: its URL was signed at ${from} for ${writeSeconds(seconds)}, and the clock of the mock stands at ${present}.${writeUnit(seconds)}${writeDefault(seconds, wire)}`,
      },
    ];
  },
  succeeds: ({ code }) => code === 'AccessDenied',
};

/** Who means a minute and writes milliseconds gets most of a day. */
function writeUnit(seconds: number): string {
  return seconds >= 10_000 && seconds % 1000 === 0 ? ' A URL is signed for seconds, not for milliseconds.' : '';
}

function writeSeconds(seconds: number): string {
  return seconds < 120
    ? counted(seconds, 'second')
    : `${counted(seconds, 'second')}, which are ${writeParts(seconds * 1000)}`;
}

function writeParts(milliseconds: number): string {
  return Object.entries(splitDuration(milliseconds))
    .map(([unit, count]) => counted(count, unit.slice(0, -1)))
    .join(' ');
}

/** A test expects that a session has ended, and the session lasts longer. */
export const tryEndOfSession: Hint = {
  tries: 'the end of the session that signed, where a test expects a refusal',
  of: 'requests that should be refused',
  changes: ({ wire, store }) => {
    const sent = /Credential=([^/,\s]+)/.exec(wire.headers.get('authorization') ?? '')?.[1];
    const session = sent === undefined ? undefined : store.findCaller(sent)?.session;
    if (session === undefined) return [];
    const { issued, expires } = session;
    const [end, present] = [expires, store.clock.now()].map((one) => new Date(one).toISOString());
    return [
      {
        wire: {},
        options: { at: expires },
        says: () =>
          `it would have been refused from ${end} on, when its session ends, which lasts ${writeParts(expires - issued)}; the clock of the mock stands at ${present}.`,
      },
    ];
  },
  succeeds: ({ code }) => code === 'ExpiredToken',
};
