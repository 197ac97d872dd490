import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, root } from '../house/files';

/** They read the sources as text, start programs, which have no switch, or play the recorded cases again. */
const withoutPlaces =
  /^__tests__\/(?:house|installed|facts|fuzz|matrix|mutants|package|runners|mistakes|cli|window|neighbours|support)\//;

/** The rooms whose folders `verify` have tests in this process. Those of other rooms start programs, or repeat for minutes what other tests do. */
const inProcess = /^__tests__\/(?:model|operations|protocol|service|stories|worlds)\//;

export function testFiles(): readonly string[] {
  return filesIn('__tests__').filter(
    (file) =>
      file.endsWith('.test.ts') &&
      !file.endsWith('/together.test.ts') &&
      !withoutPlaces.test(file) &&
      (!file.includes('/verify/') || inProcess.test(file)),
  );
}

/** What the tests of a file do while nothing is broken. */
export interface TestRun {
  /** What is passed while the file is evaluated. */
  readonly loaded: string;
  readonly tests: readonly KnownTest[];
}

export interface KnownTest {
  readonly name: string;
  readonly milliseconds: number;
  /** It passes again and again in one process, and alone; what others do says nothing about a mutant. */
  readonly isSteady: boolean;
  readonly passed: string;
}

/** What is known of test files, kept beside the compiled sources. */
export class KnownFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, 'known-files');
    mkdirSync(this.#folder, { recursive: true });
  }

  /** Returns undefined if the file was never run, or has changed since. */
  find(file: string): TestRun | undefined {
    return this.#read(file, 'run') as TestRun | undefined; // kept below
  }

  keep(file: string, run: TestRun): void {
    writeFileSync(this.#placeOf(file, 'run'), JSON.stringify(run));
  }

  /** The mutants that all tests of the file, or those that were tried, do not notice. */
  vain(file: string, tried: 'all' | 'some'): readonly number[] {
    return (this.#read(file, `vain-${tried}`) ?? []) as readonly number[]; // kept below
  }

  keepVain(file: string, tried: 'all' | 'some', mutants: readonly number[]): void {
    writeFileSync(this.#placeOf(file, `vain-${tried}`), JSON.stringify(mutants));
  }

  #read(file: string, kind: string): unknown {
    const place = this.#placeOf(file, kind);
    if (!existsSync(place) || statSync(place).mtimeMs < statSync(join(root, file)).mtimeMs) return undefined;
    return JSON.parse(readFileSync(place, 'utf8'));
  }

  #placeOf(file: string, kind: string): string {
    return join(this.#folder, `${file.replaceAll('/', '+')}.${kind}.json`);
  }
}

/** `room` is a folder of src, such as `model`. */
export function isOfRoom(file: string, room: string): boolean {
  return file.startsWith(`__tests__/${room}/`);
}
