import '../support/in-place';
import { EventEmitter } from 'node:events';
import https from 'node:https';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import vm from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { nextRun, watchRuns, within, withinEvents } from '../../src/capture/runs';
import { type StrayError, type TakeStray, watchStrayErrors } from '../../src/worlds/stray-errors';
import { startedMocks } from '../support/started-mocks';

const realProcess: NodeJS.Process = vm.runInThisContext('process');

interface Taken extends StrayError {
  readonly run: number;
}

const start = startedMocks();
const outer = sleep(5);

let ends: (() => void)[] = [];
let taken: Taken[] = [];
beforeEach(() => {
  taken = [];
  ends = [watchRuns()];
});
afterEach(() => {
  for (const end of ends) end();
});

const take: TakeStray = (run, stray) => {
  taken.push({ run, ...stray });
  return true;
};

function watch(taker = take): () => void {
  const end = watchStrayErrors(taker);
  ends.push(end);
  return end;
}

async function until(isOver: () => boolean): Promise<void> {
  for (let turns = 0; turns < 1000 && !isOver(); turns += 1) await sleep(1);
}

/** Calls the code in a run, and returns what was taken as this code's. */
async function strayOf(act: (error: Error) => unknown): Promise<Taken | undefined> {
  const error = new Error('stray');
  const run = nextRun();
  watch();
  within(run, () => act(error));
  await until(() => taken.length > 0);
  const [first] = taken;
  return first?.run === run && first.error === error ? first : undefined;
}

function raise(error: Error): never {
  throw error;
}

describe('errors of the code of a run', () => {
  it.each<[string, (error: Error) => unknown]>([
    ['a rejected promise', (error) => Promise.reject(error)],
    ['an async function', async (error) => raise(error)],
    ['an async function after a wait', async (error) => sleep(1).then(() => raise(error))],
    ['an async function after an outer promise', async (error) => outer.then(() => raise(error))],
    ['a promise that a timer rejects', (error) => new Promise((_, reject) => setTimeout(() => reject(error), 1))],
    ['an async function that a timer calls', (error) => void setTimeout(async () => raise(error), 1)],
    ['an async listener', (error) => new EventEmitter().on('a', async () => raise(error)).emit('a')],
  ])('are taken from a rejection: %s', async (_, act) => {
    expect(await strayOf(act)).toMatchObject({ kind: 'rejection' });
  });

  it.each<[string, (error: Error) => unknown]>([
    ['setTimeout', (error) => void setTimeout(() => raise(error), 1)],
    [
      'setInterval',
      (error) => {
        const timer = setInterval(() => {
          clearInterval(timer);
          raise(error);
        }, 1);
      },
    ],
    ['setImmediate', (error) => void setImmediate(() => raise(error))],
    ['nextTick', (error) => process.nextTick(() => raise(error))],
    ['a listener of a stream', (error) => void Readable.from(['a']).on('data', () => raise(error))],
    [
      'a listener of an event target',
      (error) => {
        AbortSignal.timeout(1).addEventListener('abort', () => raise(error));
      },
    ],
  ])('are taken from an exception: %s', async (_, act) => {
    expect(await strayOf(act)).toMatchObject({ kind: 'exception' });
  });
});

describe('errors of the listeners of a connection', () => {
  const url = 'https://vault.s3.amazonaws.com/';
  const events: readonly [string, (error: Error) => unknown][] = [
    ['response', (error) => https.get(url, () => raise(error))],
    ['data', (error) => https.get(url, (response) => response.on('data', () => raise(error)))],
    ['end', (error) => https.get(url, (response) => response.resume().on('end', () => raise(error)))],
    ['socket', (error) => https.get(url).on('socket', () => raise(error))],
    ['connect', (error) => https.get(url).on('socket', (socket) => socket.on('secureConnect', () => raise(error)))],
    // It has no end, so no answer is earlier than the time-out.
    ['timeout', (error) => https.request(url, { method: 'PUT' }).setTimeout(1, () => raise(error))],
    ['close', (error) => https.get(url, (response) => response.resume()).on('close', () => raise(error))],
    [
      'error',
      (error) =>
        https
          .get(url)
          .on('error', () => raise(error))
          .destroy(new Error('no')),
    ],
  ];

  it.each(events)('are taken in the run that sent the request: %s', async (_, act) => {
    start({ buckets: { vault: {} } });
    expect(await strayOf(act)).toMatchObject({ kind: 'exception' });
  });

  it('are taken in the run of the events, and not in the run of the code around them', async () => {
    watch();
    const error = new Error('stray');
    within(1001, () => void setImmediate(() => withinEvents(1002, () => raise(error))));
    await until(() => taken.length > 0);
    expect(taken).toEqual([{ run: 1002, kind: 'exception', error }]);
  });

  it('are nothing if the code around them catches them', async () => {
    watch();
    const error = new Error('stray');
    within(1001, () => {
      setImmediate(() => {
        expect(() => withinEvents(1002, () => raise(new Error('caught')))).toThrow('caught');
        setImmediate(() => raise(error));
      });
    });
    await until(() => taken.length > 0);
    expect(taken).toEqual([{ run: 1001, kind: 'exception', error }]);
  });
});

