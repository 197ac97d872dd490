import { invalidValue } from '../text/invalid-value';
import { type Choose, type Step, stay } from './order-search';

/** Separates an order from the failure that it is tried with. */
const separator = ' | ';

interface Turn {
  readonly caller: string;
  /** Which of the requests that wait for the caller, from 1 on. */
  readonly place: number;
}

/** Writes whose turn it was: `first > second*2`. `second[2]` is the second request of a caller that waits. */
export function writeOrder(steps: readonly Step[], failure: string): string {
  const turns = steps.map(({ request, waiting }) => {
    const own = waiting.filter(({ caller }) => caller === request.caller);
    const place = own.findIndex(({ id }) => id === request.id) + 1;
    return place > 1 ? `${request.caller}[${place}]` : request.caller;
  });
  const groups: { readonly turn: string; count: number }[] = [];
  for (const turn of turns) {
    const last = groups.at(-1);
    if (last?.turn === turn) last.count += 1;
    else groups.push({ turn, count: 1 });
  }
  const order = groups.map(({ turn, count }) => (count === 1 ? turn : `${turn}*${count}`)).join(' > ');
  return failure === '' ? order : `${order}${separator}${failure}`;
}

/** Reads what `writeOrder` wrote. `rest` is the name of the failure. */
export function readOrder(only: string, callers: readonly string[]): { readonly order: Choose; readonly rest: string } {
  const [order = '', ...rest] = only.split(separator);
  const turns = order.split(' > ').flatMap((text) => readTurns(text, callers) ?? refuse(only));
  return { order: follow(turns), rest: rest.join(separator) };
}

function refuse(only: string): never {
  throw invalidValue('s3.explore', 'only', only, 'the name of an order, as a failed exploration printed it');
}

function readTurns(text: string, callers: readonly string[]): readonly Turn[] | undefined {
  const [, caller = '', place = '1', count = '1'] = /^([^[*]+)(?:\[(\d{1,3})\])?(?:\*(\d{1,4}))?$/.exec(text) ?? [];
  if (!callers.includes(caller)) return undefined;
  return Array.from({ length: Number(count) }, () => ({ caller, place: Number(place) }));
}

function follow(turns: readonly Turn[]): Choose {
  return (waiting, steps) => {
    const turn = turns[steps.length];
    const own = waiting.filter(({ caller }) => caller === turn?.caller);
    return own[(turn?.place ?? 1) - 1] ?? stay(waiting, steps);
  };
}
