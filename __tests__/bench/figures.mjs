const ways = ['alone', 'aloneByHttp', 'localhost', 'library'];
const waysOfCalls = [...ways, 'clientHttp'];
const sizes = [1_000, 10_000, 100_000, 1_000_000].map(String);
const stores = ['library 100', 's3rver 100', 'library 300', 's3rver 300', 'library 1000', 's3rver 1000'];
const ages = ['library 0', 'localhost 0', 'library 100', 'localhost 100', 'library 380', 'localhost 380'];
const suites = ['clientMock', 'localhost', 'library', 'nock'];
const compared = ['library'];

/**
 * The figures: their subjects, the number of rounds, and the subjects that are also measured with the older programs. `figure` is the file
 * that measures, if it has another name, and `runner` the test runner in whose test file it runs, or which runs its suite.
 */
export const figures = {
  calls: { subjects: waysOfCalls, rounds: 5, compared },
  callsInJest: { figure: 'calls', runner: 'jest', subjects: waysOfCalls, rounds: 5, compared },
  callsInVitest: { figure: 'calls', runner: 'vitest', subjects: waysOfCalls, rounds: 5, compared },
  nock: { figure: 'calls', subjects: ['nock'], rounds: 2 },
  touches: { subjects: ['library'], rounds: 5, compared },
  touchesInJest: { figure: 'touches', runner: 'jest', subjects: ['library'], rounds: 5, compared },
  touchesInVitest: { figure: 'touches', runner: 'vitest', subjects: ['library'], rounds: 5, compared },
  uploads: { subjects: [...ways, 'localhostHashing'], rounds: 5, compared },
  connections: { subjects: ['localhost', 'library'], rounds: 5, compared },
  served: { subjects: ['canned', 'library'], rounds: 5, compared },
  aged: { subjects: ages, rounds: 5 },
  requests: { subjects: ['library'], rounds: 5, compared },
  memory: { subjects: ['library'], rounds: 5, compared },
  loading: { subjects: ['library'], rounds: 15, compared },
  suite: { subjects: suites, rounds: 7, compared },
  suiteInJest29: { figure: 'suite', runner: 'jest 29', subjects: suites, rounds: 7, compared },
  suiteInVmThreads: { figure: 'suite', runner: 'vmThreads', subjects: suites, rounds: 7, compared },
  suiteInThreads: { figure: 'suite', runner: 'threads', subjects: suites, rounds: 7, compared },
  jest: { subjects: ['empty', 'entry', 'mock'], rounds: 5, compared: ['entry', 'mock'] },
  versions: { subjects: sizes, rounds: 1 },
  lifecycle: { subjects: ['10000'], rounds: 5, compared: ['10000'] },
  lifecycleBySize: { figure: 'lifecycle', subjects: sizes, rounds: 1 },
  replication: { subjects: ['library'], rounds: 5, compared },
  copies: { subjects: sizes.slice(0, 3), rounds: 3 },
  buckets: { subjects: ['100', '10000'], rounds: 5, compared: ['10000'] },
  markers: { subjects: ['1000', '100000'], rounds: 5, compared: ['100000'] },
  journal: { subjects: ['library'], rounds: 5, compared },
  large: { subjects: ['library'], rounds: 5, compared },
  largeInJest: { figure: 'large', runner: 'jest', subjects: ['library'], rounds: 5, compared },
  transfers: { subjects: ['library'], rounds: 5, compared },
  streams: { subjects: ['localhost', 'library'], rounds: 5, compared },
  objects: { subjects: stores, rounds: 2 },
};
