import { httpDate, isoDate, isoDateWithMilliseconds, parseHttpDate, parseIsoDate } from '../../formats/dates';
import { decodeWords, encodeWords } from '../../formats/encoded-words';
import { S3Error } from '../../refusals/s3-error';
import { writeKey } from '../../text/values';

/** A kind of text on the wire, and the value that the text means. */
export interface Value<T> {
  /** The value; undefined if the text is not valid. */
  read(text: string): T | undefined;
  write(value: T): string;
  /** S3's own refusal of an invalid text. If it is left out, S3 gives the refusal that is usual at that place. */
  readonly refusal?: (text: string, name: string) => S3Error;
  /** The valid texts in words: `one of Enabled, Suspended`. */
  readonly expected?: string;
}

/** Gives the refusal of a text that is not valid a reason that names the text. */
export function refusalForValue(
  refusal: S3Error,
  name: string,
  characters: string,
  { expected }: Value<unknown>,
): S3Error {
  return expected === undefined
    ? refusal.quoting({ [name]: characters })
    : refusal.because(`${name} ${writeKey(characters)} is not ${expected}`);
}

export const text: Value<string> = { read: (characters) => characters, write: (value) => value };

/** Text that is more than printable ASCII, which headers carry as encoded words (F215). */
export const encodedWords: Value<string> = { read: decodeWords, write: encodeWords };

/** A whole number that fits 32 bits, as S3 reads counts and page sizes. */
export const integer: Value<number> = {
  read(characters) {
    if (!/^-?\d+$/.test(characters)) return undefined;
    const number = Number(characters);
    return number >= -2147483648 && number <= 2147483647 ? number : undefined;
  },
  write: String,
  refusal: (characters, name) => new S3Error('ArgumentNotAnInteger', { ArgumentName: name, ArgumentValue: characters }),
  expected: 'a whole number of 32 bits',
};

/** A size in bytes: a whole number that may exceed 32 bits. */
export const long: Value<number> = {
  read: (characters) => (/^[+-]?\d{1,15}$/.test(characters) ? Number(characters) : undefined),
  write: String,
  expected: 'a whole number',
};

/** `true` or `false`, in any case. */
export const boolean: Value<boolean> = {
  read(characters) {
    const word = characters.toLowerCase();
    return word === 'true' ? true : word === 'false' ? false : undefined;
  },
  write: String,
  expected: 'true or false',
};

/** Exactly one of the given words. */
export function oneOf<const Words extends readonly string[]>(...words: Words): Value<Words[number]> {
  const expected = words.length === 1 ? words.join() : `one of ${words.join(', ')}`;
  return { read: (characters) => words.find((word) => word === characters), write: (word) => word, expected };
}

/** A word that S3 may refuse later or ignore, so that any other text is read, too. Its type has the words that SDKs know. */
export function word<Words extends string>(): Value<Words> {
  return { read: (characters) => characters as Words, write: (characters) => characters }; // as in SDKs, the type names the words that are known
}

/** Words with commas between them, of which S3 ignores those that it does not know. */
export function wordList<Words extends string>(): Value<readonly Words[]> {
  return {
    read: (characters) => characters.split(',').map((part) => part.trim() as Words), // as above
    write: (words) => words.join(','),
  };
}

/** A date as headers or XML write it. In XML it has whole seconds, except for the dates to which IBM COS adds milliseconds. */
export function timestamp(form: 'http-date' | 'iso8601' | 'iso8601 with milliseconds'): Value<Date> {
  const parse = form === 'http-date' ? parseHttpDate : parseIsoDate;
  const format = form === 'http-date' ? httpDate : form === 'iso8601' ? isoDate : isoDateWithMilliseconds;
  return {
    read(characters) {
      const milliseconds = parse(characters);
      return milliseconds === undefined ? undefined : new Date(milliseconds);
    },
    write: (date) => format(date.getTime()),
    expected: `a date such as ${format(Date.UTC(2026, 2, 31, 7, 35, 5))}`,
  };
}

/** The same value with its own refusal of invalid texts. */
export function refusing<T>(value: Value<T>, refusal: (text: string, name: string) => S3Error): Value<T> {
  return { ...value, refusal };
}
