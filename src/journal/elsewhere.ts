import { counted } from '../text/counts';

const NAMED = 5;
/** More hosts than a test connects to; the others are only counted. */
const REMEMBERED = 50;

/** The traffic that the mock did not answer since the journal was cleared: connections to other hosts, and requests of before that. */
export class Elsewhere {
  readonly #passed = new HostCounts();
  readonly #refused = new HostCounts();
  #late = 0;
  #lastLate = '';
  /** The host of the last connection, with its port, except for those at which SDKs look for credentials. */
  #last: string | undefined;

  /** Adds a connection to a host that is not the mock's; the mock let it pass, or its guard refused it. */
  addConnection(host: string, port: number, isRefused: boolean): void {
    const name = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    (isRefused ? this.#refused : this.#passed).add(name);
    if (!metadataHost.test(host)) this.#last = name;
  }

  /** The last host that code may take for S3, as the option `hosts` names it; undefined if nothing was called. */
  seenHost(): string | undefined {
    return this.#last;
  }

  /** Adds a request that began before the reset, and was refused. */
  addLate(request: string): void {
    this.#late += 1;
    this.#lastLate = request;
  }

  clear(): void {
    this.#passed.clear();
    this.#refused.clear();
    this.#late = 0;
    this.#last = undefined;
  }

  /** A line for each kind that there was. */
  lines(): readonly string[] {
    const lines = [
      line('The mock let connections to other hosts pass:', this.#passed),
      line('The guard of the mock refused connections:', this.#refused),
      this.lateLine(),
    ];
    return lines.filter((one) => one !== undefined);
  }

  /** The line about the requests that began before the reset; undefined if no such request came. */
  lateLine(): string | undefined {
    if (this.#late === 0) return undefined;
    return `${counted(this.#late, 'request')} began before the mock was reset, in an earlier test perhaps, and got S3MockReset; the last was ${this.#lastLate}.`;
  }
}

/** The addresses at which EC2, ECS and EKS give SDKs their credentials. */
const metadataHost = /^(?:169\.254\.1[67]|fd00:ec2:)/;

const connectionFailed = /\bE(?:CONNREFUSED|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH|TIMEDOUT)\b/;

/** The connections that the mock did not answer, in words, below the error of a connection; undefined if the error is another, or has them. */
export function writeUnanswered(elsewhere: Elsewhere, printed: string): string | undefined {
  const lines = elsewhere.lines();
  if (
    !connectionFailed.test(printed) ||
    printed.includes('refused by the S3 mock') ||
    lines.length === 0 ||
    lines.some((one) => printed.includes(one))
  )
    return undefined;
  const seen = elsewhere.seenHost();
  const cure = seen && `If ${seen} is the endpoint of S3 for your code, name it: mockS3({ hosts: ['${seen}'] }).`;
  return [...lines, cure].filter((part) => part !== undefined).join('\n');
}

/** The requests that began before the reset, with the cure, in words; undefined if no such request came, or if one of the texts has them. */
export function writeLate(elsewhere: Elsewhere, ...printed: readonly (string | undefined)[]): string | undefined {
  const line = elsewhere.lateLine();
  if (line === undefined || printed.some((text) => text?.includes(line))) return undefined;
  return `${line} Await the code in the test that calls it.`;
}

function line(introduction: string, hosts: HostCounts): string | undefined {
  return hosts.isEmpty ? undefined : `${introduction} ${hosts.text()}.`;
}

/** The number of connections to each host and port, for a limited number of hosts. */
class HostCounts {
  readonly #counts = new Map<string, number>();
  #others = 0;

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  add(name: string): void {
    const count = this.#counts.get(name) ?? 0;
    if (count === 0 && this.#counts.size >= REMEMBERED) this.#others += 1;
    else this.#counts.set(name, count + 1);
  }

  clear(): void {
    this.#counts.clear();
    this.#others = 0;
  }

  /** `localhost:9000 (3 times), db.test:5432, and 12 to further hosts`: the hosts that came first. */
  text(): string {
    const named = [...this.#counts]
      .slice(0, NAMED)
      .map(([name, count]) => (count === 1 ? name : `${name} (${count} times)`));
    const rest = [...this.#counts.values()].slice(NAMED).reduce((sum, count) => sum + count, this.#others);
    return rest === 0 ? named.join(', ') : `${named.join(', ')}, and ${rest.toLocaleString('en-US')} to further hosts`;
  }
}
