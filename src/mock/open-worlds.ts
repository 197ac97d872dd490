import { noRun, presentRun, within } from '../capture/index';
import { S3MockError } from '../s3-mock-error';
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

/**
 * The place of a mock among worlds: the mock outside of it, and the worlds in it. Finds the world of a request by the number of its run. The
 * worlds of a world are also worlds of its mock.
 */
export class OpenWorlds {
  readonly #own: RoutedWorld;
  readonly #outer: OpenWorlds | undefined;
  /** How many requests of no world the mock outside had answered when this world began. */
  readonly #unattributedBefore: number;
  /** Each world by the numbers of its runs, and undefined by the numbers of a world that is forgotten. */
  readonly #byRun = new Map<number, RoutedWorld | undefined>();
  /** The numbers of the runs of each world. */
  readonly #living = new Map<RoutedWorld, readonly number[]>();
  readonly #ended = new Map<RoutedWorld, readonly number[]>();
  #unattributed = 0;

  /** `outer` is the place of the mock outside, if the mock is that of a world. */
  constructor(own: RoutedWorld, outer: OpenWorlds | undefined) {
    this.#own = own;
    this.#outer = outer;
    this.#unattributedBefore = outer === undefined ? 0 : outer.#unattributed;
  }

  /** Adds a run to this world, whose requests are the world's from now on. */
  addRun(run: number): void {
    for (let outer = this.#outer; outer !== undefined; outer = outer.#outer) outer.#add(run, this.#own);
  }

  #add(run: number, world: RoutedWorld): void {
    this.#byRun.set(run, world);
    this.#living.set(world, [...(this.#living.get(world) ?? []), run]);
  }

  /** Ends this world. What still comes for it is answered from the state in which it ended. */
  leave(): void {
    for (let outer = this.#outer; outer !== undefined; outer = outer.#outer) outer.#end(this.#own);
  }

  #end(world: RoutedWorld): void {
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

  /** Throws in a world of this mock: the test would read or change another state than the code under test. */
  checkOutside(): void {
    const run = presentRun();
    const world = run === undefined ? undefined : this.#byRun.get(run);
    if (world !== undefined && this.#living.has(world)) throw makeOutOfWorld();
  }

  /** How many requests came while this world lived, and belonged to no world, so that the mock outside answered them. */
  get unattributed(): number {
    return this.#outer === undefined ? 0 : this.#outer.#unattributed - this.#unattributedBefore;
  }

  findSender(): object | undefined {
    for (const world of this.#living.keys()) {
      const sender = world.sender();
      if (sender !== undefined) return sender;
    }
    return undefined;
  }

  /** Requests of a world go to its answerer, all others to the mock's own. */
  route(): Pick<Answerer, 'accept' | 'refuse'> {
    const own = this.#own.answerer;
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

function makeOutOfWorld(): S3MockError {
  return new S3MockError(
    'OUTSIDE_WORLD',
    'this code runs in a world of s3.fork or s3.explore, whose requests change the world alone, and asks the mock outside of it. ' +
      'Ask the mock of the world: s3.fork(async (world) => { expect(world).toHaveReceived(...); }), or check: ({ world }) => { ... } of s3.explore.',
  );
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
