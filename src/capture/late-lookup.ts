import net from 'node:net';

/** The callback of dns.lookup that net.Socket gives. */
type Found = (error: null, address: unknown, family?: number) => void;

/** Returns the callback of a look-up by net.Socket, which has that name; undefined for all other look-ups. */
export function findSocketCallback(args: readonly unknown[]): Found | undefined {
  const last = args.at(-1);
  // typeof proves a function, but not its parameters: those of a look-up's callback are documented.
  return typeof last === 'function' && last.name === 'emitLookup' ? (last as Found) : undefined;
}

/**
 * Returns the socket for which a name is looked up, and keeps it from the network: a reference to net.Socket.prototype.connect that was
 * taken before the start is not replaced, but calls dns.lookup. The callback first emits 'lookup' on the socket, and returns if the socket
 * no longer connects.
 */
export function takeSocket(callback: Found, wantsAll: boolean): net.Socket | undefined {
  let found: net.Socket | undefined;
  const { prototype } = net.Socket;
  const before = Object.getOwnPropertyDescriptor(prototype, 'emit');
  const emit = function (this: net.Socket): boolean {
    found = this;
    Object.assign(this, { connecting: false });
    return true;
  };
  Object.defineProperty(prototype, 'emit', { value: emit, configurable: true, writable: true });
  try {
    const address = '127.0.0.1';
    if (wantsAll) callback(null, [{ address, family: 4 }]);
    else callback(null, address, 4);
  } finally {
    if (before === undefined) Reflect.deleteProperty(prototype, 'emit');
    else Object.defineProperty(prototype, 'emit', before);
  }
  return found;
}
