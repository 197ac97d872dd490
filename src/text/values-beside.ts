import { maskText } from './masks';
import { writeGiven } from './values';

/** The names of an answer's fields that are too long for one line. */
const computed = /^(?:StringToSign|CanonicalRequest|SignatureProvided|.*Bytes)$/;

export function writeValuesBeside(
  message: string,
  fields: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const { ArgumentName, ArgumentValue, ...others } = fields;
  const named = { ...(ArgumentName !== undefined && { [ArgumentName]: ArgumentValue }), ...others };
  return Object.entries(named).flatMap(([name, value]) =>
    value === undefined || computed.test(name) || quotes(message, value)
      ? []
      : [`${name} is ${writeGiven(maskText(name, value))}`],
  );
}

/** Whether the message contains the value as a whole word: "not valid" does not quote a bucket named `no`, nor 1000 the number 0. */
function quotes(message: string, value: string): boolean {
  if (value === '') return false;
  for (let at = message.indexOf(value); at >= 0; at = message.indexOf(value, at + 1)) {
    if (!/\w/.test(message.charAt(at - 1) + message.charAt(at + value.length))) return true;
  }
  return false;
}
