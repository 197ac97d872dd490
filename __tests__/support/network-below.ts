/** A network below Node: each name has the address of this machine, and each connection reaches a server of the test. Both are counted. */
export interface NetworkBelow {
  readonly lookedUp: readonly string[];
  readonly connected: readonly string[];
  clear(): void;
  restore(): void;
}

interface Bindings {
  readonly tcp_wrap: { readonly TCP: { readonly prototype: object } };
  readonly cares_wrap: object;
}

interface AddressQuery {
  oncomplete(error: null, addresses: readonly string[]): void;
}

type Connect = (request: object, address: string, port: number) => number;

const thisMachine = '127.0.0.1';

/** `portOf` returns the port of the server that a connection to a port reaches; undefined leads to the port itself. */
export function layNetworkBelow(portOf: (port: number) => number | undefined): NetworkBelow {
  // The library replaces dns.lookup, net.Socket and this getaddrinfo by functions of its own, which call these.
  const { tcp_wrap, cares_wrap } = bindings();
  const lookedUp: string[] = [];
  const connected: string[] = [];
  const sockets = tcp_wrap.TCP.prototype;
  const connect: Connect = Reflect.get(sockets, 'connect');
  const getaddrinfo: unknown = Reflect.get(cares_wrap, 'getaddrinfo');
  Reflect.set(cares_wrap, 'getaddrinfo', (query: AddressQuery, name: string) => {
    lookedUp.push(name);
    process.nextTick(() => query.oncomplete(null, [thisMachine]));
    return 0;
  });
  Reflect.set(sockets, 'connect', function (this: object, request: object, address: string, port: number): number {
    connected.push(`${address}:${port}`);
    return Reflect.apply(connect, this, [request, thisMachine, portOf(port) ?? port]);
  });
  return {
    lookedUp,
    connected,
    clear: () => {
      lookedUp.length = 0;
      connected.length = 0;
    },
    restore: () => {
      Reflect.set(cares_wrap, 'getaddrinfo', getaddrinfo);
      Reflect.set(sockets, 'connect', connect);
    },
  };
}

function bindings(): Bindings {
  const core = process as NodeJS.Process & { binding(name: string): unknown }; // what Node itself calls; its types leave it out
  return {
    tcp_wrap: core.binding('tcp_wrap') as Bindings['tcp_wrap'],
    cares_wrap: core.binding('cares_wrap') as Bindings['cares_wrap'],
  };
}
