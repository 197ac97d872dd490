import { isOfV3 } from '../journal/attempts';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { MockState } from '../mock/state';
import { memberOf } from '../text/value-kinds';
import type { FailedError } from '../thrown-errors';
import { isAssertion, isErrorOf, isMissingRejection } from './errors';

/** The operations of STS whose answers have the keys of a session. */
const ofSessions = /^(?:AssumeRole|GetSessionToken$|GetFederationToken$)/;

/** A session has ended whose keys an answer of this test has given, so that the client has kept them, or its provider has not asked again. */
export function writeEndedKeys(
  { store: { clock }, sent }: Pick<MockState, 'store' | 'sent'>,
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const refused = entries.findLast(
    // A rule of the test ends no session.
    (one) =>
      one.error?.code === 'ExpiredToken' && one.failure === undefined && errors.some((error) => isErrorOf(error, one)),
  );
  const header = refused && sent.find(refused)?.wire.headers.get('authorization');
  const key = header && /Credential=([^/,\s]{1,128})/.exec(header)?.[1];
  if (refused === undefined || !key) return undefined;
  const begin = entries.find(
    ({ operation, output }) =>
      ofSessions.test(operation ?? '') && memberOf(memberOf(output, 'Credentials'), 'AccessKeyId') === key,
  );
  if (begin?.operation === undefined) return undefined;
  const provider =
    begin.operation === 'AssumeRole' && isOfV3(refused)
      ? 'which asks again, such as fromTemporaryCredentials of @aws-sdk/credential-providers'
      : `which calls ${begin.operation} again`;
  const byDate =
    clock.moved === 0
      ? ''
      : ' A provider asks again by Date, which s3.clock.advance does not move: without the option now, the clock of the mock follows a faked Date, so move that instead.';
  return `${writeCall(refused)} was signed with the keys of an earlier ${begin.operation}. If the code has copied them, they end with their session: give the client a provider, ${provider}.${byDate}`;
}

/** What no SDK calls itself: fetch and axios, which open a URL that code has made. */
const opensUrls = /^(?:node|undici|axios|got|node-fetch|superagent|Bun|Deno)\b/i;

/** Whether the SDK of a service makes a URL of nothing but the endpoint if it has no keys for signatures. */
const makesBareUrls = { aws: false, 'ibm-cos': true } as const;

/** Whether a request opened the address of an endpoint alone, which such an SDK can have made. */
function isOfRoot({ dialect, url, caller, client = '' }: RequestEntry): boolean {
  const [, path = ''] = /^https?:\/\/[^/?#]{1,300}\/?(.*)$/.exec(url) ?? [];
  return makesBareUrls[dialect] && caller === 'anonymous' && path === '' && opensUrls.test(client);
}

/** Without keys for signatures, the SDK of IBM COS makes a presigned URL of nothing but the endpoint, and no error. */
export function writeUnsignedRoot(
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const last = entries.at(-1);
  if (last === undefined || !isOfRoot(last)) return undefined;
  // A test that waits for a refusal has opened the address on purpose.
  const isReason = errors.some((error) => isAssertion(error) && !isMissingRejection(error.message));
  if (!isReason) return undefined;
  return 'The URL was the address of the endpoint alone, without a key and a signature. If it is from getSignedUrl of ibm-cos-sdk: a client with apiKeyId returns that address, since it signs URLs only with HMAC keys. Give it accessKeyId and secretAccessKey.';
}