describe('what is no stray error', () => {
  it('a rejection that is handled in the same turn is not taken', async () => {
    watch();
    await within(nextRun(), async () => {
      const late = Promise.reject(new Error('handled'));
      await null;
      await expect(late).rejects.toThrow('handled');
    });
    await sleep(5);
    expect(taken).toEqual([]);
  });
});

describe('watchers', () => {
  /** Listens as a runner does, for what nobody took. */
  function listen(): unknown[] {
    const heard: unknown[] = [];
    const removed = (['unhandledRejection', 'uncaughtException'] as const).map((event) => {
      const others = realProcess.listeners(event as 'uncaughtException');
      const hear = (error: unknown) => heard.push(error);
      realProcess.removeAllListeners(event).on(event, hear);
      return () => {
        realProcess.removeAllListeners(event);
        for (const other of others) realProcess.on(event as 'uncaughtException', other);
      };
    });
    ends.push(...removed);
    return heard;
  }

  it('restore the process when the last of them ends, in whichever order they end', () => {
    const hasOwn = () => Object.hasOwn(realProcess, 'emit');
    const before = hasOwn();
    const [first, second, third] = [watch(), watch(), watch()];
    first();
    third();
    first();
    expect(hasOwn()).toBe(true);
    second();
    expect(hasOwn()).toBe(before);
  });

  it('leave the emit of somebody else in its place, and work behind it', async () => {
    const end = watch();
    const inner = realProcess.emit;
    const theirs = function (this: NodeJS.Process, ...values: Parameters<typeof inner>) {
      return Reflect.apply(inner, this, values);
    } as typeof inner;
    realProcess.emit = theirs;
    try {
      expect(await strayOf((error) => Promise.reject(error))).toBeDefined();
      end();
      for (const other of ends) other();
      expect(realProcess.emit).toBe(theirs);
      ends = [watchRuns()];
      taken = [];
      expect(await strayOf((error) => Promise.reject(error))).toBeDefined();
      for (const other of ends) other();
      await sleep(5);
      expect(realProcess.emit).toBe(theirs);
    } finally {
      Reflect.deleteProperty(realProcess, 'emit');
    }
  });

  it('get the errors of their runs, and leave the others to the runner', async () => {
    const heard = listen();
    const [first, second, third] = [nextRun(), nextRun(), nextRun()];
    const errors = [first, second, third].map((run) => new Error(`of ${run}`));
    const got: unknown[][] = [[], []];
    for (const [index, own] of [first, second].entries())
      watch((run, { error }) => run === own && (got[index]?.push(error) ?? 0) > 0);
    for (const [index, run] of [first, second, third].entries()) within(run, () => void Promise.reject(errors[index]));
    const outside = new Error('of no run');
    setTimeout(() => raise(outside), 1);
    await until(() => heard.length > 1);
    expect({ got, heard }).toEqual({ got: [[errors[0]], [errors[1]]], heard: [errors[2], outside] });
  });

  it('leave an error to the runner if they throw, and throw their own a turn later', async () => {
    const heard = listen();
    const bug = new Error('bug');
    const asked: unknown[] = [];
    watch((_, { error }) => {
      asked.push(error);
      throw bug;
    });
    const error = new Error('stray');
    within(nextRun(), () => void setTimeout(() => raise(error), 1));
    await until(() => heard.length > 1);
    await sleep(5);
    expect({ asked, heard }).toEqual({ asked: [error], heard: [error, bug] });
  });

  it('are not asked again about an error that a listener throws again', async () => {
    const heard = listen();
    const asked: unknown[] = [];
    watch((_, { error }) => {
      asked.push(error);
      return false;
    });
    realProcess.once('unhandledRejection', (error) => {
      throw error;
    });
    const error = new Error('stray');
    within(nextRun(), () => void Promise.reject(error));
    await until(() => heard.length > 1);
    expect({ asked, heard }).toEqual({ asked: [error], heard: [error, error] });
  });

  it('can end while they are asked', async () => {
    const heard = listen();
    const end = watch((...values) => {
      end();
      return take(...values);
    });
    const handled: unknown[] = [];
    const onHandled = (promise: unknown) => handled.push(promise);
    realProcess.on('rejectionHandled', onHandled);
    ends.push(() => realProcess.off('rejectionHandled', onHandled));
    const error = new Error('stray');
    const promise = within(nextRun(), () => Promise.reject(error));
    await until(() => taken.length > 0);
    await sleep(5);
    await promise.catch(() => {});
    await sleep(5);
    expect({ taken, heard, handled }).toEqual({ taken: [expect.objectContaining({ error })], heard: [], handled: [] });
    expect(Object.hasOwn(realProcess, 'emit')).toBe(false);
  });
});
