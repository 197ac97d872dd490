import { nextRun, untilAtRest, watchRuns } from '../capture/index';
import type { Journal } from '../journal/journal';
import type { MockParts, MockS3 } from '../mock/mock-s3';
import type { Undertaking } from '../mock/undertaking';

/** A copy of the state of a mock, with a mock of its own, which gets the requests of the world's runs. */
export interface World {
  readonly mock: MockS3;
  /** What the mock is made of: the outer of a world in this world. */
  readonly parts: MockParts;
  /** The number of its first run. */
  readonly run: number;
  /** Returns the number of a further run, whose requests are also the world's. */
  addRun(): number;
  /**
   * Ends the world as a test ends: what went wrong in the background is thrown, unless the world has failed already. What still comes is
   * answered from the state in which it ended.
   */
  end(hasFailed?: boolean): Promise<void>;
}

/** Opens a world with the present state of a mock, for a call of the test. */
export function openWorld(outer: MockParts, undertaking: Undertaking): World {
  const run = nextRun();
  const endWatch = watchRuns();
  // The code of the world may have left requests behind, which are on their way.
  const watchToTheEnd = () => void untilAtRest(() => false, true).then(endWatch, endWatch);
  const lifetime = outer.lifetime.openWorld(run, undertaking, watchToTheEnd);
  const parts: MockParts = { ...outer, lifetime };
  return {
    ...{ mock: outer.makeMock(parts), parts, run },
    addRun: () => {
      const further = nextRun();
      lifetime.worlds.addRun(further);
      return further;
    },
    end: async (hasFailed = false) => {
      if (undertaking.error === undefined) tellOuter(outer, undertaking, lifetime.state.journal);
      try {
        if (!hasFailed) await lifetime.endTest();
      } finally {
        await lifetime.stop();
      }
    },
  };
}

/** An assertion on the outer mock can say that the requests came to the world. */
function tellOuter(outer: MockParts, { call }: Undertaking, journal: Journal): void {
  const { ofWorlds } = outer.lifetime.state.journal;
  ofWorlds.add(call, journal);
  ofWorlds.addAll(journal.ofWorlds);
}
