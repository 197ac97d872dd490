const ways = ['alone', 'aloneByHttp', 'localhost', 'library'];
const waysOfCalls = [...ways, 'clientHttp'];
const sizes = [1_000, 10_000, 100_000, 1_000_000].map(String);
const stores = ['library 100', 's3rver 100', 'library 1000', 's3rver 1000'];
const ages = ['library 0', 'localhost 0', 'library 100', 'localhost 100', 'library 380', 'localhost 380'];
const mocks = ['clientMock', 'localhost', 'library', 'nock', 'msw', 's3rver'];
const someMocks = ['clientMock', 'localhost', 'library', 'nock'];

/**
 * The figures, with their subjects and the number of rounds. `figure` is the file that measures, if it has another name, and `runner` the
 * test runner in whose test file it runs, or which runs its suite. All of them take 25 minutes at most on two quiet cores.
 */
export const figures = {
  suite: { subjects: mocks, rounds: 7 },
  suiteInJest29: { figure: 'suite', runner: 'jest 29', subjects: someMocks, rounds: 3 },
  suiteInThreads: { figure: 'suite', runner: 'threads', subjects: someMocks, rounds: 3 },
  suiteInVmThreads: { figure: 'suite', runner: 'vmThreads', subjects: someMocks, rounds: 3 },
  suiteInForks: { figure: 'suite', runner: 'forks', subjects: someMocks, rounds: 3 },
  jest: { subjects: ['empty', 'entry', 'mock'], rounds: 5 },
  calls: { subjects: waysOfCalls, rounds: 5 },
  callsInJest: { figure: 'calls', runner: 'jest', subjects: waysOfCalls, rounds: 3 },
  callsInVitest: { figure: 'calls', runner: 'vitest', subjects: waysOfCalls, rounds: 3 },
  touches: { subjects: ['library'], rounds: 3 },
  touchesInJest: { figure: 'touches', runner: 'jest', subjects: ['library'], rounds: 3 },
  touchesInVitest: { figure: 'touches', runner: 'vitest', subjects: ['library'], rounds: 3 },
  memory: { subjects: ['library'], rounds: 3 },
  served: { subjects: ['canned', 'library'], rounds: 3 },
  loading: { subjects: ['library'], rounds: 7 },
  lifecycle: { subjects: ['10000'], rounds: 3 },
  markers: { subjects: ['1000', '100000'], rounds: 3 },
  journal: { subjects: ['library'], rounds: 3 },
  large: { subjects: ['library'], rounds: 3 },
  largeInJest: { figure: 'large', runner: 'jest', subjects: ['library'], rounds: 3 },
  uploads: { subjects: [...ways, 'localhostHashing'], rounds: 3 },
  transfers: { subjects: ['library'], rounds: 3 },
  streams: { subjects: ['localhost', 'library'], rounds: 3 },
  connections: { subjects: ['localhost', 'library'], rounds: 3 },
  aged: { subjects: ages, rounds: 1 },
  versions: { subjects: sizes, rounds: 1 },
  lifecycleBySize: { figure: 'lifecycle', subjects: sizes, rounds: 1 },
  replication: { subjects: ['library'], rounds: 3 },
  copies: { subjects: sizes.slice(0, 3), rounds: 1 },
  buckets: { subjects: ['100', '10000'], rounds: 3 },
  objects: { subjects: stores, rounds: 1 },
};
