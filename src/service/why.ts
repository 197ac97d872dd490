import { aws, type Dialect } from '../dialects';
import type { S3Request } from '../protocol/request/request';
import { S3Error } from '../refusals';
import { call } from '../text/calls';
import { clause, joinSentences, type Said, say } from '../text/reason';
import { writeValuesBeside } from '../text/values-beside';
import type { WireRequest } from '../wire';

/** Returns undefined if the message of the answer says all. */
export function writeWhy(refusal: S3Error, dialect: Dialect): Said | undefined {
  if (refusal.why !== undefined) return refusal.why;
  const plain = aws.answers.wordsOf(refusal);
  const answered = dialect.answers.wordsOf(refusal);
  // COS says of each argument only that it is invalid (F170).
  const { message } = plain.code === 'InvalidArgument' ? plain : answered;
  const values = writeValuesBeside(message, { ...plain.fields, ...refusal.quoted });
  if (values.length === 0) return message === answered.message ? undefined : message;
  return [message.replace(/\.$/, ''), values.join(', ')].filter((part) => part !== '').join('; ');
}

/** The message with which S3 refuses to change a locked version. It tells this refusal from those by policies. */
export const lockedMessage = aws.answers.wordsOf(new S3Error('ObjectLocked', {}, 'the version is locked')).message;

export function writeReason(refusal: S3Error, dialect: Dialect): Said {
  return writeWhy(refusal, dialect) ?? dialect.answers.wordsOf(refusal).message;
}

/** The refusal is the one with which S3 would answer if the URL was signed before the mock's clock was moved. */
export function describeDoubt(refusal: S3Error, { identity, dialect }: Pick<S3Request, 'identity' | 'dialect'>): Said {
  const { code, message, status } = dialect.answers.wordsOf(refusal);
  const isV2 = 'scheme' in identity && identity.scheme === 'sigv2-presigned';
  const why = isV2
    ? "a url of version 2 does not say when it was signed, and the mock takes it for signed after the mock's clock was moved"
    : "the mock's clock was moved within the second in which the url was signed, and the mock takes the url for signed after that";
  const answer = `if it was signed before, S3 would answer ${status} ${code}, ${message}`;
  const cure = clause`${call('mockS3(...)', { '...': { verifySignatures: true } })} takes it for signed before`;
  return joinSentences(joinSentences(why, answer), cure);
}

const WRITTEN = 5;

/** Its client can be written in any language. */
export function isServed({ endpoint }: Pick<WireRequest, 'endpoint'>): boolean {
  return endpoint.standsForRegions === true;
}

export function writeLack(operation: string, reason: string | undefined): Said {
  const because = reason === undefined ? '' : `: ${reason}`;
  const given = { operation, reply: { status: 200, body: '...' } };
  const rule = call('s3.on(operation, input).reply(reply, ...)', given);
  return say`the mock does not implement ${operation}${because}${clause`; ${rule} answers it`}`;
}

export function writeReasons(reasons: readonly Said[] | undefined): Said | undefined {
  if (reasons === undefined) return undefined;
  const rest = reasons.length - WRITTEN;
  return [...reasons.slice(0, WRITTEN), ...(rest > 0 ? [`and ${rest} more`] : [])].reduce(joinSentences);
}
