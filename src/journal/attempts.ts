import { counted } from '../text/counts';
import { groupBy } from '../text/lists';
import { callIdOf } from './earlier-calls';
import type { RequestEntry } from './entry';

/** The requests of each call. A client that does not number its calls has none. */
export function listCalls(entries: readonly RequestEntry[]): readonly (readonly RequestEntry[])[] {
  return [...groupBy(entries, callIdOf)].flatMap(([id, call]) => (id === undefined ? [] : [call]));
}

/** Whether the SDK sent a call again after a failure that the test ordered. It also sends a call again to another region, with any maxAttempts. */
export function isRepeated(call: readonly RequestEntry[]): boolean {
  return call.length > 1 && call.some(({ failure }) => failure);
}

/** Says how often the SDK sent calls, if a test expected as many requests as calls. Otherwise returns undefined. */
export function writeAttempts(calls: readonly (readonly RequestEntry[])[], expected: number): string | undefined {
  const last = calls.find(isRepeated)?.at(-1);
  if (last === undefined || calls.length !== expected) return undefined;
  const [times = 0, ...others] = new Set(calls.map(({ length }) => length));
  // The test can have expected all attempts of one call, and no other call.
  if (others.length > 0 && calls.some((call) => isRepeated(call) && call.length === expected)) return undefined;
  const sent =
    others.length === 0
      ? `${expected === 1 ? 'the one call' : `each of the ${expected} calls`} ${counted(times, 'time')}`
      : `some of the ${expected} calls more than once`;
  const client = isOfV3(last) ? 'new S3Client({ maxAttempts: 1 })' : 'a client that has one attempt';
  const cure =
    last.error === undefined && last.failure === undefined
      ? 'a call that was answered in the end is several requests, too: count the answers, or expect all attempts'
      : `expect ${calls.flat().length}, or send each call once, with ${client}`;
  return `The SDK itself sent ${sent}, and each attempt is a request: ${cure}.`;
}

/** Whether the AWS SDK v3 sent a request. */
export function isOfV3({ client = '' }: Pick<RequestEntry, 'client'>): boolean {
  return client.startsWith('aws-sdk-js/3');
}
