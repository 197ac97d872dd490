import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { watchMadeRequests } from '../capture/index';
import type { MockOfTests, TestTeller, ToldResult, TriedMock, TriedSuite } from '../mock/tried-suite';
import type { TestFile } from '../test-file';
import { isOwnFrame, readPlace } from '../text/frames';
import { TELLER_OF_PROCESS } from '../tried-tests';
import { type FileNotes, MockRecorder, type Sending } from './mock-recorder';
import { keyOf, type Note, type Plan } from './notes';

/** The file of a folder that says what a pass does. A plain run has none. */
export const PLAN_FILE = 'plan.json';

/** A function as a runner's `sender` returns it, which also says where the request comes from. */
export interface TriedSender {
  (): unknown;
  readonly sending: Sending;
}

let filesOfProcess = 0;

/** Opens the notes of a test file. Each file has its own, since test files run in several processes and threads. */
export function openSuite(folder: string, file: TestFile): TriedSuite {
  filesOfProcess += 1;
  const notes = path.join(folder, `${process.pid}-${threadId()}-${filesOfProcess}.jsonl`);
  const write = appendFileSync;
  const plan = readPlan(folder);
  const suite = new Suite(file, plan, (note) => write(notes, `${JSON.stringify(note)}\n`));
  return { join: (mock) => suite.join(mock) };
}

function threadId(): number {
  return (process.getBuiltinModule('node:worker_threads') as typeof import('node:worker_threads')).threadId;
}

function readPlan(folder: string): Plan | undefined {
  try {
    return JSON.parse(readFileSync(path.join(folder, PLAN_FILE), 'utf8')) as Plan; // written by the command
  } catch {
    return undefined;
  }
}

/** The tests of a file, and its mocks. */
class Suite implements FileNotes {
  readonly #file: TestFile;
  readonly plan: Plan | undefined;
  readonly write: (note: Note) => void;
  readonly #sent = new WeakMap<object, Sending>();
  readonly #written = new Set<string>();
  #mocks = 0;
  #running = 0;
  #endWatch = () => {};
  #teller: TestTeller | undefined;

  constructor(file: TestFile, plan: Plan | undefined, write: (note: Note) => void) {
    this.#file = file;
    this.plan = plan;
    this.write = write;
  }

  join(mock: MockOfTests): TriedMock {
    const number = this.#mocks;
    this.#mocks += 1;
    if (this.#running === 0) this.#endWatch = watchMadeRequests((request) => this.#noteSending(mock, request));
    this.#running += 1;
    const recorder = new MockRecorder(this, mock, number);
    let isStopped = false;
    return {
      findSender: (known, request) => this.#findSender(mock, known, request),
      take: (request) => recorder.take(request),
      endTest: () => recorder.endTest(),
      noteWorld: () => recorder.noteWorld(),
      stop: () => {
        recorder.stop();
        this.#writeResults();
        if (isStopped) return;
        isStopped = true;
        this.#running -= 1;
        if (this.#running === 0) this.#endWatch();
      },
    };
  }

  findTeller(mock: MockOfTests): TestTeller | undefined {
    const ofProcess = (this.#file.global as { readonly [TELLER_OF_PROCESS]?: TestTeller })[TELLER_OF_PROCESS];
    // The mocks of a runner's entry stop when its tests are over. A mock of the main entry may never stop.
    if (ofProcess !== undefined && this.#teller === undefined) process.once('exit', this.#writeResults);
    this.#teller = mock.findTeller() ?? ofProcess ?? this.#teller;
    return this.#teller;
  }

  #noteSending(mock: MockOfTests, request: object): void {
    const sending = this.#tell(this.findTeller(mock));
    if (sending !== undefined) this.#sent.set(request, sending);
  }

  #tell(teller: TestTeller | undefined): Sending | undefined {
    if (teller === undefined) return undefined;
    // A stack takes time, and only the plain runs need the line.
    return { test: teller.test(), line: this.plan === undefined ? findSendingLine(teller.stack()) : undefined };
  }

  /** A delivery of events stays what it is: the mock knows by it who sends the requests of a handler. */
  #findSender(mock: MockOfTests, known: object | undefined, request: object | undefined): object | undefined {
    if (known !== undefined && typeof known !== 'function') return known;
    const noted = request && this.#sent.get(request);
    const sending = noted ?? this.#tell(this.findTeller(mock));
    if (sending === undefined) return known;
    return Object.assign(() => (known as (() => unknown) | undefined)?.(), { sending }); // a function, as checked above
  }

  readonly #writeResults = (): void => {
    for (const result of this.#teller?.results() ?? []) this.#writeResult(result);
  };

  #writeResult(result: ToldResult): void {
    const key = keyOf(result);
    if (this.#written.has(key)) return;
    this.#written.add(key);
    this.write({ type: 'result', ...result });
  }
}

/** Returns the line of the code that sent a request: the innermost frame that is neither Node's, nor of a package. */
function findSendingLine(stack: string): string | undefined {
  for (const frame of stack.split('\n').slice(1)) {
    if (isOwnFrame(frame)) continue;
    const place = readPlace(frame);
    if (place === undefined || /^node:|[\\/]node_modules[\\/]/.test(place)) continue;
    return place.replace(/:\d+$/, '');
  }
  return undefined;
}
