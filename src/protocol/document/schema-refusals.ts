import { S3Error } from '../../refusals/s3-error';
import { hintFor } from '../../text/spelling';
import type { MarkupProblem } from './characters';

export function refusalForSchema(why: string): S3Error {
  return new S3Error('MalformedXML', {}, why);
}

/** The refusal of a text that is not well-formed. */
export function refusalForMarkup(
  what: string,
  { message, isCharacter }: MarkupProblem,
  adviceForText?: string,
): S3Error {
  const advice = isCharacter && adviceForText !== undefined ? `; ${adviceForText}` : '';
  return refusalForSchema(`${what} is not well-formed XML: ${message}${advice}`);
}

export function refusalForStranger(parent: string, name: string, known: readonly string[]): S3Error {
  const has = known.length === 0 ? 'is empty' : `has ${known.join(', ')}`;
  const hint = hintFor(name, known);
  return refusalForSchema(`<${parent}> has no <${name}>; it ${has}${hint === '' ? '' : `.${hint}`}`);
}
