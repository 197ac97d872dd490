import '../support/in-place';
import https from 'node:https';
import timersOfNode from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { nextRun, watchRuns, within } from '../../src/capture/runs';
import { type TimersOfRuns, watchTimers } from '../../src/worlds/timers-of-runs';
import { startedMocks } from '../support/started-mocks';

const start = startedMocks();
let timers: TimersOfRuns;
let endRuns: () => void;
beforeEach(() => {
  endRuns = watchRuns();
  timers = watchTimers();
});
afterEach(() => {
  timers.end();
  endRuns();
});

/** Runs code in a run, and returns what is left to it after some turns. */
async function leftTo(act: () => unknown, run = nextRun()): Promise<number | undefined> {
  within(run, () => {
    Promise.resolve(act()).catch(() => {});
  });
  await timersOfNode.setTimeout(40);
  return timers.soonest(new Set([run]));
}

/** A busy machine takes up to a second. */
const about = (milliseconds: number) => expect.closeTo(milliseconds - 499, -3);

describe('the timers of code', () => {
  it.each<[string, () => unknown]>([
    ['setTimeout', () => setTimeout(() => {}, 2000).unref()],
    ['setInterval', () => setInterval(() => {}, 2000).unref()],
    ['timers/promises', () => timersOfNode.setTimeout(2000, undefined, { ref: false })],
    ['AbortSignal.timeout', () => AbortSignal.timeout(2000)],
    ['setTimeout after a wait', async () => timersOfNode.setTimeout(1).then(() => setTimeout(() => {}, 2000).unref())],
    [
      'several, of which the soonest counts',
      () => {
        for (const later of [4000, 2000, 3000]) setTimeout(() => {}, later).unref();
      },
    ],
  ])('are known: %s', async (_, act) => {
    expect(await leftTo(act)).toEqual(about(2000));
  });

  it('are those of a request without an answer', async () => {
    const s3 = start({ buckets: { vault: { objects: { report: 'text' } } } });
    s3.on('GetObject').delay({ milliseconds: 60_000 });
    const headers = { authorization: 'AWS AKIDEXAMPLE:c2ln' };
    const get = () => https.get('https://vault.s3.amazonaws.com/report', { headers }).on('error', () => {});
    expect(await leftTo(() => get().setTimeout(2000, () => {}))).toEqual(about(2000));
    // The answer comes after the test, of which the mock warns.
    jest.spyOn(process, 'emitWarning').mockReturnValue();
  });

  it('are those that still run', async () => {
    const act = () => {
      clearTimeout(setTimeout(() => {}, 1000));
      setTimeout(() => {}, 1);
      setTimeout(() => {}, 3000).unref();
    };
    expect(await leftTo(act)).toEqual(about(3000));
  });

  it('are those of the runs that are asked for', async () => {
    const [first, second] = [nextRun(), nextRun()];
    setTimeout(() => {}, 500).unref();
    await leftTo(() => setTimeout(() => {}, 1000).unref(), first);
    await leftTo(() => setTimeout(() => {}, 2000).unref(), second);
    expect(timers.soonest(new Set([second]))).toEqual(about(2000));
    expect(timers.soonest(new Set([first, second]))).toEqual(about(1000));
    expect(timers.soonest(new Set())).toBeUndefined();
  });

  it('are those that began while somebody watched, whoever else watches', async () => {
    const run = nextRun();
    await leftTo(() => setTimeout(() => {}, 1000).unref(), run);
    const later = watchTimers();
    expect(later.soonest(new Set([run]))).toBeUndefined();
    later.end();
    expect(timers.soonest(new Set([run]))).toEqual(about(1000));
    timers.end();
    expect(timers.soonest(new Set([run]))).toBeUndefined();
  });

  it('are forgotten when they have run out', async () => {
    const many = () => {
      for (let count = 0; count < 5000; count += 1) clearTimeout(setTimeout(() => {}, 1000));
    };
    expect(await leftTo(many)).toBeUndefined();
  });

  it('are not known if they are faked', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    const run = nextRun();
    within(run, () => void setTimeout(() => {}, 1000));
    expect(timers.soonest(new Set([run]))).toBeUndefined();
    jest.useRealTimers();
  });
});
