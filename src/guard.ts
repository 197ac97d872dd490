import { hostKinds, prepareCapture, startHostGuard } from './capture/host-guard';
import type { TestFile } from './test-file';

/** A suite can load it for each of its files, and most of them make no mock. */
export interface GuardEngine {
  startGuard(why: string, fileIsOver: () => boolean): () => void;
}

export function open(testFile: TestFile): GuardEngine {
  prepareCapture(testFile);
  const findKind = hostKinds();
  return {
    startGuard: (why, fileIsOver) => {
      const whyRefused = (host: string, port: number) => (findKind(host, port) === undefined ? undefined : why);
      return startHostGuard({ whyRefused, fileIsOver, testFile });
    },
  };
}

export { crossBorder } from './border/border';
