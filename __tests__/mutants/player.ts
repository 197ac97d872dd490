import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../house/files';

/** What a broken program does in place of an answer. */
export type NoAnswer = 'it does not end' | 'it ends the process';

/** A process that is asked one question at a time. If it does not answer it is ended, and the next question goes to a new one. */
export class Player<Question, Answer extends object> {
  #process: ChildProcess | undefined;
  #questions = 0;

  constructor(
    private readonly file: string,
    private readonly folder: string,
    /** A process that is kept for longer would fill the memory. */
    private readonly questionsOfProcess: number,
  ) {}

  /** `silence` is how many milliseconds may pass without a word; `hear` gets each word before the answer, and says how long the next may take. */
  async ask(question: Question, silence: number, hear = (_word: unknown) => silence): Promise<Answer | NoAnswer> {
    if (this.#questions >= this.questionsOfProcess) this.end();
    const player = this.#process ?? (await this.#start());
    this.#questions += 1;
    const answer = new Promise<Answer | NoAnswer>((resolve) => {
      const end = (reason: NoAnswer) => {
        stop();
        this.end();
        resolve(reason);
      };
      const startTimer = (milliseconds: number) => setTimeout(end, milliseconds, 'it does not end');
      let timer = startTimer(silence);
      const onExit = () => end('it ends the process');
      const onMessage = (message: unknown) => {
        clearTimeout(timer);
        if (isWord(message)) {
          timer = startTimer(hear(message));
          return;
        }
        stop();
        resolve(message as Answer); // of the file
      };
      const stop = () => {
        clearTimeout(timer);
        player.off('exit', onExit).off('message', onMessage);
      };
      player.on('exit', onExit).on('message', onMessage);
    });
    player.send(question as object); // questions are plain data
    return answer;
  }

  end(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
    this.#questions = 0;
  }

  #start(): Promise<ChildProcess> {
    const player = fork(join(__dirname, this.file), [this.folder], {
      cwd: root,
      execArgv: ['-r', join(root, 'build/typescript.cjs')],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#process = player;
    return new Promise((resolve, reject) => {
      player.once('message', () => resolve(player));
      player.once('exit', (code) => reject(new Error(`${this.file} ended with ${code}`)));
    });
  }
}

function isWord(message: unknown): boolean {
  return message === 'busy' || (typeof message === 'object' && message !== null && 'word' in message);
}
