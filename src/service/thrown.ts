import { S3Error } from '../refusals';

/** The refusal that was thrown. What is not one is a bug of the mock, which answers as such. */
export function refusalForThrown(thrown: unknown, onBug: (bug: unknown) => void): S3Error {
  if (thrown instanceof S3Error) return thrown;
  onBug(thrown);
  const problem = thrown instanceof Error ? thrown.message : String(thrown);
  return new S3Error('MockInternalError', { problem }, thrown instanceof Error ? thrown.stack : problem);
}
