import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { basename } from 'node:path';

/** What Node publishes about a new child process or worker thread. */
type Started = { readonly process: ChildProcess } | { readonly worker: { readonly threadId: number } };

/** The most that are remembered: a message names a few. */
const REMEMBERED = 20;

const channels = ['child_process', 'worker_threads'] as const;

/** The child processes and worker threads that this process starts. Their requests do not come to its mock. */
export class StartedProcesses {
  #started: Started[] = [];

  readonly #note = (message: unknown): void => {
    if (this.#started.length < REMEMBERED) this.#started.push(message as Started); // as Node documents it
  };

  watch(): void {
    for (const channel of channels) subscribe(channel, this.#note);
  }

  stop(): void {
    for (const channel of channels) unsubscribe(channel, this.#note);
    this.#started = [];
  }

  /** Forgets what has ended. What a hook before the tests has started can run for all of them. */
  forgetEnded(): void {
    this.#started = this.#started.filter(isRunning);
  }

  names(): readonly string[] {
    return [...new Set(this.#started.flatMap((one) => nameOf(one) ?? []))];
  }
}

function isRunning(started: Started): boolean {
  if ('worker' in started) return started.worker.threadId !== -1;
  return started.process.exitCode === null && started.process.signalCode === null;
}

/** Returns undefined for a program that did not start. The arguments can contain secrets, so only the script of a program is named. */
function nameOf(started: Started): string | undefined {
  if ('worker' in started) return 'a worker thread';
  const { spawnfile, spawnargs = [], pid } = started.process;
  if (pid === undefined) return undefined;
  const isShell = /^(?:\/bin\/sh|cmd(?:\.exe)?)$/i.test(spawnfile);
  const words = isShell ? (spawnargs.at(-1) ?? '').split(/\s+/) : [spawnfile, ...spawnargs.slice(1)];
  const [program = spawnfile, ...others] = words;
  const script = others.find((word) => /\.[a-z]+$/i.test(word) && !word.startsWith('-'));
  return `the process ${[program, ...(script === undefined ? [] : [script])].map((word) => basename(word)).join(' ')}`;
}
