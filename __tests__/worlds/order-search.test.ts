import { commute, type Touch } from '../../src/model/touches';
import {
  chooseByChance,
  countSwitches,
  OrderSearch,
  type Step,
  stay,
  type Waiting,
} from '../../src/worlds/order-search';

/** The requests of each caller. With `/` behind its name, a caller has several sequences at once; its sequence `then` begins when all of them have ended. */
type Programs = Readonly<Record<string, readonly string[]>>;

/** `r a` reads the key a, `w a` writes it. */
function touchesOf(request: string): readonly Touch[] {
  const [verb, key = ''] = request.split(' ');
  return [{ bucket: 'vault', part: { key }, isWrite: verb === 'w' }];
}

function callerOf(name: string): string {
  return name.replace(/\/.*/, '');
}

/** Each sequence sends its requests one after the other. */
function play(programs: Programs, choose: (waiting: readonly Waiting[], steps: readonly Step[]) => Waiting): Step[] {
  const next = new Map(Object.keys(programs).map((name) => [name, 0]));
  const steps: Step[] = [];
  const hasBegun = (name: string) =>
    !name.endsWith('/then') ||
    Object.entries(programs).every(
      ([other, requests]) =>
        other === name || callerOf(other) !== callerOf(name) || next.get(other) === requests.length,
    );
  for (;;) {
    const waiting = Object.entries(programs).flatMap(([name, requests]): (Waiting & { name: string })[] => {
      const index = next.get(name) ?? 0;
      if (requests[index] === undefined || !hasBegun(name)) return [];
      return [{ id: `${name}${index}`, caller: callerOf(name), repeats: 0, name }];
    });
    if (waiting.length === 0) return steps;
    const chosen = choose(waiting, steps);
    const request = waiting.find(({ id }) => id === chosen.id);
    if (request === undefined) throw new Error(`${chosen.id} does not wait`);
    const index = next.get(request.name) ?? 0;
    steps.push({ request, waiting, touches: touchesOf(programs[request.name]?.[index] ?? '') });
    next.set(request.name, index + 1);
  }
}

function searchAll(programs: Programs): { readonly orders: readonly string[]; readonly runs: number } {
  const search = new OrderSearch();
  const orders: string[] = [];
  let runs = 0;
  do {
    runs += 1;
    const steps = play(programs, search.begin());
    if (search.end(steps) === 'new') orders.push(steps.map(({ request }) => request.id).join(' '));
  } while (!search.isOver);
  return { orders, runs };
}

/** Every order of the requests, however many are the same. */
function listAll(programs: Programs): readonly Step[][] {
  const all: Step[][] = [];
  const walk = (chosen: readonly string[]) => {
    let isLonger = false;
    const steps = play(programs, (waiting, before) => {
      const id = chosen[before.length];
      const planned = waiting.find((one) => one.id === id);
      if (planned !== undefined) return planned;
      if (!isLonger) for (const one of waiting) walk([...chosen, one.id]);
      isLonger = true;
      return stay(waiting, before);
    });
    if (!isLonger) all.push(steps);
  };
  walk([]);
  return all;
}

/** The same for orders that only exchange requests that commute: who came before whom, of those that do not. */
function classOf(steps: readonly Step[]): string {
  return steps
    .flatMap(({ request, touches }, index) =>
      steps
        .slice(index + 1)
        .filter((later) => !commute(touches, later.touches))
        .map((later) => `${request.id}<${later.request.id}`),
    )
    .toSorted()
    .join(' ');
}

function classesOf(programs: Programs): { readonly all: number; readonly found: number } {
  const byClass = new Set(listAll(programs).map(classOf));
  const names = new Map(
    listAll(programs).map((steps) => [steps.map(({ request }) => request.id).join(' '), classOf(steps)]),
  );
  const found = new Set(searchAll(programs).orders.map((order) => names.get(order)));
  return { all: byClass.size, found: found.size };
}

