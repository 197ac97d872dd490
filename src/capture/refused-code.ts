import { startHostGuard } from './host-guard';
import type { Hosts } from './hosts';
import { presentRun } from './runs';
import type { StartedCode } from './started-code';

/** Code that goes on long after its mock has stopped, and the hosts that it must not reach. */
interface RefusedCode {
  readonly started: StartedCode;
  readonly hosts: Pick<Hosts, 'endpointOf'>;
}

const refused = new Set<RefusedCode>();
/** One guard refuses all such code of the process: a function of a test can hang for ever, and a mock or a test file must not stay in memory for it. */
let endGuard: (() => void) | undefined;

export function refuseCode(code: RefusedCode): void {
  if (code.started.isOver) return;
  refused.add(code);
  endGuard ??= startHostGuard({ whyRefused, fileIsOver: () => false, testFile: { global: globalThis, process } });
  code.started.afterLast(() => {
    refused.delete(code);
    if (refused.size > 0) return;
    endGuard?.();
    endGuard = undefined;
  });
}

function whyRefused(host: string, port: number): string | undefined {
  const run = presentRun();
  if (run === undefined) return undefined;
  const isRefused = [...refused].some(({ started, hosts }) => started.has(run) && hosts.endpointOf(host, port));
  return isRefused ? 'the mock that started this code was stopped' : undefined;
}
