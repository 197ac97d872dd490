import type { OtherProtocol } from '../capture/index';
import type { RequestEntry } from '../journal/entry';
import { traceRequest } from '../journal/entry-text';
import { traceServiceAction } from '../journal/service-actions';
import type { ServiceAction } from '../model/schedule/service-action';
import type { TestFile } from '../test-file';
import { invalidValue } from '../text/invalid-value';
import type { MockS3Options } from './options';

/** Is told of each request after its answer, and of what S3 does by itself. */
export interface Trace {
  readonly request: (entry: RequestEntry) => void;
  readonly action: (action: ServiceAction) => void;
  /** Told of a client that speaks TLS to a port without TLS, or the reverse. */
  readonly otherProtocol?: (protocol: OtherProtocol, url: string) => void;
}

export function findTrace({ trace }: MockS3Options, file: TestFile): Trace | undefined {
  const isOn = trace ?? readVariable(file.process.env['S3_MOCK_TRACE']);
  if (!isOn) return undefined;
  const print = (line: string) => withoutFrames(() => file.print(line));
  return {
    request: (entry) => print(traceRequest(entry)),
    action: (action) => print(traceServiceAction(action)),
  };
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
