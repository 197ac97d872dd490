import { isThrownByTest } from '../service/failures/thrown-by-test';
import { isOfRules } from './rules-of-test';

/** The most bugs that are kept for a test: the first ones say what is wrong, and it can take long until a reset. */
const KEPT = 100;

/** What went wrong in the background of a test, where nothing that the test called could throw it. */
export class BackgroundErrors {
  #bugs: unknown[] = [];

  add(bug: unknown): void {
    if (this.#bugs.length < KEPT) this.#bugs.push(bug);
  }

  /** Throws a single error as it is, several as an AggregateError. `ofHandlers` is what handlers of events threw, if they failed. */
  throwAll(ofHandlers: unknown): void {
    const bugs = this.#bugs.splice(0);
    const errors = ofHandlers === undefined ? bugs : [...bugs, ofHandlers];
    if (errors.length === 0) return;
    if (errors.length === 1) throw errors[0];
    throw new AggregateError(errors, writeSeveral(bugs, ofHandlers));
  }
}

function writeSeveral(bugs: readonly unknown[], ofHandlers: unknown): string {
  if (bugs.every(isOfRules)) {
    const texts = bugs.map(({ message }) => message).join('\n\n');
    return ofHandlers === undefined ? texts : `${texts}\n\nHandlers failed, too.`;
  }
  const several = bugs.length === 1 ? 'once' : 'several times';
  const met = bugs.every(isThrownByTest)
    ? `what the test gave to s3.on threw ${several}`
    : `s3-versioning-mock met ${bugs.length === 1 ? 'a bug' : 'several bugs'} of its own`;
  return ofHandlers === undefined ? met : `${met}, and handlers failed`;
}
