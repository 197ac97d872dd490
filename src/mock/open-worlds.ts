import { noRun, within } from '../capture/index';
import type { Answerer } from '../service/answer';
import type { Accept, Answer, CaptureRefusal, WireDelay, WireReply } from '../wire';

/** A world, as the mock that hands requests over to it knows it. */
export interface RoutedWorld {
  readonly answerer: Pick<Answerer, 'accept' | 'refuse'>;
  /** The code that sends a request, if a handler of the world's events does. */
  readonly sender: () => object | undefined;
}

/** The ended worlds that a mock keeps for requests that their code left behind. An older one refuses them. */
const KEPT = 16;

/** Finds the world of a request by the number of its run. The worlds of a world are also worlds of its mock. */
export class OpenWorlds {
  /** Each world by the numbers of its runs, and undefined by the numbers of a world that is forgotten. */
  readonly #byRun = new Map<number, RoutedWorld | undefined>();
  /** The numbers of the runs of each world. */
  readonly #living = new Map<RoutedWorld, readonly number[]>();
  readonly #ended = new Map<RoutedWorld, readonly number[]>();
  #unattributed = 0;

  add(run: number, world: RoutedWorld): void {
    this.#byRun.set(run, world);
    this.#living.set(world, [...(this.#living.get(world) ?? []), run]);
  }

  /** The requests of the world that still come are answered from the state in which it ended. */
  end(world: RoutedWorld): void {
    this.#ended.set(world, this.#living.get(world) ?? []);
    this.#living.delete(world);
    if (this.#ended.size > KEPT) this.#forgetOldest();
  }

  #forgetOldest(): void {
    for (const [world, runs] of this.#ended) {
      this.#ended.delete(world);
      for (const run of runs) this.#byRun.set(run, undefined);
      return;
    }
  }

  /** Whether the run belongs to a world that has not ended. */
  hasLiving(run: number): boolean {
    const world = this.#byRun.get(run);
    return world !== undefined && this.#living.has(world);
  }

  /** How many requests came while a world lived, and belonged to no world. */
  get unattributed(): number {
    return this.#unattributed;
  }

  findSender(): object | undefined {
    for (const world of this.#living.keys()) {
      const sender = world.sender();
      if (sender !== undefined) return sender;
    }
    return undefined;
  }

  /** Requests of a world go to its answerer, all others to the mock's own. */
  route(own: Pick<Answerer, 'accept' | 'refuse'>): Pick<Answerer, 'accept' | 'refuse'> {
    const isOfWorld = (run: number | undefined): run is number => run !== undefined && this.#byRun.has(run);
    const accept: Accept = (run) => {
      if (isOfWorld(run)) return answerIn(run, this.#byRun.get(run)?.answerer ?? forgotten(own));
      if (this.#living.size === 0) return own.accept();
      this.#unattributed += 1;
      return answerIn(noRun, own);
    };
    const refuse = (refusal: CaptureRefusal): WireReply => {
      const run = refusal.kind === 'unknown-host' ? refusal.request.run : undefined;
      const world = isOfWorld(run) ? this.#byRun.get(run) : undefined;
      return (world?.answerer ?? own).refuse(refusal);
    };
    return { accept, refuse };
  }
}

/** Nobody knows any more what the world would have answered. SDKs do not repeat a request that is answered so. */
function forgotten({ refuse }: Pick<Answerer, 'refuse'>): Pick<Answerer, 'accept'> {
  const answer: Answer = () => refuse({ kind: 'stopped' });
  answer.refusesHead = () => true;
  return { accept: () => answer };
}

/**
 * What follows from the request, such as the handlers of its events, belongs to the run as well. The context of the server's end can be that
 * of the code which opened the connection.
 */
function answerIn(run: number, { accept }: Pick<Answerer, 'accept'>): Answer {
  const answer = within(run, accept);
  const inRun: Answer = (request) => replyIn(run, () => answer(request));
  if (answer.refusesHead) inRun.refusesHead = answer.refusesHead;
  if (answer.onOvertaken) inRun.onOvertaken = answer.onOvertaken;
  return inRun;
}

function replyIn(run: number, makeReply: () => WireReply | WireDelay): WireReply | WireDelay {
  const reply = within(run, makeReply);
  return 'until' in reply ? { ...reply, reply: () => replyIn(run, reply.reply) } : reply;
}
