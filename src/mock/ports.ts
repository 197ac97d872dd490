import type { URL } from 'node:url';
import {
  type EnvironmentValues,
  isLocal,
  type Listener,
  type ListenOptions,
  listen,
  type OtherProtocol,
  publishEndpoint,
  type StoppableListener,
} from '../capture/index';
import { type Closing, makeClosedObject, sameCure } from '../text/closed-members';
import { invalidValue } from '../text/invalid-value';
import { parseUrl } from '../text/parsed-url';
import { findTag } from '../text/value-kinds';

interface Port {
  readonly listener: StoppableListener;
  readonly unpublish: () => void;
}

const closing: Closing<Listener> = {
  label: 'listener',
  cures: { ...sameCure(['address', 'host', 'hostname', 'endpoint', 'href'], 'Write url.'), stop: 'Write close().' },
};

type Mock = Parameters<typeof listen>[0];

export class Ports {
  readonly #mock: Mock;
  readonly #opening = new Set<Promise<StoppableListener>>();
  readonly #open = new Set<Port>();

  constructor(mock: Mock) {
    this.#mock = mock;
  }

  async listen(
    options: ListenOptions | undefined,
    values: EnvironmentValues | undefined,
    openDoor: Mock['openDoor'],
  ): Promise<Listener> {
    const opening = listen({ ...this.#mock, openDoor }, options);
    this.#opening.add(opening);
    try {
      const listener = await opening;
      const { url, port, close } = listener;
      // If the mock was stopped in the meantime, the port is being closed.
      if (!this.#opening.has(opening)) return makeClosedObject<Listener>(closing, { url, port, close });
      const unpublish =
        options?.env === true
          ? publishEndpoint(this.#mock.process, listener.addressUrl, values, this.#mock.services?.has('sts') === true)
          : () => {};
      return this.#makeListener({ listener, unpublish });
    } finally {
      this.#opening.delete(opening);
    }
  }

  /** A connection to an open port leads to the mock if its host is this machine. */
  has(host: string, port: number): boolean {
    return isLocal(host.replace(/^\[(.*)\]$/, '$1')) && [...this.#open].some(({ listener }) => listener.port === port);
  }

  get isAnswering(): boolean {
    return [...this.#open].some(({ listener }) => listener.isAnswering());
  }

  get isEmpty(): boolean {
    return this.#open.size === 0 && this.#opening.size === 0;
  }

  /** Stops all ports. When the method returns, no variable names a port any more. When the promise resolves, the ports are closed. */
  async stop(): Promise<void> {
    const open = [...this.#open];
    const opening = [...this.#opening];
    this.#open.clear();
    this.#opening.clear();
    for (const { unpublish } of open) unpublish();
    const opened = opening.map((one) =>
      one.then(
        (listener) => listener.stop(),
        () => {},
      ),
    );
    await Promise.all([...open.map(({ listener }) => listener.stop()), ...opened]);
  }

  #makeListener(port: Port): Listener {
    this.#open.add(port);
    const { url, port: number } = port.listener;
    const close = () => {
      port.unpublish();
      return port.listener.close().finally(() => this.#open.delete(port));
    };
    return makeClosedObject<Listener>(closing, { url, port: number, close });
  }
}

/** `cure` says how the port is told to speak HTTPS. */
export function writeOtherProtocol(protocol: OtherProtocol, url: string, cure: string): string {
  return protocol === 'TLS'
    ? `a client spoke TLS: this port speaks HTTP, write ${url} (or give ${cure})`
    : `a client spoke HTTP: this port speaks HTTPS, write ${url}`;
}

export type Where = string | URL;

const hostAndPort = /^(?<host>\[[0-9a-f:.]+\]|[^\s/?#@:[\]]+)(?::(?<port>\d{1,5}))?$/i;
const ports: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** Whether the mock answers at a place. For a host without a scheme and a port, the ports of both schemes count. */
export function answersAt(where: Where, answers: (host: string, port: number) => boolean): boolean {
  // Users of plain JavaScript, and the libraries to which the function is given, may give anything.
  const given: unknown = where;
  const text = typeof given === 'string' || isUrl(given) ? String(given) : '';
  const { host, port } = hostAndPort.exec(text)?.groups ?? {};
  if (host !== undefined) {
    const possible = port === undefined ? Object.values(ports) : [Number(port)];
    return possible.some((one) => answers(host, one));
  }
  const url = parseUrl(text);
  if (url === undefined)
    throw invalidValue(
      's3.answers',
      'address',
      given,
      "a URL, such as 'https://vault.s3.amazonaws.com/report.pdf', or a host, such as 's3.amazonaws.com' or 'localhost:9000'",
    );
  const { protocol, hostname, port: written } = url;
  const implied = ports[protocol];
  return implied !== undefined && answers(hostname, Number(written || implied));
}

/** Whether a value is a URL. `instanceof` would fail for the URL of a test under jest, which comes from another realm. */
function isUrl(value: unknown): value is URL {
  return findTag(value) === '[object URL]';
}
