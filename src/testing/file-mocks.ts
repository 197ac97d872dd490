import { whenFileEnds } from '../border/end-of-file';
import { engine } from '../faces/engine';
import { endImporting } from '../faces/importing';
import type { MockControl } from '../mock/create-mock';
import type { FailedTest } from '../mock/failed-test';
import { S3MockError } from '../s3-mock-error';

interface FileState {
  isCollecting(): boolean;
  isOver(): boolean;
}

/** The mocks of a test file: no request to their hosts leaves while none of them is running, and all end with the file. */
export class FileMocks {
  readonly #mocks: MockControl[] = [];
  /** A file can have hundreds of mocks in its describes, and a test uses one or two of them. */
  readonly #running = new Set<MockControl>();
  readonly #file: FileState;

  constructor(file: FileState) {
    this.#file = file;
  }

  add(control: MockControl): boolean {
    this.#mocks.push(control);
    if (this.#mocks.length > 1) return false;
    this.#hold();
    endImporting();
    return true;
  }

  start(control: MockControl): void {
    this.#running.add(control);
    control.lifetime.start();
  }

  /** The environment of a mock of the whole file stays until the calls that are on their way have read it. */
  async stop(control: MockControl, isOfFile: boolean): Promise<void> {
    this.#running.delete(control);
    control.lifetime.endRequestsOfTest();
    try {
      await control.mock.stop();
    } finally {
      if (isOfFile) control.lifetime.restoreEnvironment();
    }
  }

  explain(failed: FailedTest): string | undefined {
    // A set, since several mocks would write the same sentence about the timers.
    const texts = new Set(this.#mocks.flatMap(({ lifetime }) => lifetime.explain(failed)));
    return texts.size === 0 ? undefined : [...texts].join('\n\n');
  }

  /** The next test can fail in a beforeAll, and then no hook begins it. */
  endRequestsOfTest(): void {
    for (const { lifetime } of this.#running) lifetime.endRequestsOfTest();
  }

  lookBeforeHooks(): void {
    for (const { lifetime } of this.#mocks) lifetime.test.lookBeforeHooks();
  }

  #hold(): void {
    const whyRefused = (host: string, port: number) => {
      const isCollecting = this.#file.isCollecting();
      return this.#mocks
        .map(({ lifetime }) => lifetime.captured.whyRefused(host, port, isCollecting))
        .find((why) => why !== undefined);
    };
    const isOver = () => this.#file.isOver();
    const endGuard = engine.startHostGuard({ whyRefused, fileIsOver: isOver });
    whenFileEnds(() => {
      endGuard();
      // Only one mock of the file warns, since several mocks would write the same about its code.
      this.#mocks.some(({ lifetime }) => lifetime.warnOfUnreported());
      for (const { lifetime } of this.#mocks) lifetime.warnings.ofDoubt();
      return Promise.all(
        this.#mocks.map(({ mock, lifetime }) => mock.stop().finally(() => lifetime.restoreEnvironment())),
      );
    }, isOver);
  }
}

const setUps = { jest: 'setupFilesAfterEnv', vitest: 'setupFiles' } as const;

export function writeAroundTests(entry: string, runner: keyof typeof setUps): string {
  return (
    `${entry} was imported outside of the test files of ${runner}, as by globalSetup, an environment, a reporter or the configuration, where there are no hooks. ` +
    `Import s3-versioning-mock/${runner} in a test file, or in a file of ${setUps[runner]}. To let all processes of the tests share one mock, open a port in ` +
    'globalSetup: mockS3({ hosts: { only: [] } }) of s3-versioning-mock, and s3.listen({ env: true }).'
  );
}

export function throwInsideTest(entry: string, place: string, from: (...values: never[]) => unknown): never {
  const error = new S3MockError(
    'INSIDE_TEST',
    `mockS3() of ${entry} was called ${place}. It registers hooks, so call it at the top of a file or in a ` +
      "describe. In a test or in a hook, call mockS3 of the main entry: import { mockS3 } from 's3-versioning-mock', and stop() it when done.",
  );
  Error.captureStackTrace(error, from);
  throw error;
}
