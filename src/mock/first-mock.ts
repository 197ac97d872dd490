// Loaded with the entry: before it creates the first mock a test may fake timers, or mock the file system, in which the package of the tree is.
import '../journal/real-timers';
import '../model/ordered-tree';
import { lazily } from '../text/lazily';

/**
 * The code of a mock, about 0.8 MB, which is loaded with the first mock of a process or test file, or with the first function that needs it: a test file
 * that imports an entry, as a setup file does for all of a suite, pays for it only if it creates a mock (decision 40).
 */
export const mockParts = lazily(() => require('./mock-parts') as typeof import('./mock-parts')); // what the path leads to
