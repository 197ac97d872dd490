import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, root } from '../house/files';
import type { Unit } from './player';

const { rooms, filesTogether } = require('../support/rooms.cjs') as {
  readonly rooms: Readonly<Record<string, unknown>>;
  filesTogether(room: string): readonly string[];
};

/** They read the sources as text, start programs, which have no switch, or play the recorded cases again. */
const withoutPlaces =
  /^__tests__\/(?:house|installed|facts|fuzz|matrix|mutants|package|runners|mistakes|cli|window|neighbours|support)\/|\/verify\//;

/** Files that jest runs by themselves. The neighbours of a `together.test.ts` are run by it, unless only some of them are asked for. */
export function testFiles(beginnings: readonly string[] | undefined): readonly string[] {
  const isAsked = (file: string) => beginnings?.some((beginning) => file.startsWith(beginning)) ?? true;
  const asked = filesIn('__tests__').filter(
    (file) =>
      file.endsWith('.test.ts') && !withoutPlaces.test(file) && !file.endsWith('/together.test.ts') && isAsked(file),
  );
  return Object.keys(rooms).reduce<readonly string[]>((files, room) => {
    const neighbours = filesTogether(room).map((file) => `__tests__/${room}/${file}`);
    if (!neighbours.every((file) => files.includes(file))) return files;
    return [`__tests__/${room}/together.test.ts`, ...files.filter((file) => !neighbours.includes(file))];
  }, asked);
}

/** The file that has a test: the entry of a room names it in the outermost describe. */
export function fileOf(file: string, { name }: Pick<Unit, 'name'>): string {
  return file.endsWith('/together.test.ts') ? file.replace(/together\.test\.ts$/, name) : file;
}

/** `room` is a folder of src, such as `model`. */
export function isOfRoom(file: string, room: string): boolean {
  return file.startsWith(`__tests__/${room}/`);
}

interface StoredUnit {
  readonly name: string;
  readonly isFailed: boolean;
  /** A bit for each mutant, in base64. */
  readonly passes: string;
}

/** What the units of a file do while nothing is broken, kept beside the compiled sources. */
export class FirstRuns {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, 'first-runs');
    mkdirSync(this.#folder, { recursive: true });
  }

  /** Returns undefined if the file was never run, or has changed since. */
  find(file: string): readonly Unit[] | undefined {
    const place = this.#placeOf(file);
    if (!existsSync(place) || statSync(place).mtimeMs < timeOf(file)) return undefined;
    const stored = JSON.parse(readFileSync(place, 'utf8')) as readonly StoredUnit[]; // written below
    return stored.map(({ passes, ...unit }) => ({ ...unit, passes: numbersIn(Buffer.from(passes, 'base64')) }));
  }

  keep(file: string, units: readonly Unit[]): void {
    const stored = units.map(({ name, isFailed, passes }) => ({
      name,
      isFailed,
      passes: bitsOf(passes).toString('base64'),
    }));
    writeFileSync(this.#placeOf(file), JSON.stringify(stored satisfies readonly StoredUnit[]));
  }

  #placeOf(file: string): string {
    return join(this.#folder, `${file.replaceAll('/', '+')}.json`);
  }
}

/** Of the newest file that is run. The cases have no test file. */
function timeOf(file: string): number {
  const [, room = ''] = file.split('/');
  const files = file.endsWith('/together.test.ts')
    ? filesTogether(room).map((one) => `__tests__/${room}/${one}`)
    : [file];
  return Math.max(
    0,
    ...files.filter((one) => existsSync(join(root, one))).map((one) => statSync(join(root, one)).mtimeMs),
  );
}

function bitsOf(numbers: readonly number[]): Buffer {
  const bits = Buffer.alloc(Math.ceil((Math.max(0, ...numbers) + 1) / 8));
  for (const number of numbers) bits[number >> 3] = (bits[number >> 3] ?? 0) | (1 << (number & 7));
  return bits;
}

function numbersIn(bits: Buffer): readonly number[] {
  const numbers: number[] = [];
  for (const [index, byte] of bits.entries())
    for (let bit = 0; byte >> bit > 0; bit += 1) if ((byte >> bit) & 1) numbers.push(index * 8 + bit);
  return numbers;
}
