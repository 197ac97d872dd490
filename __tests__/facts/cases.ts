import { subjects } from '../../specification/cases';
import { listCases } from '../../src/facts/run';

/** The cases of the specification. */
export const cases = listCases(subjects);
