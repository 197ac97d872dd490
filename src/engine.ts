import path from 'node:path';
import { type HostGuardOptions, makeIsAnswered, prepareCapture, startHostGuard } from './capture/host-guard';
import { lateProgram } from './late-program';
import { matcherFunctions } from './matchers/index';
import { createMock, type MockControl } from './mock/create-mock';
import { MockS3, type OpenDoor, type Worlds } from './mock/mock-s3';
import type { MockS3Options } from './mock/options';
import { type DirectoryOptions, fromDirectory } from './preset/directory-import';
import { fromListing, type VersionListing } from './preset/listing-import';
import type { ObjectFixtures } from './preset/object-fixtures';
import type { CallSite, TestFile } from './test-file';
import { writeGiven } from './text/values';
import { TRIED_FOLDER } from './tried-tests';

/** The functions of the engine that the entry points call. The entry points belong to a test file, the engine to the process. */
export interface Engine {
  readonly MockS3: typeof MockS3;
  readonly matchers: typeof matcherFunctions;
  createMock(options: MockS3Options | undefined, findCallSite: () => CallSite): MockControl;
  fromDirectory(folder: string | URL, options?: DirectoryOptions): ObjectFixtures;
  fromListing(listing: VersionListing): ObjectFixtures;
  startHostGuard(options: Omit<HostGuardOptions, 'testFile'>): () => void;
  /** Refuses, as long as `why` returns a sentence, the requests that a mock without options would answer. Returns the end of it. */
  startImportGuard(why: () => string | undefined, fileIsOver: () => boolean): () => void;
  /** Writes any value of a test as text. The value does not cross the border for this. */
  readonly writeGiven: typeof writeGiven;
}

/** Opens the door for the first request that comes to it: most mocks are never served. */
const openDoor: OpenDoor = async (served, options, base) =>
  (require('./door/index') as typeof import('./door/index')).openDoor(served, options, base); // what the path leads to

/** Loads the room of worlds for the first test that forks or explores. */
const loadWorlds = () => require('./worlds/index') as typeof import('./worlds/index'); // what the path leads to

/** Loads the room of screens for the first test that fails. */
const loadScreens = lateProgram(
  path.join(__dirname, 'screen', 'index.js'),
  () => require('./screen/index') as typeof import('./screen/index'), // what the path leads to
);

/** Loads the room of tried suites if the command `try` runs this process. */
const openSuite = (file: TestFile) => {
  const folder = file.process.env[TRIED_FOLDER];
  return folder === undefined
    ? undefined
    : (require('./tried/index') as typeof import('./tried/index')).openSuite(folder, file); // what the path leads to
};

const worlds: Worlds = {
  fork: (outer, run) => loadWorlds().fork(outer, run),
  explore: (outer, exploration) => loadWorlds().explore(outer, exploration),
};

export function open(file: TestFile): Engine {
  prepareCapture(file);
  const suite = openSuite(file);
  return {
    MockS3,
    matchers: matcherFunctions,
    createMock: (options, findCallSite) =>
      createMock(file, options, findCallSite, { openDoor, worlds, loadScreens, suite }),
    fromDirectory,
    fromListing,
    startHostGuard: (options) => startHostGuard({ ...options, testFile: file }),
    startImportGuard: (why, fileIsOver) => {
      const isAnswered = makeIsAnswered();
      const whyRefused = (host: string, port: number) => (isAnswered(host, port) ? why() : undefined);
      return startHostGuard({ whyRefused, fileIsOver, testFile: file });
    },
    writeGiven,
  };
}

export { crossBorder } from './border/border';