describe('all orders of the requests of two callers', () => {
  it.each`
    first             | second            | orders
    ${['r a']}        | ${['r a']}        | ${1}
    ${['w a']}        | ${['w b']}        | ${1}
    ${['w a']}        | ${['r a']}        | ${2}
    ${['w a']}        | ${['w a']}        | ${2}
    ${['r a', 'w a']} | ${['r a', 'w a']} | ${4}
    ${['r a', 'w a']} | ${['r b', 'w b']} | ${1}
    ${['w a', 'w b']} | ${['w b', 'w a']} | ${3}
  `('$first beside $second has $orders', ({ first, second, orders }) => {
    const found = searchAll({ first, second });
    expect({ orders: found.orders.length, different: new Set(found.orders).size }).toEqual({
      orders,
      different: orders,
    });
  });

  it('stays with the first caller in the first order', () => {
    expect(searchAll({ first: ['r a', 'w a'], second: ['w a'] }).orders[0]).toBe('first0 first1 second0');
  });

  it('takes one run for callers whose ten requests are for different keys', () => {
    const ten = (name: string) => Array.from({ length: 10 }, (_, index) => `w ${name}${index}`);
    expect(searchAll({ first: ten('a'), second: ten('b') }).runs).toBe(1);
  });
});

describe('any programs', () => {
  /** A generator of numbers with a fixed seed. */
  function makeDraw(seed: number): () => number {
    let state = seed;
    return () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
  }

  const words = ['r a', 'w a', 'r b', 'w b', 'r c', 'w c'];

  it.each(Array.from({ length: 60 }, (_, index) => index + 1))('program %i has each class of orders once', (seed) => {
    const draw = makeDraw(seed);
    const programs = Object.fromEntries(
      ['first', 'second', 'third']
        .slice(0, 2 + (seed % 2))
        .map((caller) => [
          caller,
          Array.from({ length: 1 + Math.floor(draw() * 3) }, () => words[Math.floor(draw() * words.length)] ?? 'r a'),
        ]),
    );
    const { all, found } = classesOf(programs);
    expect({ programs, found, orders: searchAll(programs).orders.length }).toEqual({
      programs,
      found: all,
      orders: all,
    });
  });

  it.each(Array.from({ length: 60 }, (_, index) => index + 1))(
    'program %i, with a caller that does several things at once, has each class of orders',
    (seed) => {
      const draw = makeDraw(seed);
      const names = ['one/a', 'one/b', ...(seed % 3 === 0 ? ['one/then'] : []), ...(seed % 2 === 0 ? ['two'] : [])];
      const programs = Object.fromEntries(
        names.map((name) => [
          name,
          Array.from({ length: 1 + Math.floor(draw() * 2) }, () => words[Math.floor(draw() * words.length)] ?? 'r a'),
        ]),
      );
      const { all, found } = classesOf(programs);
      expect({ programs, found }).toEqual({ programs, found: all });
    },
  );

  it('chooses orders by chance that switch seldom', () => {
    const draw = makeDraw(7);
    const programs = { first: ['r a', 'w a', 'r b', 'w b'], second: ['r a', 'w a', 'r b', 'w b'] };
    const switches = Array.from({ length: 50 }, () =>
      countSwitches(play(programs, chooseByChance(Object.keys(programs), 8, draw))),
    );
    expect({ most: Math.max(...switches) <= 3, least: Math.min(...switches) }).toEqual({ most: true, least: 1 });
  });
});

describe('an order that runs again', () => {
  const both = { slow: ['w a'], quick: ['w a'] };

  it('has the requests that came too late in the run before', () => {
    const search = new OrderSearch();
    const choose = search.begin();
    play(both, (waiting, steps) => choose(steps.length === 0 ? waiting.slice(1) : waiting, steps));
    const orders: string[] = [];
    do {
      const steps = play(both, search.begin());
      search.end(steps);
      orders.push(steps.map(({ request }) => request.id).join(' '));
    } while (!search.isOver);
    expect(orders).toEqual(['quick0 slow0', 'slow0 quick0']);
  });
});
