import type { Accept, Answer, CaptureRefusal, WireReply } from '../wire';
import { watchRuns, within } from './runs';

interface Answerer {
  readonly accept: Accept;
  readonly refuse: (refusal: CaptureRefusal) => WireReply;
}

/** Who started the code of each run that goes on. The process has one map, since the requests of a run can reach the capture of another mock. */
const owners = new Map<number, StartedCode>();

/** A promise that nobody has any more is never settled, so its code goes on no more: nothing of it stays in the process. */
const unsettled = new FinalizationRegistry<() => void>((end) => end());

/** Returns what answers a request of a run that goes on though the capture of its mock has stopped, whichever capture it reaches. */
export function acceptStarted(run: number | undefined): Answer | undefined {
  const owner = run === undefined ? undefined : owners.get(run);
  return run === undefined || owner === undefined || owner.isCaptured ? undefined : owner.accept(run);
}

export function refuseWith(makeReply: () => WireReply): Answer {
  const answer: Answer = makeReply;
  answer.refusesHead = () => true;
  return answer;
}

/**
 * Code of a test that a mock has started and that goes on: explored code, functions of a fork, handlers of events. The mock answers the requests
 * of this code also after its end, so that none of them leaves the process.
 */
export class StartedCode {
  #answerer: Answerer;
  /** How many functions of each run go on. */
  readonly #going = new Map<number, number>();
  /** The runs that go on though their call has ended. */
  readonly #left = new Set<number>();
  /** Whether the capture of the mock takes its requests. */
  isCaptured = false;
  #afterLast: (() => void)[] = [];
  #onRefuse: ((reply: WireReply) => void)[] = [];
  #refusal: WireReply | undefined;

  constructor(answerer: Answerer) {
    this.#answerer = answerer;
  }

  get isOver(): boolean {
    return this.#going.size === 0;
  }

  has(run: number | undefined): boolean {
    return run !== undefined && this.#going.has(run);
  }

  /** Notes that all that goes on belongs to a test that has ended. */
  leaveAll(): void {
    for (const run of this.#going.keys()) this.#left.add(run);
  }

  /** Notes that the call which started a run has ended. */
  leave(run: number): void {
    if (this.has(run)) this.#left.add(run);
  }

  isLeft(run: number | undefined): boolean {
    return run !== undefined && this.#left.has(run);
  }

  /** Calls a function whose requests belong to a run. The run goes on until the promise is settled. */
  run<Result>(run: number, action: () => Promise<Result> | Result): Promise<Result> {
    const end = this.#begin(run);
    const going = within(run, async () => action());
    unsettled.register(going, end);
    going.then(end, end);
    return going;
  }

  #begin(run: number): () => void {
    const endWatch = watchRuns();
    this.#going.set(run, (this.#going.get(run) ?? 0) + 1);
    owners.set(run, this);
    let hasEnded = false;
    return () => {
      if (hasEnded) return;
      hasEnded = true;
      this.#end(run);
      endWatch();
    };
  }

  #end(run: number): void {
    const others = (this.#going.get(run) ?? 1) - 1;
    if (others > 0) {
      this.#going.set(run, others);
      return;
    }
    this.#going.delete(run);
    this.#left.delete(run);
    owners.delete(run);
    if (!this.isOver) return;
    this.#onRefuse = [];
    for (const act of this.#afterLast.splice(0)) act();
  }

  /** Calls a function once, when no code goes on any more. */
  afterLast(act: () => void): void {
    if (this.isOver) act();
    else this.#afterLast.push(act);
  }

  /** Calls a function once, when the requests of this code are refused from then on. */
  onRefuse(act: (reply: WireReply) => void): void {
    if (this.#refusal !== undefined) act(this.#refusal);
    else this.#onRefuse.push(act);
  }

  /** Calls a function once, when no code goes on, or when its requests are refused. */
  whenLeft(act: () => void): void {
    let isDone = false;
    const once = () => {
      if (!isDone) act();
      isDone = true;
    };
    this.onRefuse(once);
    this.afterLast(once);
  }

  /** From now on, the requests of this code are refused, and nothing here keeps the mock in memory. */
  refuse(): void {
    if (this.isOver) return;
    const reply = this.#answerer.refuse({ kind: 'stopped' });
    this.#refusal = reply;
    const answer = refuseWith(() => reply);
    this.#answerer = { accept: () => answer, refuse: () => reply };
    for (const act of this.#onRefuse.splice(0)) act(reply);
  }

  accept(run: number): Answer {
    return this.#answerer.accept(run);
  }
}
