import type { Random } from './random';

export const bucketNames = ['vault', 'plain', 'paused', 'locked', 'aging', 'crowded'] as const;
const keys = ['report.pdf', 'folder/a', 'folder/b', 'ä €/😀', 'a b+c%'];

export interface KnownCredentials {
  readonly accessKeyId: string;
  readonly sessionToken?: string;
}

export interface SeenIds {
  readonly credentials: readonly KnownCredentials[];
  readonly versions: string[];
  readonly uploads: string[];
}

const strange = [
  '',
  '.',
  '..',
  '../../etc/passwd',
  '\0',
  'a\0b',
  '\r\n',
  '\u2028',
  '\ufeff',
  '\ud800',
  '\uffff',
  'ａ',
  '%',
  '%2',
  '%zz',
  '%c3%28',
  '%00',
  '+',
  '&=&=',
  '?',
  '#',
  '//',
  '\'"<>&',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  '-1',
  '0',
  '1e9',
  '99999999999999999999',
  'NaN',
  '*',
];

/** The names that every object of JavaScript knows, on which a table indexed by names from outside answers wrongly. */
const inherited = [
  'constructor',
  '__proto__',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'prototype',
];

export function inheritedName(random: Random): string {
  return random.pick(inherited);
}

export function strangeText(random: Random): string {
  return random.one(
    () => random.pick(strange),
    () => random.pick(strange).repeat(random.size(1, 200)),
    () => random.some(1, 6, () => random.pick(strange)).join(''),
    () => String.fromCodePoint(...random.some(1, 8, () => random.between(0, 0x10ffff))),
  );
}

const unitsOfRuns = [
  '*',
  ',',
  ';',
  '=',
  ' ',
  '\t',
  '/',
  '%',
  '%41',
  '"',
  '-',
  '.',
  'a',
  '1',
  ':',
  '&',
  'a,',
  'a;',
  '=?',
  '(',
  '*a',
  '~',
];

/** A long run of few characters, on which a reader that goes back takes long. */
export function run(random: Random, most: number): string {
  const unit = random.pick(unitsOfRuns);
  const text = unit.repeat(random.size(8, Math.max(8, most / unit.length)));
  return random.chance(0.5) ? text : `${text}${random.pick(['x', '\u2028', '!', ''])}`;
}

export function bucketOf(random: Random): string {
  if (random.chance(0.9)) return random.pick(bucketNames);
  return random.one(
    () => random.pick(['absent', 'ab', 'UPPER', 'a..b', '192.168.0.1', 'a-'.repeat(31), '-', 'xn--a']),
    () => strangeText(random),
  );
}

export function keyOf(random: Random): string {
  if (random.chance(0.8)) return random.pick(keys);
  return random.one(
    () => `new-${random.below(30)}`,
    () => inheritedName(random),
    () => strangeText(random),
    () => run(random, 2000),
    () => 'k'.repeat(random.pick([1023, 1024, 1025])),
  );
}

export function versionIdOf(random: Random, seen: SeenIds): string {
  if (seen.versions.length > 0 && random.chance(0.4)) return random.pick(seen.versions);
  return random.chance(0.8) ? random.pick(['v1', 'v2', 'null', 'absent', 'x'.repeat(32)]) : strangeText(random);
}

export function uploadIdOf(random: Random, seen: SeenIds): string {
  return seen.uploads.length > 0 && random.chance(0.8) ? random.pick(seen.uploads) : strangeText(random);
}

export function encoded(random: Random, text: string): string {
  if (random.chance(0.85)) return encodeURIComponent(wellFormed(text));
  return random.one(
    () => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    () => encodeURIComponent(wellFormed(text)).replaceAll('%20', '+'),
    () => text,
    () => encodeURIComponent(wellFormed(text)).slice(0, -1),
  );
}

/** The text without surrogates that have no pair, which have no percent form. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
