import { whenFileEnds } from '../border/end-of-file';
import { engine } from '../faces/engine';
import { endImporting } from '../faces/importing';
import type { MockControl } from '../mock/create-mock';
import type { FailedTest } from '../mock/failed-test';
import type { Rewrite } from '../mock/late-calls';
import { S3MockError } from '../s3-mock-error';

/** The failed tests of a file that wait for a request: where all tests fail, a wait in each would make the file slow. */
const mostWaits = 3;

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
  #waits = 0;

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

  /**
   * Waits for a moment whether requests come that a failed assertion of the library has missed, and returns what rewrites its texts. Returns undefined
   * at once if the assertion had requests, or if no request can come.
   */
  findLateCall(messages: readonly string[]): Promise<Rewrite | undefined> | undefined {
    if (this.#waits === mostWaits) return undefined;
    const coming = this.#mocks.flatMap(({ lifetime }) => lifetime.findLateCall(messages) ?? []);
    if (coming.length === 0) return undefined;
    this.#waits += 1;
    return Promise.all(coming).then((found) => found.find((one) => one !== undefined));
  }

  explainLate(test: string, message: string): string | undefined {
    const texts = this.#mocks.map(({ lifetime }) => lifetime.explainLate(test, message));
    return texts.find((text) => text !== undefined);
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
    `mockS3() of ${entry} was called ${place}. It registers hooks, and resets the buckets before each test, so it needs no beforeEach: ` +
      'write const s3 = mockS3({ ... }) at the top of the file or in a describe. For a mock of one test, or of a hook of your own, write ' +
      `import { mockS3 } from 's3-versioning-mock', which has no hooks: call s3.stop() in afterEach, and write import '${entry}' for the matchers.`,
  );
  Error.captureStackTrace(error, from);
  throw error;
}
