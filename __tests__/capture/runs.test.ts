import diagnosticsChannel from 'node:diagnostics_channel';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { nextRun, noteRun, presentRun, watchRuns, within, withinEvents } from '../../src/capture/runs';

const subscribed = () =>
  ['undici:request:create', 'undici:client:sendHeaders'].map((name) => diagnosticsChannel.hasSubscribers(name));

describe('the run of code', () => {
  it('is known in what follows from the code, and nowhere else', async () => {
    const end = watchRuns();
    const [first, second] = [nextRun(), nextRun()];
    const seen = await Promise.all(
      [first, second].map((run) =>
        within(run, async () => {
          await turn();
          return presentRun();
        }),
      ),
    );
    expect({ seen, outside: presentRun() }).toEqual({ seen: [first, second], outside: undefined });
    end();
  });

  it('is that of the innermost', () => {
    const end = watchRuns();
    const [outer, inner] = [nextRun(), nextRun()];
    expect(within(outer, () => [within(inner, presentRun), presentRun()])).toEqual([inner, outer]);
    end();
  });

  it('is that of the connection in an event of it, wherever the event comes from', () => {
    const end = watchRuns();
    const [first, second] = [nextRun(), nextRun()];
    const seen: unknown[] = [];
    within(first, () => {
      withinEvents(second, () => seen.push(presentRun()));
      withinEvents(undefined, () => seen.push(presentRun()));
    });
    expect(seen).toEqual([second, undefined]);
    end();
  });

  it('stays what it was when a request was made', () => {
    const end = watchRuns();
    const [first, second] = [nextRun(), nextRun()];
    const [request, unowned] = [{}, {}];
    within(first, () => noteRun(request));
    noteRun(unowned);
    expect(within(second, () => [noteRun(request), noteRun(unowned)])).toEqual([first, undefined]);
    end();
  });
});

describe('the last world that ends', () => {
  it('takes the subscribers off that the first one added', () => {
    // Code of another file of the process can go on.
    const before = subscribed();
    const ends = [watchRuns(), watchRuns()];
    const while2 = subscribed();
    ends[0]?.();
    ends[0]?.();
    const while1 = subscribed();
    ends[1]?.();
    expect({ while2, while1, after: subscribed() }).toEqual({
      while2: [true, true],
      while1: [true, true],
      after: before,
    });
  });
});
