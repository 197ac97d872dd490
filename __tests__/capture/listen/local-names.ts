import http from 'node:http';
import net from 'node:net';

/** Creates an agent that resolves every name to this machine, as browsers, curl and some systems resolve `*.localhost`. */
export function localAgent(options: http.AgentOptions = {}): http.Agent {
  const lookup: net.LookupFunction = (_name, { all }, done) => {
    if (all) done(null, [{ address: '127.0.0.1', family: 4 }]);
    else done(null, '127.0.0.1', 4);
  };
  return new http.Agent({ ...options, lookup } as http.AgentOptions); // it passes its options to net.connect
}

export function connect(port: number): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Begins a request of 5 bytes and resolves when the server has read its head. */
export async function beginPut(port: number, path: string, headers = ''): Promise<net.Socket> {
  const socket = await connect(port);
  socket.write(
    `PUT ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n${headers}\r\n`,
  );
  await new Promise((resolve) => socket.once('data', resolve)); // 100 Continue
  return socket;
}
