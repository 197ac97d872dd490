import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Touch } from '../../../src/model/touches';
import type { BucketFixture } from '../../../src/preset/bucket-fixture';
import { type Choose, OrderSearch, type Step, stay, type Waiting } from '../../../src/worlds/order-search';
import { AnsweredStore, type DirectCall } from '../../support/answered-store';
import { runs } from '../../support/runs';

/** A request of a caller. What it sends can depend on what the caller has read before. */
type Word =
  | {
      readonly verb: 'get' | 'put' | 'put if read' | 'put if new' | 'delete' | 'tag';
      readonly key: string;
      readonly by: Way;
    }
  | { readonly verb: 'copy'; readonly key: string; readonly from: string; readonly by: Way }
  | { readonly verb: 'list'; readonly prefix: string; readonly most: number }
  | { readonly verb: 'versioning'; readonly status: 'Enabled' | 'Suspended' };

/** The name of the bucket, or the alias of its access point. */
type Way = 'name' | 'alias';

type Programs = readonly (readonly Word[])[];

const keys = ['a', 'b', 'in/c'];
const key = fc.constantFrom(...keys);
const by = fc.constantFrom<Way>('name', 'name', 'alias');
const word = fc.oneof<fc.Arbitrary<Word>[]>(
  fc.record({
    verb: fc.constantFrom(
      'get' as const,
      'put' as const,
      'put if read' as const,
      'put if new' as const,
      'delete' as const,
    ),
    ...{ key, by },
  }),
  fc.record({ verb: fc.constantFrom('get' as const, 'put' as const, 'tag' as const), key, by }),
  fc.record({ verb: fc.constant('copy' as const), key, from: key, by }),
  fc.record({
    verb: fc.constant('list' as const),
    prefix: fc.constantFrom('', 'a', 'in/'),
    most: fc.constantFrom(1, 2, 1000),
  }),
  fc.record({
    verb: fc.constant('versioning' as const),
    status: fc.constantFrom('Enabled' as const, 'Suspended' as const),
  }),
);
const programs = fc.oneof(
  fc.tuple(fc.array(word, { minLength: 1, maxLength: 3 }), fc.array(word, { minLength: 1, maxLength: 3 })),
  fc.tuple(...[1, 2, 3].map(() => fc.array(word, { minLength: 1, maxLength: 2 }))),
);

const scenes: readonly Readonly<Record<string, BucketFixture>>[] = [
  { vault: { objects: { a: '1', b: '2' }, accessPoints: { app: {} } } },
  { vault: { versioning: 'Enabled', objects: { a: '1' }, accessPoints: { app: {} } } },
];

/** Plays programs in a store of their own. A put below `in/` is counted in `a`, as a handler of events would do it. */
class Play {
  readonly #answered: AnsweredStore;
  readonly #programs: Programs;
  readonly #hasHandler: boolean;
  readonly #seen: string[][];
  readonly #read: ({ readonly text: string; readonly etag: string } | undefined)[];

  constructor(programs: Programs, scene: Readonly<Record<string, BucketFixture>>, hasHandler: boolean) {
    this.#answered = new AnsweredStore(scene);
    this.#programs = programs;
    this.#hasHandler = hasHandler;
    this.#seen = programs.map(() => []);
    this.#read = programs.map(() => undefined);
  }

