import { writeInvalid } from '../text/invalid-value';
import { findRepeated } from '../text/lists';
import { maskText } from '../text/masks';
import { hintFor } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import { readContent, readJsonFile } from './json-file';
import { UsageError } from './usage-error';

/** Throws a UsageError that begins with the flag. The mock checks what is in the value. */
export type FlagReader<Value> = (text: string, flag: string) => Value;

export function invalidFlag(flag: string, text: string, expected: string): UsageError {
  return new UsageError(writeInvalid(flag, 'value', text === '' ? "''" : maskSecrets(text), expected));
}

const telling = /secret|token|passw|credentials|mfa/i;

/** Masks the secrets that a flag or a file contains, for messages: they end up on screens and in logs. */
export function maskSecrets(text: string): string {
  if (/^\s*[[{]/.test(text)) return telling.test(text) ? `${text.trim().slice(0, 1)}…` : text;
  return text.split(',').map(maskSetting).join(',');
}

/** Masks one setting: `name=value`, or a value alone. */
function maskSetting(setting: string): string {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(setting) ?? [];
  return name === undefined || value === undefined ? maskText('', setting) : `${name}=${maskText(name, value)}`;
}

export const text: FlagReader<string> = (input) => input;

export function number(example: number): FlagReader<number> {
  return (input, flag) => {
    if (/^\d+(?:\.\d+)?$/.test(input)) return Number(input);
    throw invalidFlag(flag, input, `a number, such as ${example}`);
  };
}

export const moment: FlagReader<string> = (input, flag) => {
  if (!Number.isNaN(Date.parse(input))) return input;
  throw invalidFlag(flag, input, 'a moment, such as 2026-01-31T10:00:00Z');
};

export const port: FlagReader<number> = (input, flag) => {
  if (/^\d{1,5}$/.test(input) && Number(input) <= 65_535) return Number(input);
  throw invalidFlag(flag, input, 'a number up to 65535, or 0 for any free port');
};

/** Reads a file of PEM, a text that `listen` checks further. */
export const pem: FlagReader<string> = (input, flag) => {
  const right = 'Give the path of a file of PEM.';
  const content = readContent(input, `${flag} ${input}`, right);
  if (content.includes('-----BEGIN')) return content;
  throw new UsageError(`${flag} ${input}: the file contains no -----BEGIN. ${right}`);
};

export const trueOrFalse: FlagReader<boolean> = (input, flag) => oneOf('true', 'false')(input, flag) === 'true';

export function oneOf<Word extends string>(...words: readonly Word[]): FlagReader<Word> {
  return (input, flag) => {
    const found = words.find((word) => word === input);
    if (found !== undefined) return found;
    throw invalidFlag(flag, input, words.join(' or '));
  };
}

/** Reads settings such as `minutes=5,seconds=30`. `readers` contains each member that the value can have. */
export function settings<Value extends object>(
  readers: {
    readonly [Name in keyof Required<Value>]: FlagReader<NonNullable<Value[Name]>>;
  },
): FlagReader<Value> {
  const known = Object.entries<FlagReader<unknown>>(readers);
  const names = known.map(([name]) => name);
  return (input, flag) => {
    const read = splitSettings(input, flag, `${names[0]}=...`).map(([name, value]) => {
      const [, reader] = known.find(([one]) => one === name) ?? [];
      if (reader !== undefined) return [name, reader(value, `${flag}: ${name}`)] as const;
      throw new UsageError(
        `${flag}: there is no setting '${name}'.${hintFor(name, names)} The settings are: ${names.join(', ')}.`,
      );
    });
    return Object.fromEntries(read) as Value; // made of its members
  };
}

/** Reads entries whose names the user chooses, such as `alias/vault=disabled,alias/other=missing`, or JSON. */
export function entries<Value extends object>(example: string): FlagReader<Value> {
  const readJson = json<Value>(example.replace(/^([^=]*)=([^=]*)$/, '{ "$1": "$2" }'));
  return (input, flag) =>
    /^\s*\{|^@/.test(input)
      ? readJson(input, flag)
      : (Object.fromEntries(splitSettings(input, flag, example)) as Value); // checked by the mock
}

/** Reads JSON, or `@` and the path of a file that contains it. */
export function json<Value extends object>(example: string): FlagReader<Value> {
  const jsonForm = `an object as JSON, such as '${example}', or @ and the path of a file with it`;
  return (input, flag) => {
    const value = input.startsWith('@')
      ? readJsonFile(input.slice(1), `${flag} ${input}`, `Give ${jsonForm}.`)
      : parse(input);
    if (isRecord(value)) return value as Value; // checked by the mock
    throw invalidFlag(flag, fixtures.test(flag) ? '…' : input, jsonForm);
  };
}

/** The flags whose values can contain a secret in any form. */
const fixtures = /^--(?:users|roles|account)/;

function parse(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return undefined;
  }
}

/** Splits `name=value,...` into pairs. Only the first `=` separates, so a value can contain `=`. */
export function splitSettings(
  input: string,
  flag: string,
  example: string,
): readonly (readonly [name: string, value: string])[] {
  const found = input.split(',').map((part) => {
    const [, name, value] = /^([^=]+)=(.+)$/s.exec(part) ?? [];
    if (name !== undefined && value !== undefined) return [name, value] as const;
    throw new UsageError(writeInvalid(flag, 'setting', `'${maskSecrets(part)}'`, `name=value, such as ${example}`));
  });
  const twice = findRepeated(found.map(([name]) => name));
  if (twice !== undefined) throw new UsageError(`${flag}: ${twice} is given twice. Give it once.`);
  return found;
}
