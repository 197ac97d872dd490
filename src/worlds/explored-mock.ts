import { within } from '../capture/index';
import type { ExplorationResult } from '../mock/exploration';
import type { Exploration, MockParts } from '../mock/mock-s3';
import { operationTraits } from '../mock/state';
import { explore } from './explore';
import { checkCanFork } from './fork';
import type { WorldOfWay } from './way-run';
import { openWorld } from './world';

/** Explores in worlds of the state at this moment, which later requests to the mock itself do not change. */
export async function exploreWorlds(outer: MockParts, exploration: Exploration): Promise<ExplorationResult> {
  checkCanFork(outer, 's3.explore');
  const warnIfOver = outer.lifetime.watchTest('s3.explore');
  const base = openWorld(outer);
  try {
    return await explore(
      {
        openWorld: () => openWay(base.parts),
        traits: operationTraits,
        readFilter: (operation, input) => outer.lifetime.state.readFilter('s3.explore', operation, input),
        draw: makeDraw(outer),
      },
      exploration,
    );
  } finally {
    warnIfOver();
    await base.end(true);
  }
}

/** The mock's own sequence stays where it is. */
function makeDraw({ lifetime }: MockParts): () => number {
  const ids = lifetime.state.store.ids.copy();
  return () => ids.fraction('exploration');
}

function openWay(base: MockParts): WorldOfWay {
  const world = openWorld(base);
  const { lifetime } = world.parts;
  return {
    mock: world.mock,
    nextRun: () => world.addRun(),
    within,
    takeTurns: (take) => {
      lifetime.turns.take = take;
    },
    end: async () => {
      try {
        // Handlers of events end their work. Rules that no request met are not a mistake of a way that broke off. A bug of the mock is thrown.
        await lifetime.endTest(true);
      } finally {
        lifetime.turns.isOver = true;
        await world.end(true);
      }
    },
  };
}
