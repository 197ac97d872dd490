import type { ExplorationResult } from '../mock/exploration';
import type { Exploration, MockParts } from '../mock/mock-s3';
import { operationTraits } from '../mock/state';
import type { Undertaking } from '../mock/undertaking';
import { nextMoment } from '../model/schedule/next-moment';
import { explore } from './explore';
import { checkCanFork } from './fork';
import type { WorldOfWay } from './way-run';
import { openWorld } from './world';

/** Explores in worlds of the state at this moment, which later requests to the mock itself do not change. */
export async function exploreWorlds(outer: MockParts, exploration: Exploration): Promise<ExplorationResult> {
  checkCanFork(outer, 's3.explore');
  const undertaking = outer.lifetime.undertake('s3.explore');
  const base = openWorld(outer, undertaking);
  try {
    return await explore(
      {
        openWorld: () => openWay(base.parts, undertaking),
        undertaking,
        traits: operationTraits,
        readFilter: (operation, input) => outer.lifetime.state.readFilter('s3.explore', operation, input),
        draw: makeDraw(outer),
        timeLeft: () => outer.lifetime.timeLeft(),
      },
      exploration,
    );
  } catch (error) {
    throw undertaking.error ?? error;
  } finally {
    undertaking.done();
    await base.end(true);
  }
}

/** The mock's own sequence stays where it is. */
function makeDraw({ lifetime }: MockParts): () => number {
  const ids = lifetime.state.store.ids.copy();
  return () => ids.fraction('exploration');
}

function openWay(base: MockParts, undertaking: Undertaking): WorldOfWay {
  const world = openWorld(base, undertaking);
  const { lifetime } = world.parts;
  return {
    mock: world.mock,
    nextRun: () => world.addRun(),
    isDelivering: () => lifetime.state.deliveries.isBusy,
    nextMoment: () => nextMoment(lifetime.state.store),
    observe: (onTouch) => lifetime.state.store.observe(onTouch),
    takeTurns: (take) => {
      lifetime.turns.take = take;
    },
    end: async () => {
      // The code that is under way is answered from the state as it is.
      if (undertaking.error !== undefined) {
        lifetime.interrupt('the exploration ended');
        await world.end(true);
        return;
      }
      undertaking.giveUp(world.run);
      try {
        // Handlers of events end their work. Rules that no request met are not a mistake of a way that broke off. A bug of the mock is thrown.
        await lifetime.endTest(true);
      } finally {
        lifetime.turns.isOver = undertaking.error === undefined;
        await world.end(true);
      }
    },
  };
}
