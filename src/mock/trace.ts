import type { TestFile } from '../test-file';
import { invalidValue } from '../text/invalid-value';
import type { MockS3Options } from './options';

/** The function that prints the lines of a mock's trace; undefined if neither the option nor the environment asks for one. */
export function findTrace({ trace }: MockS3Options, file: TestFile): ((line: string) => void) | undefined {
  const isOn = trace ?? readVariable(file.process.env['S3_MOCK_TRACE']);
  return isOn ? (line) => withoutFrames(() => file.print(line)) : undefined;
}

function readVariable(value = ''): boolean {
  if (['1', 'true'].includes(value)) return true;
  if (['', '0', 'false'].includes(value)) return false;
  throw invalidValue('mockS3', 'S3_MOCK_TRACE', value, '1 or 0 in the environment, or none');
}

/** jest shows below each line where it was printed, which is a place in this package. Its console has the errors of the context of the engine. */
function withoutFrames(print: () => void): void {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    print();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
