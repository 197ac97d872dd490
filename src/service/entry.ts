import { aws } from '../dialects';
import { clientName } from '../journal/client-name';
import type { RequestEntry } from '../journal/entry';
import type { S3Error } from '../refusals';
import type { Call } from './call';
import type { Outcome } from './failures/outcome';
import { notesOf } from './notes';

/** Makes the journal's entry of a call and its outcome. */
export function entryOf(call: Call, { output, refusal, reply, fault }: Outcome): RequestEntry {
  const { request, found, recorded, caller, now } = call;
  const { wire, dialect, method, query } = request;
  const worded = refusal && dialect.answers.wordsOf(refusal);
  const entry = {
    operation: found.row?.name,
    input: recorded,
    bucket: request.bucket,
    key: request.key,
    versionId: query.get('versionId'),
    caller: caller.account
      ? { account: caller.account.id, user: caller.user, accessKeyId: caller.accessKeyId }
      : 'anonymous',
    dialect: dialect.name,
    method,
    url: `${wire.secure ? 'https' : 'http'}://${wire.headers.get('host') ?? wire.host}${wire.url}`,
    headers: Object.fromEntries(wire.headers),
    body: request.body,
    status: reply.status,
    error: worded && { code: worded.code, message: worded.message },
    why: refusal?.why ?? (refusal && plainerWords(refusal, worded?.message)),
    notes: notesOf(call),
    ...(fault && { fault }),
    output,
    time: new Date(now),
    client: clientName(wire.headers.get('user-agent')),
  };
  return entry as RequestEntry; // the operation's own members, read by its own declaration
}

/** Returns AWS's words if COS says only that an argument is invalid. */
function plainerWords(refusal: S3Error, answered: string | undefined): string | undefined {
  const { code, message } = aws.answers.wordsOf(refusal);
  return code === 'InvalidArgument' && message !== answered ? message : undefined;
}
