import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, root } from '../house/files';

/** They read the sources as text, start programs, which have no switch, or play the recorded cases again. */
const withoutPlaces =
  /^__tests__\/(?:house|installed|facts|fuzz|matrix|mutants|package|runners|mistakes|cli|window|neighbours|support)\/|\/verify\//;

export function testFiles(): readonly string[] {
  return filesIn('__tests__').filter(
    (file) => file.endsWith('.test.ts') && !withoutPlaces.test(file) && !file.endsWith('/together.test.ts'),
  );
}

/** What a test file does while nothing is broken. */
export interface FirstRun {
  /** It then says nothing about a mutant. */
  readonly isFailed: boolean;
  readonly milliseconds: number;
  readonly passed: ReadonlySet<number>;
}

interface Stored {
  readonly isFailed: boolean;
  readonly milliseconds: number;
  readonly passed: readonly number[];
}

/** First runs, kept beside the compiled sources. */
export class FirstRuns {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, 'first-runs');
    mkdirSync(this.#folder, { recursive: true });
  }

  /** Returns undefined if the file was never run, or has changed since. */
  find(file: string): FirstRun | undefined {
    const place = this.#placeOf(file);
    if (!existsSync(place) || statSync(place).mtimeMs < statSync(join(root, file)).mtimeMs) return undefined;
    const stored = JSON.parse(readFileSync(place, 'utf8')) as Stored; // written below
    return { ...stored, passed: new Set(stored.passed) };
  }

  keep(file: string, run: Stored): void {
    writeFileSync(this.#placeOf(file), JSON.stringify(run));
  }

  #placeOf(file: string): string {
    return join(this.#folder, `${file.replaceAll('/', '+')}.json`);
  }
}

/** The files that can notice: those of the room first, and of these the ones that pass few places. */
export function filesToTry(mutant: number, room: string, runs: ReadonlyMap<string, FirstRun>): readonly string[] {
  return [...runs]
    .filter(([, { isFailed, passed }]) => !isFailed && passed.has(mutant))
    .toSorted(([one, { passed }], [other, more]) => {
      const byRoom = Number(isOfRoom(other, room)) - Number(isOfRoom(one, room));
      return byRoom || passed.size - more.passed.size;
    })
    .map(([file]) => file);
}

/** `room` is a folder of src, such as `model`. */
export function isOfRoom(file: string, room: string): boolean {
  return file.startsWith(`__tests__/${room}/`);
}
