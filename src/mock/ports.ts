import {
  type EnvironmentValues,
  isLocal,
  type Listener,
  type ListenOptions,
  listen,
  publishEndpoint,
  type StoppableListener,
} from '../capture/index';
import { makeClosedObject } from '../text/closed-members';

interface Port {
  readonly listener: StoppableListener;
  readonly unpublish: () => void;
}

type Mock = Parameters<typeof listen>[0];

export class Ports {
  readonly #mock: Mock;
  readonly #opening = new Set<Promise<StoppableListener>>();
  readonly #open = new Set<Port>();

  constructor(mock: Mock) {
    this.#mock = mock;
  }

  /** `values` are published beside the endpoint of the port. */
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
      if (!this.#opening.has(opening)) return makeClosedObject<Listener>('listener', { url, port, close });
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

  /** Closes all ports. Nothing is published any more when it returns; the promise resolves when the ports are closed. */
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
    return makeClosedObject<Listener>('listener', { url, port: number, close });
  }
}
