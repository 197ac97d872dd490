import type { Caller } from '../../model/identity/account';
import { describeCaller } from '../../model/identity/caller';
import type { Asked, Change, Hint } from '../hint';
import { withHeader } from './wire';

const MOST = 8;

/** Another caller of the mock has the right: the code signed with other keys than the test means. */
export const tryAnotherCaller: Hint = {
  tries: 'another caller of the mock',
  of: 'refused requests',
  changes: (asked) =>
    /^(?:AccessDenied|InvalidAccessKeyId|ExpiredToken)$/.test(asked.entry.error?.code ?? '') ? listChanges(asked) : [],
};

function listChanges(asked: Asked): readonly Change[] {
  const { wire, store } = asked;
  const sent = /Credential=([^/,\s]+)/.exec(wire.headers.get('authorization') ?? '')?.[1];
  if (sent === undefined) return [];
  // Sessions come last, and are what a test of roles means: they are tried first.
  const keys = store.accounts.flatMap((account) => account.accessKeyIds.toReversed().map((key) => ({ account, key })));
  const own = store.findCaller(sent);
  return keys
    .flatMap(({ account, key }) => account.findCaller(key) ?? [])
    .filter((caller) => !isSame(caller, own))
    .slice(0, MOST)
    .map((caller) => ({
      wire: signedBy(asked, sent, caller),
      says: () =>
        `it would have been answered to ${describeCaller(caller)}; the client signed as ${own === undefined ? 'nobody whom the mock knows' : describeCaller(own)}${writeAdvice(caller)}`,
    }));
}

function writeAdvice({ session }: Caller): string {
  return session === undefined
    ? ': give the client the credentials of the former.'
    : ', and no credentials of that session: give them to a client, new S3Client({ credentials }).';
}

function isSame(one: Caller, other: Caller | undefined): boolean {
  return (
    one.account?.id === other?.account?.id &&
    one.user === other?.user &&
    one.role === other?.role &&
    one.session === other?.session
  );
}

function signedBy({ wire }: Asked, sent: string, { accessKeyId = '', session }: Caller): Change['wire'] {
  const authorization = (wire.headers.get('authorization') ?? '').replace(sent, accessKeyId);
  const changed = { ...wire, ...withHeader(wire, 'authorization', authorization) };
  const token = session?.credentials.sessionToken;
  return { ...withHeader(wire, 'authorization', authorization), ...withHeader(changed, 'x-amz-security-token', token) };
}
