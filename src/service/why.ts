import { aws, type Dialect } from '../dialects';
import type { S3Error } from '../refusals';
import { writeGiven } from '../text/values';

/** The fields of an answer that are too long for one line. */
const computed = /^(?:StringToSign|CanonicalRequest|SignatureProvided|.*Bytes)$/;

/**
 * The reason of a refusal for the journal, for what the message of the answer leaves out: our own sentence; else S3's message with the
 * values that the answer has beside it; undefined if the message says all.
 */
export function whyOf(refusal: S3Error, dialect: Dialect): string | undefined {
  if (refusal.why !== undefined) return refusal.why;
  const plain = aws.answers.wordsOf(refusal);
  const answered = dialect.answers.wordsOf(refusal);
  // COS says of each argument only that it is invalid (F170).
  const { message } = plain.code === 'InvalidArgument' ? plain : answered;
  const values = valuesBeside(message, { ...plain.fields, ...refusal.quoted });
  if (values.length === 0) return message === answered.message ? undefined : message;
  return [message.replace(/\.$/, ''), values.join(', ')].filter((part) => part !== '').join('; ');
}

/** The fields of the answer whose values its message does not quote: `x-amz-acl is 'publik'`. */
function valuesBeside(message: string, fields: Readonly<Record<string, string | undefined>>): readonly string[] {
  const { ArgumentName, ArgumentValue, ...others } = fields;
  const named = { ...(ArgumentName !== undefined && { [ArgumentName]: ArgumentValue }), ...others };
  return Object.entries(named)
    .filter(([name, value]) => value !== undefined && !computed.test(name) && !quotes(message, value))
    .map(([name, value]) => `${name} is ${writeGiven(value)}`);
}

/** Whether a message has a value as words of its own: a bucket named `no` is not quoted by "not valid". */
function quotes(message: string, value: string): boolean {
  if (value === '') return false;
  const parts = message.split(value);
  return parts.some((part, index) => index > 0 && !/\w$/.test(parts[index - 1] ?? '') && !/^\w/.test(part));
}
