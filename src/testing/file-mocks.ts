import { startHostGuard } from '../capture/host-guard';
import type { MockControl } from '../mock/create-mock';
import type { FailedTest } from '../mock/failed-test';
import { whenFileEnds } from './end-of-file';

/** The test file, as its runner knows it. */
export interface TestFile {
  /** Whether its tests are still collected. */
  isCollecting(): boolean;
  isOver(): boolean;
}

/** The mocks of a test file: no request to their hosts leaves while none of them is running, and all end with the file. */
export class FileMocks {
  readonly #mocks: MockControl[] = [];
  readonly #file: TestFile;

  constructor(file: TestFile) {
    this.#file = file;
  }

  /** Adds a mock; returns whether it is the first. */
  add(control: MockControl): boolean {
    this.#mocks.push(control);
    if (this.#mocks.length > 1) return false;
    this.#hold();
    return true;
  }

  /** The requests that explain a failed test, in words; undefined if no request does. */
  explain(failed: FailedTest): string | undefined {
    const texts: string[] = [];
    for (const mock of this.#mocks) {
      // Several mocks would say the same of the timers.
      const printed = [failed.printed, ...texts].join('\n');
      const text = mock.explain({ ...failed, printed });
      if (text !== undefined) texts.push(text);
    }
    return texts.length === 0 ? undefined : texts.join('\n\n');
  }

  /** The next test may fail in a beforeAll, and then no hook begins it. */
  endRequestsOfTest(): void {
    for (const mock of this.#mocks) mock.endRequestsOfTest();
  }

  /** Called when a test has failed, before the hooks after it. */
  lookAtTimers(): void {
    for (const mock of this.#mocks) mock.lookAtTimers();
  }

  #hold(): void {
    const whyRefused = (host: string, port: number) => {
      const isCollecting = this.#file.isCollecting();
      return this.#mocks.map((mock) => mock.whyRefused(host, port, isCollecting)).find((why) => why !== undefined);
    };
    const isOver = () => this.#file.isOver();
    const endGuard = startHostGuard({ whyRefused, fileIsOver: isOver });
    whenFileEnds(() => {
      endGuard();
      for (const mock of this.#mocks) mock.restoreEnvironment();
      return Promise.all(this.#mocks.map((mock) => mock.stop()));
    }, isOver);
  }
}
