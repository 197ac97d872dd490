import { costOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';

/** `require` of the main entry in a new process, in milliseconds of the processor. */
export async function measure() {
  return { main: await costOf(loadLibrary) };
}
