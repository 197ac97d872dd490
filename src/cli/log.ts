import { clearImmediate, setImmediate } from 'node:timers';
import { styleText } from 'node:util';
import type { RequestEntry } from '../journal/entry';
import { requestLiteral, type TellReason, traceRequest } from '../journal/entry-text';
import { traceServiceAction } from '../journal/service-actions';
import { writeOtherProtocol } from '../mock/ports';
import type { Trace } from '../mock/trace';
import type { ServiceAction } from '../model/schedule/service-action';

/** Characters that are written without waiting for more. */
const limit = 65_536;

/**
 * The lines of a command that serves. A process waits while a line is written to a pipe or a file, about as long as the rest of a request
 * takes outside of the mock. So the lines of one turn of the event loop, in which many requests can be answered, are written together and
 * in their order.
 */
export class Log {
  readonly #write: (text: string) => void;
  #text = '';
  #turn: NodeJS.Immediate | undefined;
  #mayEnd = false;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  print(line: string): void {
    this.#text += `${line}\n`;
    if (this.#mayEnd || this.#text.length >= limit) this.flush();
    else this.#turn ??= setImmediate(() => this.flush());
  }

  /** Writes what has been printed, at once. */
  flush(): void {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    const text = this.#text;
    this.#text = '';
    if (text !== '') this.#write(text);
  }

  /** Writes each line at once from now on, since a signal can end the process before the turn is over. */
  prepareForEnd(): void {
    this.#mayEnd = true;
    this.flush();
  }
}

const cureOfFlags = '--tls-cert and --tls-key';

/** How a command that serves writes its lines. */
export interface LineForm {
  readonly isJson: boolean;
  readonly isColoured: boolean;
  readonly tell: TellReason;
}

/** Prints a line for each request, and for what S3 does by itself. */
export function traceLines(print: (line: string) => void, { isJson, isColoured, tell }: LineForm): Trace {
  if (isJson)
    return {
      request: (entry) => print(JSON.stringify(requestRecord(entry, tell))),
      action: (action) => print(JSON.stringify(actionRecord(action))),
      otherProtocol: (protocol, url) => print(JSON.stringify({ note: writeOtherProtocol(protocol, url, cureOfFlags) })),
    };
  const colour = isColoured ? colourStatus : (line: string) => line;
  return {
    request: (entry) => print(`${timeOf(entry.time)}  ${colour(traceRequest(entry, tell), entry.status)}`),
    action: (action) => print(traceServiceAction(action)),
    otherProtocol: (protocol, url) => print(writeOtherProtocol(protocol, url, cureOfFlags)),
  };
}

/** By the clock of the mock, as the requests on a failed test's screen. */
function timeOf(time: Date): string {
  return time.toISOString().slice(11, 23);
}

function colourStatus(line: string, status: number): string {
  const colour = status >= 500 || status === 0 ? 'red' : status >= 400 ? 'yellow' : 'green';
  return line.replace(/^(?:\d{3}|no answer)/, (text) => styleText(colour, text));
}

function requestRecord(entry: RequestEntry, tell: TellReason): object {
  const { operation, input, ...answer } = requestLiteral(entry);
  const { bucket, key, versionId } = entry;
  return { time: entry.time, operation, bucket, key, versionId, input, ...answer, why: tell(entry) };
}

function actionRecord({ at, ...action }: ServiceAction): object {
  return { time: at, ...action };
}
