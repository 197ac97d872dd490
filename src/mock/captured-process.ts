import {
  type Capture,
  type CaptureOptions,
  type EnvironmentValues,
  type hostKinds,
  prepareEnvironment,
  readOtherHost,
  type StartedCode,
  startCapture,
} from '../capture/index';
import { isSignedForS3, makeIsForOthers } from '../service/called-service';
import type { CallSite, TestFile } from '../test-file';
import { answeredServices, capturedServices, type MockS3Options } from './options';
import type { Ports } from './ports';
import { StartedProcesses } from './started-processes';
import type { MockState } from './state';

interface CapturedProcessParts {
  readonly options: MockS3Options;
  readonly file: TestFile;
  readonly findCallSite: () => CallSite;
  readonly findKind: ReturnType<typeof hostKinds>;
  readonly state: MockState;
  readonly ports: Ports;
  /** Does what is due. A test that has begun clears the journal first. */
  readonly settle: () => void;
}

interface Receiver
  extends Required<Pick<CaptureOptions, 'accept' | 'refuse' | 'senderOf' | 'fileIsOver' | 'endsWithFile'>> {
  readonly started: StartedCode;
}

/** The process in which a mock runs, whose connections it takes, and whose environment it prepares for clients. */
export class CapturedProcess {
  readonly #parts: CapturedProcessParts;
  readonly #processes = new StartedProcesses();
  #capture: Capture | undefined;
  #takeFromEnvironment: (() => void) | undefined;

  constructor(parts: CapturedProcessParts) {
    this.#parts = parts;
  }

  /** Undefined if the mock does not run, and in a world. */
  get capture(): Capture | undefined {
    return this.#capture;
  }

  /** Whether requests of the process can come. With `hosts: { only: [] }`, none do. */
  get isTaken(): boolean {
    return this.#capture?.takesNothing === false;
  }

  /** What clients find in the environment; undefined if the option says that they find nothing. */
  get environment(): EnvironmentValues | undefined {
    const { credentials, region = 'us-east-1' } = this.#parts.options;
    if (credentials === false) return undefined;
    const { accessKeyId, secretAccessKey } = this.#parts.state.store.environmentCredentials;
    return { accessKeyId, secretAccessKey, region };
  }

  prepareEnvironment(): void {
    const values = this.environment;
    if (values === undefined || this.#takeFromEnvironment !== undefined) return;
    this.#takeFromEnvironment = prepareEnvironment(this.#parts.file.process, values);
  }

  /** Waits until the code that was started has ended: it would find the keys of the developer. */
  restoreEnvironment(started: StartedCode): void {
    const take = this.#takeFromEnvironment;
    this.#takeFromEnvironment = undefined;
    if (take !== undefined) started.whenLeft(take);
  }

  start(receiver: Receiver): void {
    const { file, ports } = this.#parts;
    const { elsewhere } = this.#parts.state.journal;
    this.prepareEnvironment();
    elsewhere.watchPatterns(() => this.#capture?.unmatchedPatterns() ?? []);
    elsewhere.watchSender(() => {
      if (file.isJest()) return 'jest';
      if (file.isVitest()) return 'vitest';
      return ports.isEmpty ? undefined : 'another program';
    });
    elsewhere.watchProcesses(() => (ports.isEmpty ? this.#processes.names() : []));
    this.#processes.watch();
    try {
      this.#capture = startCapture({ ...this.#makeCaptureOptions(), ...receiver });
    } finally {
      if (this.#capture === undefined) {
        this.#processes.stop();
        this.restoreEnvironment(receiver.started);
      }
    }
  }

  #makeCaptureOptions() {
    const { options, file, findCallSite, state, ports, settle } = this.#parts;
    const { hosts, dialect = 'aws', guard = false, nock } = options;
    const { elsewhere } = state.journal;
    const isBucket = (name: string) => state.store.buckets.has(name);
    return {
      ...(hosts && { hosts }),
      ...(nock && { nock }),
      services: capturedServices(options),
      dialect,
      guard,
      isForOthers: makeIsForOthers(answeredServices(options)),
      isBucket,
      isSignedForS3,
      onOtherHost: (host, port, isRefused) => {
        settle();
        elsewhere.addConnection(host, port, isRefused, readOtherHost(host, port, isBucket));
      },
      onUnanswered: (request) => {
        settle();
        const { kind, entry } = readOtherHost(request.host, request.port, isBucket);
        // The notes on connections name the others by their service.
        if (kind === 'endpoint') elsewhere.addSigned(request, entry);
      },
      onRefusedByClient: (host, port, error) => {
        settle();
        elsewhere.addRefusalByClient(host, port, error);
      },
      onHeld: settle,
      listensAt: (host, port) => ports.has(host, port),
      testFile: file,
      findCallSite,
    } satisfies Omit<CaptureOptions, keyof Receiver>;
  }

  /** Ends a capture. Returns false for an older one: a mock that was started again in the meantime has another. */
  release(capture: Capture | undefined): boolean {
    if (capture !== this.#capture) return false;
    capture?.stop();
    this.#processes.stop();
    this.#capture = undefined;
    return true;
  }

  forgetEndedProcesses(): void {
    this.#processes.forgetEnded();
  }

  /**
   * Returns undefined for hosts of others. The user's own hosts count only while tests are collected: a describe without a mock can use the
   * real hosts.
   */
  whyRefused(host: string, port: number, isCollecting: boolean): string | undefined {
    const kind = this.#parts.findKind(host, port);
    if (kind === undefined || (kind === 'own' && !isCollecting)) return undefined;
    return (
      `no running mock answers it. The mock created at ${this.#parts.findCallSite().place} runs from the first to the last hook of its describe, ` +
      'or, outside of a describe, from its call to the end of the file'
    );
  }
}
