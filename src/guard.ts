import { hostKinds, startHostGuard } from './capture/host-guard';
import type { TestFile } from './test-file';

/** The part of the engine that refuses calls while no mock is running. A suite may load it for each of its files, most of which make no mock. */
export interface GuardEngine {
  /** Fails from now on connections to the hosts of S3 that no mock answers. Returns a function that ends the guard. */
  startGuard(why: string, fileIsOver: () => boolean): () => void;
}

export function open(testFile: TestFile): GuardEngine {
  const findKind = hostKinds();
  return {
    startGuard: (why, fileIsOver) => {
      const whyRefused = (host: string, port: number) => (findKind(host, port) === undefined ? undefined : why);
      return startHostGuard({ whyRefused, fileIsOver, testFile });
    },
  };
}

export { crossBorder } from './border/border';
