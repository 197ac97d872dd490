import { mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import type { MockControl } from '../../src/mock/create-mock';
import { scenes } from './scenes';

export interface OpenScene {
  readonly control: MockControl;
  readonly close: () => Promise<void>;
}

/** Plays a scene within a test of a runner that is still running. */
export async function openScene(title: string, count: number): Promise<OpenScene> {
  const scene = scenes[title];
  if (scene === undefined) throw new Error(`there is no scene ${title}`);
  const control = createMock(scene.options(count), mockS3);
  control.lifetime.start();
  control.lifetime.beginTest();
  await scene.play(control.mock, count);
  return {
    control,
    close: async () => {
      await control.mock.stop();
      control.lifetime.restoreEnvironment();
    },
  };
}
