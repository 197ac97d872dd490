import type { RefusalDetails, RefusalName, S3Error } from '../refusals';
import type { Leaf, LeafShape, NamedRefusal, WordsShape } from './shape';

export const text: LeafShape<string, 'text'> = { kind: 'text' };
/** Text that S3 writes without escaping it, as the quotes of an ETag in answers to copies and completions (F89). */
export const plainText: LeafShape<string> = { kind: 'plain text' };
export const integer: LeafShape<number> = { kind: 'integer' };
export const long: LeafShape<number> = { kind: 'long' };
export const boolean: LeafShape<boolean> = { kind: 'boolean' };
/** A boolean of a document that S3 compares with a schema: `true`, `false`, `1` or `0`, with blanks around (F1021). */
export const schemaBoolean: LeafShape<boolean> = {
  kind: 'boolean',
  convert: (sent) => (/^\s*(?:true|1)\s*$/.test(sent) ? true : /^\s*(?:false|0)\s*$/.test(sent) ? false : undefined),
};
export const encodedWords: LeafShape<string> = { kind: 'encoded words' };
export const date: LeafShape<Date, 'date'> = { kind: 'date' };
export const dateWithMilliseconds: LeafShape<Date> = { kind: 'date with milliseconds' };
export const instant: LeafShape<Date> = { kind: 'instant' };
export const httpDate: LeafShape<Date> = { kind: 'http date' };

/** A word that S3 refuses later than other words, or ignores, so that any text is read. Only what a test expects has to be one of the words. */
export function word<const Word extends string>(...known: readonly Word[]): LeafShape<Word> {
  return { kind: 'text', known };
}

/** A word that S3 refuses late or ignores, with the type of any text, since the services have different words. */
export function wordOrText(...known: readonly string[]): LeafShape<string> {
  return { kind: 'text', known };
}

export function words<const Word extends string>(...allowed: readonly Word[]): WordsShape<Word> {
  return { kind: 'words', words: allowed };
}

export function wordsOf<Known extends string>(allowed: readonly string[]): WordsShape<Known> {
  return { kind: 'words', words: allowed as readonly Known[] }; // as in SDKs, the type names the words that are known
}

/** Words with commas between them. S3 ignores unknown words. */
export function wordList<const Word extends string>(...known: readonly Word[]): LeafShape<readonly Word[]> {
  return { kind: 'word list', known };
}

export const sentText = '{text}';
/** Stands for the sent number in the details of a refusal. */
export const sentNumber = '{number}';
export const sentName = '{name}';

function namedRefusal<Name extends RefusalName>(name: Name, details: RefusalDetails[Name] | undefined): NamedRefusal {
  return { name, ...(details && { details }) };
}

export function refusing<const S extends Leaf, Name extends RefusalName>(
  shape: S,
  name: Name,
  details?: RefusalDetails[Name],
): S {
  return { ...shape, refusal: namedRefusal(name, details) };
}

export function ranging<const S extends Leaf, Name extends RefusalName>(
  shape: S,
  range: readonly [least: number, most: number],
  name?: Name,
  details?: RefusalDetails[Name],
): S {
  return { ...shape, range, ...(name && { outOfRange: namedRefusal(name, details) }) };
}

export function limited<const S extends Leaf>(shape: S, limits: Pick<Leaf, 'pattern' | 'textLength'>): S {
  return { ...shape, ...limits };
}

export function orIfEmpty<const S extends Leaf>(shape: S, whenEmpty: number): S {
  return { ...shape, whenEmpty };
}

/** A switch that is off for any text that is not one. */
export function orFalse<const S extends Leaf>(shape: S): S {
  return { ...shape, otherwise: false };
}

export function asText(form: Leaf): LeafShape<string> {
  return { kind: 'text', form };
}

export function judged<const S extends Leaf>(
  shape: S,
  refusalOfText: (text: string, name: string) => S3Error | undefined,
): S {
  return { ...shape, refusalOfText };
}

export function converted<T>(shape: LeafShape<T>, convert: (text: string) => T | undefined): LeafShape<T> {
  return { ...shape, convert };
}
