import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../house/files';
import type { Outcome, Plan } from './group-search';

/** What a player is asked: a plan for the units of a file, or, without one, which places they pass. */
export interface Question {
  /** Of tests. The cases have none. */
  readonly file: string;
  readonly plan?: readonly (readonly [unit: number, mutants: readonly number[]])[];
}

/** What a player says, in this order for each unit. */
export type Word =
  | { readonly began: number }
  | {
      readonly ended: number;
      readonly result: 'passed' | 'failed';
      readonly name: string;
      readonly passes?: readonly number[];
    }
  /** The player is of no more use: what a mutant left behind fails what comes after it. The unit that it began is to be run again. */
  | 'spoilt'
  | 'done';

export interface Unit {
  readonly name: string;
  readonly isFailed: boolean;
  readonly passes: readonly number[];
}

/** A process that runs units with mutants on. If it falls silent it is ended, and the next question goes to a new one. */
export class Player {
  #process: ChildProcess | undefined;
  #questions = 0;

  constructor(
    private readonly file: string,
    private readonly folder: string,
    /** A process that is kept for longer would fill the memory. */
    private readonly questionsOfProcess: number,
    /** How many milliseconds may pass without a word. */
    private readonly silence: number,
  ) {}

  /** The units of a file while nothing is broken. */
  async units(file: string): Promise<readonly Unit[]> {
    const units: Unit[] = [];
    await this.#ask({ file }, (word) => {
      if (typeof word !== 'string' && 'ended' in word)
        units[word.ended] = { name: word.name, isFailed: word.result === 'failed', passes: word.passes ?? [] };
    });
    return units;
  }

  /** A unit that does not end, or ends the process, has failed; what comes after it is run in another process. */
  async play(file: string, plan: Plan): Promise<Outcome> {
    const outcome = new Map<number, 'passed' | 'failed'>();
    for (let rest = [...plan]; rest.length > 0; rest = rest.filter(([unit]) => !outcome.has(unit))) {
      const before = outcome.size;
      const spoilt = await this.#playOnce(file, rest, outcome);
      if (spoilt === undefined && outcome.size === before)
        throw new Error(`no unit of ${file} was run; expected one of ${rest.map(([unit]) => unit).join(', ')}`);
      // It comes first now: nobody else has spoilt it.
      rest.sort(([one], [other]) => Number(other === spoilt) - Number(one === spoilt));
    }
    return outcome;
  }

  /** Returns the unit that is to be run again. */
  async #playOnce(file: string, plan: NonNullable<Question['plan']>, outcome: Map<number, 'passed' | 'failed'>) {
    let running: number | undefined;
    let spoilt: number | undefined;
    await this.#ask({ file, plan }, (word) => {
      if (word === 'spoilt') [spoilt, running] = [running, undefined];
      else if (word !== 'done' && 'began' in word) running = word.began;
      else if (word !== 'done') {
        running = undefined;
        outcome.set(word.ended, word.result);
      }
    });
    if (running !== undefined) outcome.set(running, 'failed');
    return spoilt;
  }

  end(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
    this.#questions = 0;
  }

  async #ask(question: Question, listen: (word: Word) => void): Promise<void> {
    if (this.#questions >= this.questionsOfProcess) this.end();
    const player = this.#process ?? (await this.#start());
    this.#questions += 1;
    await new Promise<void>((resolve) => {
      const end = () => {
        stop();
        this.end();
        resolve();
      };
      let timer = setTimeout(end, this.silence);
      const onMessage = (word: Word) => {
        clearTimeout(timer);
        timer = setTimeout(end, this.silence);
        listen(word);
        if (word === 'spoilt') end();
        if (word !== 'done') return;
        stop();
        resolve();
      };
      const stop = () => {
        clearTimeout(timer);
        player.off('exit', end).off('message', onMessage);
      };
      player.on('exit', end).on('message', onMessage);
      player.send(question);
    });
  }

  #start(): Promise<ChildProcess> {
    const player = fork(join(__dirname, this.file), [this.folder], {
      cwd: root,
      execArgv: ['-r', join(root, '__tests__/support/typescript.cjs')],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#process = player;
    return new Promise((resolve, reject) => {
      player.once('message', () => resolve(player));
      player.once('exit', (code) => reject(new Error(`${this.file} ended with ${code}`)));
    });
  }
}
