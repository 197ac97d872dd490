import { types } from 'node:util';
import { firstLines, grouped } from '../text/counts';
import { writeHostCure } from '../text/host-cures';
import { writeSentence } from '../text/sentences';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import type { OtherHost, UnansweredRequest } from '../wire';

const NAMED = 5;
/** The number of hosts that are remembered by name. A test connects to fewer; any further hosts are only counted. */
const REMEMBERED = 50;

/** The runner of the test file, or a program that only a port of the mock can serve. Undefined if nobody knows. */
export type ExpectedSender = 'jest' | 'vitest' | 'another program' | undefined;

/** Connections to other hosts, and late requests of earlier tests. */
export class Elsewhere {
  readonly #passed = new HostCounts();
  readonly #refused = new HostCounts();
  readonly #byClients = new HostCounts();
  readonly #reasons = new Map<string, string>();
  readonly #signed = new SignedRequests();
  readonly #signedRefused = new SignedRequests();
  /** The requests of all tests that are signed for S3 and left, until a failed test or a warning reports them. */
  readonly #unreported = new SignedRequests();
  #late = 0;
  #lastLate = '';
  #hasCallbacks = false;
  readonly #testsOfLate = new Set<string>();
  /** The last host that code can take for S3, in the form of the option `hosts`. */
  #seen: string | undefined;
  #cure: string | undefined;
  #isStopped = false;
  #findUnmatched: () => readonly string[] = () => [];
  #findStarted: () => readonly string[] = () => [];
  #findSender: () => ExpectedSender = () => undefined;

  /** `find` returns the expressions of the option `hosts` that have matched no host. */
  watchPatterns(find: () => readonly string[]): void {
    this.#findUnmatched = find;
  }

