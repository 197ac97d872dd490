import net from 'node:net';
import { join } from 'node:path';
import { TestEnvironment } from 'jest-environment-node';
import { root } from '../house/files';
import { compiledFolder } from './sources/compiled';
import { Scripts } from './sources/scripts';

/** Of the run: in watch mode, a process may have several. */
let scripts: Scripts | undefined;

// A worker with many test files takes longer to free its memory than the half second that jest waits for its end. jest then kills it, and warns of open
// handles, although there are none. `process.exit` leaves the memory to the system.
if (process.send !== undefined) process.on('exit', () => process.exit());

/** Jest's environment for Node. `src` and the compiler are compiled once for all files of a process, and each file evaluates its own modules of src (decision 33). */
export default class extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    const context = this.getVmContext();
    if (context === null) return;
    const folder = compiledFolder();
    if (scripts?.folder !== folder) scripts = new Scripts(join(root, 'src'), folder);
    const shared = { sources: scripts.modulesIn(context), typescript: () => require('typescript') };
    Object.defineProperty(this.global, Symbol.for('s3-versioning-mock: shared'), { value: shared });
  }

  override async teardown(): Promise<void> {
    await super.teardown();
    const left = stopLeftMocks();
    // A later file of this process may expect that nothing answers before its own mock starts. Which file follows depends on the time that each takes.
    if (left.length > 0) process.emitWarning(`a test file left its mocks running: ${left.join(', ')}`);
  }
}

/** A capture in the registry of `src/capture/registry.ts`, which only a test file can import. */
interface LeftCapture {
  readonly callSite: string;
  isEnding(): boolean;
  stop(): void;
}

function stopLeftMocks(): readonly string[] {
  const registry: { readonly captures: readonly LeftCapture[] } | undefined = Reflect.get(
    net.Socket,
    Symbol.for('s3-versioning-mock.captures.v1'),
  );
  // A mock that is ending answers nothing new.
  const left = (registry?.captures ?? []).filter((capture) => !capture.isEnding());
  for (const capture of left) capture.stop();
  return left.map(({ callSite }) => callSite);
}