  run(choose: Choose): readonly Step[] {
    const steps: (Step & { readonly touches: Touch[] })[] = [];
    this.#answered.store.observe((touch) => steps.at(-1)?.touches.push(touch));
    for (;;) {
      const waiting = this.#programs.flatMap((words, caller): Waiting[] => {
        const next = this.#seen[caller]?.length ?? 0;
        return next < words.length ? [{ id: `${caller} ${next}`, caller: String(caller), repeats: 0 }] : [];
      });
      if (waiting.length === 0) return steps;
      const request = choose(waiting, steps);
      steps.push({ request, waiting, touches: [] });
      this.#act(Number(request.caller));
    }
  }

  /** What the callers have seen, and what a reader finds at the end. */
  describe(): string {
    const found = keys.map((one) => String(this.#ask({ method: 'GET', path: `/vault/${one}` }).body));
    const tags = keys.map((one) => String(this.#ask({ method: 'GET', path: `/vault/${one}?tagging` }).body));
    const versions = String(this.#ask({ method: 'GET', path: '/vault?versions' }).body).match(/<Key>|<DeleteMarker>/g);
    return JSON.stringify([this.#seen, found, tags, versions]).replaceAll(changing, '');
  }

  #act(caller: number): void {
    const words = this.#programs[caller] ?? [];
    const word = words[this.#seen[caller]?.length ?? 0];
    if (word === undefined) return;
    const reply = this.#ask(this.#callOf(word, caller));
    const headers = new Map(reply.headers.map(([name, value]) => [name.toLowerCase(), value]));
    if (word.verb === 'get') this.#read[caller] = { text: String(reply.body), etag: headers.get('etag') ?? '' };
    const answer = word.verb === 'list' ? String(reply.body).match(/<(?:Key|IsTruncated)>[^<]*/g) : reply.body;
    this.#seen[caller]?.push(`${reply.status} ${String(answer)} ${headers.get('etag') ?? ''}`.replaceAll(changing, ''));
    if (this.#hasHandler && 'key' in word && word.key.startsWith('in/') && word.verb.startsWith('put')) this.#count();
  }

  #count(): void {
    const reply = this.#ask({ method: 'GET', path: '/vault/a' });
    this.#ask({ method: 'PUT', path: '/vault/a', body: `${reply.status === 200 ? String(reply.body) : ''}+` });
  }

  #callOf(word: Word, caller: number): DirectCall {
    if (word.verb === 'list')
      return { method: 'GET', path: `/vault?list-type=2&prefix=${word.prefix}&max-keys=${word.most}` };
    if (word.verb === 'versioning') {
      const body = `<VersioningConfiguration><Status>${word.status}</Status></VersioningConfiguration>`;
      return { method: 'PUT', path: '/vault?versioning', body };
    }
    const path = `/${word.by === 'name' ? 'vault' : this.#alias}/${word.key}`;
    const read = this.#read[caller];
    const body = `${read?.text.slice(0, 40) ?? ''}${caller}`;
    switch (word.verb) {
      case 'get':
        return { method: 'GET', path };
      case 'put':
        return { method: 'PUT', path, body };
      case 'put if read':
        return { method: 'PUT', path, body, headers: { 'if-match': read?.etag || '"none"' } };
      case 'put if new':
        return { method: 'PUT', path, body, headers: { 'if-none-match': '*' } };
      case 'delete':
        return { method: 'DELETE', path };
      case 'tag':
        return { method: 'PUT', path: `${path}?tagging`, body: tagging(caller) };
      case 'copy':
        return { method: 'PUT', path, headers: { 'x-amz-copy-source': `/vault/${word.from}` } };
    }
  }

  get #alias(): string {
    return this.#answered.store.buckets.get('vault')?.settings.accessPoints?.[0]?.alias ?? 'none';
  }

  #ask(call: DirectCall) {
    return this.#answered.ask(call);
  }
}

const changing = /<(?:RequestId|HostId|Resource|LastModified|VersionId|BucketName)>[^<]*<\/\w+>|<ArgumentValue>[^<]*/g;

function tagging(caller: number): string {
  return `<Tagging><TagSet><Tag><Key>by</Key><Value>${caller}</Value></Tag></TagSet></Tagging>`;
}

/** The ends of all orders, by force. */
function listEnds(play: () => Play): ReadonlySet<string> {
  const ends = new Set<string>();
  const walk = (chosen: readonly string[]) => {
    const open: string[][] = [];
    const one = play();
    one.run((waiting, steps) => {
      const planned = waiting.find(({ id }) => id === chosen[steps.length]);
      if (planned !== undefined) return planned;
      const next = stay(waiting, steps);
      const before = steps.map(({ request }) => request.id);
      for (const { id } of waiting) if (id !== next.id) open.push([...before, id]);
      return next;
    });
    ends.add(one.describe());
    for (const beginning of open) walk(beginning);
  };
  walk([]);
  return ends;
}

function searchEnds(play: () => Play): { readonly ends: ReadonlySet<string>; readonly orders: number } {
  const search = new OrderSearch();
  const ends = new Set<string>();
  let orders = 0;
  do {
    const one = play();
    const steps = one.run(search.begin());
    if (search.end(steps) === 'new') orders += 1;
    ends.add(one.describe());
  } while (!search.isOver);
  return { ends, orders };
}

it('the search reaches each end that an order of two or three callers can have', () => {
  const ofPrograms = fc.property(programs, fc.constantFrom(...scenes), fc.boolean(), (words, scene, hasHandler) => {
    const play = () => new Play(words, scene, hasHandler);
    const { ends } = searchEnds(play);
    expect([...ends].toSorted()).toEqual([...listEnds(play)].toSorted());
  });
  fc.assert(ofPrograms, runs(1000));
});
