import { S3Error } from '../refusals';
import { suggestion } from '../text/spelling';

/** The refusal of a LocationConstraint that is not one of the service's; its reason names the one that is spelled most nearly like it. */
export function refusalForUnknownLocation(constraint: string, known: readonly string[]): S3Error {
  const refusal = new S3Error('LocationConstraintInvalid', { LocationConstraint: constraint });
  const hint = suggestion(constraint, known, 1);
  return hint === undefined ? refusal : refusal.because(`LocationConstraint is '${constraint}'. ${hint}`);
}
