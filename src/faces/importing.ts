import { whenFileEnds } from '../border/end-of-file';
import { findImportPhase, type ImportPhase } from '../border/importing';
import { watchTestFile } from '../border/this-test-file';
import { engine } from './engine';

let end: (() => void) | undefined;

/**
 * From the import of an entry to the first mock of the file, refuses the requests of modules that call S3 while the test file imports them: they
 * would reach the real S3. Tests without a mock can call it.
 */
export function refuseWhileImporting(phase: ImportPhase | undefined = findImportPhase()): void {
  if (phase === undefined) return;
  const fileIsOver = watchTestFile();
  const why =
    'S3 was called while the file was importing its modules, before mockS3() was called: ' +
    `call mockS3() in ${phase.setUp}, or import the module in the test (await import)`;
  const endGuard = engine.startImportGuard(() => (fileIsOver() || phase.isOver() ? undefined : why), fileIsOver);
  end = () => {
    end = undefined;
    endGuard();
  };
  whenFileEnds(() => end?.(), fileIsOver);
}

/** Called when a mock of the file answers the hosts, or refuses them itself. */
export function endImporting(): void {
  end?.();
}
