import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import timers from 'node:timers';
import tls from 'node:tls';

const holders = {
  globalThis,
  process,
  timers,
  dns,
  net,
  'net.Socket': net.Socket,
  'net.Socket.prototype': net.Socket.prototype,
  'net.Server.prototype': net.Server.prototype,
  tls,
  'tls.TLSSocket.prototype': tls.TLSSocket.prototype,
  http,
  'http.Agent.prototype': http.Agent.prototype,
  'http.ClientRequest.prototype': http.ClientRequest.prototype,
  'http.Server.prototype': http.Server.prototype,
  'http.globalAgent': http.globalAgent,
  https,
  'https.Agent.prototype': https.Agent.prototype,
  'https.globalAgent': https.globalAgent,
};

/** The places that all copies of the library in a process share, on `net.Socket` and `process`. They stay, but have to be empty. */
const shared = [
  [net.Socket, Symbol.for('s3-versioning-mock.captures.v1'), ({ captures, patches }) => [captures, patches]],
  [process, Symbol.for('s3-versioning-mock.environment.v1'), ({ list }) => [list]],
];

// Node opens them when they are first used.
for (const output of [process.stdout, process.stderr]) output.write('');

export function processState() {
  const state = new Map();
  for (const [name, holder] of Object.entries(holders)) addProperties(state, name, holder);
  for (const event of process.eventNames()) state.set(`listeners of ${String(event)}`, process.listenerCount(event));
  for (const [name, value] of Object.entries(process.env)) state.set(`environment ${name}`, value);
  for (const resource of process.getActiveResourcesInfo()) {
    const name = `open ${resource}`;
    state.set(name, (state.get(name) ?? 0) + 1);
  }
  return state;
}

function addProperties(state, holderName, holder) {
  for (const name of Reflect.ownKeys(holder)) {
    if (shared.some(([owner, key]) => owner === holder && key === name)) continue;
    const { value, get, set, ...flags } = Object.getOwnPropertyDescriptor(holder, name);
    const text = `${holderName}.${String(name)}`;
    for (const [part, content] of Object.entries({ value, get, set, flags: JSON.stringify(flags) }))
      state.set(`${text} (${part})`, content);
  }
}

/** Also names what the library left in its shared places. */
export function changesSince(before) {
  const after = processState();
  const names = new Set([...before.keys(), ...after.keys()]);
  const changed = [...names].filter((name) => !Object.is(before.get(name), after.get(name)));
  const left = shared.flatMap(([holder, key, lists]) =>
    holder[key] === undefined ? [] : lists(holder[key]).flatMap((list) => list.map(() => `left in ${String(key)}`)),
  );
  return [...changed, ...left];
}