  /** An expression that matches nothing matters only if a request went elsewhere. */
  writeUnmatched(isRefused: boolean): string | undefined {
    if (!isRefused && this.#passed.isEmpty && this.#refused.isEmpty) return undefined;
    const patterns = this.#findUnmatched();
    if (patterns.length === 0) return undefined;
    const which = patterns.length === 1 ? 'this expression' : 'these expressions';
    return `No host has matched ${which} of the option hosts: ${patterns.join(', ')}. Each is tried on the host, such as storage.test, and on host:port, such as storage.test:9000.`;
  }

  /** `find` returns the names of the processes and threads that this process has started, and that no port of the mock serves. */
  watchProcesses(find: () => readonly string[]): void {
    this.#findStarted = find;
  }

  /** `find` returns what runs the code that should send requests. */
  watchSender(find: () => ExpectedSender): void {
    this.#findSender = find;
  }

  expectedSender(): ExpectedSender {
    return this.#findSender();
  }

  /** Returns undefined if all requests of the code under test can come. */
  startedLine(): string | undefined {
    const names = this.#findStarted();
    if (names.length === 0) return undefined;
    return `This process has started ${firstLines(names, NAMED).join(', ')}. The mock does not capture the requests of other processes and threads. If the code under test runs there, await s3.listen({ env: true }) before the start: it opens a port, and sets AWS_ENDPOINT_URL_S3 for them.`;
  }

  addConnection(host: string, port: number, isRefused: boolean, known?: OtherHost): void {
    const name = writeName(host, port);
    (isRefused ? this.#refused : this.#passed).add(name);
    const { kind, entry } = known ?? { kind: 'endpoint', entry: name };
    if (kind === 'endpoint') this.#seen = entry;
    if (kind !== 'metadata') this.#cure = cures[kind](kind === 'endpoint' ? entry : host);
  }

  /** A request that is signed for S3; `entry` is the entry of the option `hosts` that makes a mock answer it. */
  addSigned(request: UnansweredRequest, entry: string): void {
    if (request.isRefused) this.#signedRefused.add(request, entry);
    else for (const list of [this.#signed, this.#unreported]) list.add(request, entry);
  }

  signedLines(): readonly string[] {
    const lines = [this.#signed.line(signedPassed), this.#signedRefused.line(signedRefused)];
    return lines.filter((one) => one !== undefined);
  }

  takeUnreported(): string | undefined {
    const line = this.#unreported.line(signedPassed);
    this.#unreported.clear();
    return line;
  }

  /** The client ended the connection before it sent a request. */
  addRefusalByClient(host: string, port: number, error: unknown): void {
    const name = writeName(host, port);
    this.#byClients.add(name);
    if (this.#reasons.size < NAMED || this.#reasons.has(name)) this.#reasons.set(name, writeReason(host, error));
  }

  refusalsByClients(): readonly string[] {
    return [...this.#reasons].map(
      ([name, reason]) =>
        `The client itself refused the connection to ${this.#byClients.nameWithCount(name)}, so no request came: ${reason}`,
    );
  }

  noteStop(): void {
    this.#isStopped = true;
  }

  seenHost(): string | undefined {
    return this.#seen;
  }

  /** Returns undefined if nothing was called except the addresses at which SDKs look for credentials. */
  cure(): string | undefined {
    return this.#cure;
  }

  /** The name of the test is undefined if nobody knows it. */
  addLate(request: string, test: string | undefined, hasCallback = false): void {
    this.#late += 1;
    this.#hasCallbacks ||= hasCallback;
    this.#lastLate = request;
    if (test !== undefined) this.#testsOfLate.add(test);
  }

  clear(): void {
    this.#passed.clear();
    this.#refused.clear();
    this.#byClients.clear();
    this.#signed.clear();
    this.#signedRefused.clear();
    this.#reasons.clear();
    this.#late = 0;
    this.#hasCallbacks = false;
    this.#testsOfLate.clear();
    this.#seen = undefined;
    this.#cure = undefined;
  }

  lines(): readonly string[] {
    return [
      ...(this.#isStopped ? [stopped] : []),
      ...this.refusalsByClients(),
      ...this.signedLines(),
      ...this.unansweredLines(),
    ];
  }

  unansweredLines(): readonly string[] {
    const lines = [
      line('The mock let connections to other hosts pass:', this.#passed),
      line('The guard of the mock refused connections:', this.#refused),
      this.lateLine(),
    ];
    return lines.filter((one) => one !== undefined);
  }

  lateCure(): string {
    const others =
      this.#late === 1 ? '' : ' forEach awaits nothing: write for...of, or await Promise.all(list.map(...)).';
    return this.#hasCallbacks
      ? 'A callback of the SDK v2 is not awaited: write .promise() in its place, and await it.'
      : `Await the code in the test that calls it.${others}`;
  }

  lateLine(): string | undefined {
    if (this.#late === 0) return undefined;
    const are = this.#late === 1 ? 'was' : 'were';
    const names = firstLines([...this.#testsOfLate].map(writeGiven), NAMED);
    if (names.length > 1)
      return `Earlier tests (${names.join(', ')}) had ended when ${grouped(this.#late)} of their requests were answered, from the state in which a test ended; the last was ${this.#lastLate}.`;
    const test = names.length === 0 ? 'An earlier test' : `The test ${names[0]}`;
    return `${test} had ended when ${grouped(this.#late)} of its requests ${are} answered, from the state in which it ended; the last was ${this.#lastLate}.`;
  }
}

const signedPassed = 'Requests that are signed for S3 went to hosts that no mock answers:';
const signedRefused = 'The guard of the mock refused requests that are signed for S3 and that no mock answers, to';

const stopped =
  'The mock was stopped, and does not answer any more: call s3.stop() once all tests are over, in after or afterAll, and s3.reset() between them.';

const cures: Readonly<Record<Exclude<OtherHost['kind'], 'metadata'>, (name: string) => string>> = {
  endpoint: (entry) =>
    `If ${entry} is the S3 endpoint of your code, or its proxy, add it: mockS3({ hosts: ['${entry}'] }). For another service, such as SQS, use aws-sdk-client-mock or nock.`,
  sts: (host) =>
    `${host} is STS, which the mock answers unless you set sts: false or hosts: { only }: leave these options out, or answer STS with aws-sdk-client-mock.`,
  's3-control': (host) =>
    `${host} is S3 Control, which the mock answers unless you set control: false or hosts: { only }: leave these options out, or answer it with aws-sdk-client-mock.`,
  'sign-in': (host) =>
    `An SDK asks ${host} for credentials: give the client credentials, such as s3.account.credentials.`,
  'aws-service': (host) =>
    `${host} is another AWS service, and the mock answers only S3, STS and S3 Control: answer it with aws-sdk-client-mock, nock or msw.`,
  'ibm-cloud-service': (host) =>
    `${host} is another IBM Cloud service, and the mock answers only Cloud Object Storage: answer it with nock or msw.`,
};

/** Whether a request came over a connection of the mock to a host that it does not answer. */
export function wentElsewhere({ error }: { readonly error?: { readonly code: string } | undefined }): boolean {
  return error?.code === 'S3MockUnknownHost';
}

function writeName(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const LONGEST = 300;

/** The client's own function can throw anything. */
function writeReason(host: string, error: unknown): string {
  const { code, message } = isRecord(error) || types.isNativeError(error) ? readError(error) : {};
  const [text = ''] = String(message ?? error).split('\n', 1);
  const words = text.replace(/(?<=altnames): .*|\.$/, '').slice(0, LONGEST);
  const reason = writeSentence(typeof code === 'string' && !words.includes(code) ? `${code}: ${words}` : words);
  const end = code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? host.search(/\.s3[.-]/) : -1;
  const [bucket, base] = [host.slice(0, end), host.slice(end + 1)];
  if (end === -1 || !bucket.includes('.')) return reason;
  return `${reason} The certificate of S3 does not cover bucket names with a dot: write the bucket into the path, https://${base}/${bucket}, as SDKs do with forcePathStyle: true.`;
}

function readError(error: object): { readonly code?: unknown; readonly message?: unknown } {
  return { code: Reflect.get(error, 'code'), message: Reflect.get(error, 'message') };
}

function line(introduction: string, hosts: HostCounts): string | undefined {
  return hosts.isEmpty ? undefined : `${introduction} ${hosts.text()}.`;
}

class SignedRequests {
  readonly #hosts = new HostCounts();
  readonly #entries = new Set<string>();
  #last = '';

  add({ host, port, method, path }: UnansweredRequest, entry: string): void {
    this.#hosts.add(writeName(host, port));
    if (this.#entries.size < NAMED) this.#entries.add(entry);
    this.#last = `${method} ${path}`;
  }

  clear(): void {
    this.#hosts.clear();
    this.#entries.clear();
  }

  line(introduction: string): string | undefined {
    if (this.#hosts.isEmpty) return undefined;
    return `${introduction} ${this.#hosts.text()}; the last was ${this.#last}. ${writeHostCure([...this.#entries])}`;
  }
}

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

  nameWithCount(name: string): string {
    const count = this.#counts.get(name) ?? 1;
    return count === 1 ? name : `${name} (${count} times)`;
  }

  clear(): void {
    this.#counts.clear();
    this.#others = 0;
  }

  text(): string {
    const named = [...this.#counts].slice(0, NAMED).map(([name]) => this.nameWithCount(name));
    const rest = [...this.#counts.values()].slice(NAMED).reduce((sum, count) => sum + count, this.#others);
    return rest === 0 ? named.join(', ') : `${named.join(', ')}, and ${grouped(rest)} to further hosts`;
  }
}
