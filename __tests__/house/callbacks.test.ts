import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { visit } from './nodes';
import { type Source, sources } from './sources';

const nothing = 'it does nothing';
const ofNode = 'it calls functions of Node or of a collection that do not throw with these arguments';
const inside = 'its function calls makeCallback at once, with the socket that it is given';
const atEnd = 'runAt of capture/transfer reports a bug, and throws on what a listener of the client has thrown';

/** Why what is called at these places needs no `makeCallback`. */
const exceptions: Readonly<Record<string, string>> = {
  "border/around-tests every: () => { if (runner === 'jest' && !testsHaveBegun(runner)) return; forg":
    'it makes a warning outside of test files, where no test could fail',
  'border/border then: (error) => reject(this.#withFrames(error, frames))': 'it rejects a promise that the test has',
  'border/border catch: () => {}': nothing,
  'capture/transfer later: throwOn': 'it throws what a listener of the client has thrown',
  'capture/by-port/connections once: call.listener': "it is the client's own",
  'capture/by-port/connections once: () => carrier.destroy()': ofNode,
  'capture/by-port/connections later: () => socket.destroy(failure)': ofNode,
  'capture/by-port/own-port once: () => { // Another client can have got the number in the meantime. if ': ofNode,
  'capture/by-port/own-port prependListener: keepFromRedirects': ofNode,
  'capture/by-port/own-port on: (socket) => socket.unref()': ofNode,
  'capture/by-port/own-port listen: { port: 0, host: ownHost, exclusive: true }': 'it is no function',
  'capture/by-port/own-port once: () => this.#led.delete(client)': ofNode,
  'capture/by-port/own-port prependOnceListener: () => this.#clients.note(client, target)': ofNode,
  'capture/by-port/own-port then: connect': ofNode,
  'capture/by-port/own-port then: (error) => client.destroy(error)': ofNode,
  'capture/by-port/names later: () => { const { error, records } = answerQuestion(host as string, type':
    'it calls the callback of a look-up, which is the code of the user',
  'capture/by-port/connections write: () => done()': ofNode,
  "capture/by-port/connections later: () => socket.push('HTTP/1.1 200 Connection established\\r\\n\\r\\n')": ofNode,
  'capture/by-port/connections once: accept': ofNode,
  'capture/by-port/connections on: (bytes) => socket.push(bytes)': ofNode,
  'capture/by-port/connections on: (error) => socket.destroy(error)': ofNode,
  'capture/by-port/connections once: () => socket.destroy()': ofNode,
  'capture/by-port/connections once: () => led.destroy()': ofNode,
  'capture/runs then: end': 'it forgets a run, and ends what end() of a world ends',
  'capture/index then: stop': 'it takes off what was laid, as stop() does, and nobody waits for it',
  'capture/transfer later: this.#goOn': atEnd,
  'capture/in-memory later: establish': atEnd,
  'capture/in-memory later: finishHandshake': atEnd,
  'capture/in-memory catch: answerer.report': 'it is where a bug is reported',
  'capture/in-memory once: () => carrier.destroy()': ofNode,
  'capture/in-memory once: () => client.destroy()': ofNode,
  'capture/transfer once: act': atEnd,
  'capture/transfer later: unpack': atEnd,
  'capture/transfer later: act': 'its callers give what makeCallback made',
  'capture/direct-connection on: ignore': nothing,
  'capture/exchange on: begin': inside,
  'capture/exchange on: this.#listen(false)': inside,
  'capture/exchange on: this.#listen(true)': inside,
  'capture/direct-connection once: this.#endOpen': 'makeCallback made it, once a connection',
  'capture/exchange on: (error: UnparsableError, socket) => { makeCallback(this.#reportOn(sock': inside,
  'capture/exchange once: () => this.#open.delete(response)': ofNode,
  'capture/exchange once: () => socket.destroySoon()': ofNode,
  'capture/exchange once: () => this.#connections.delete(socket)': ofNode,
  'capture/exchange once: () => socket.end()': ofNode,
  'capture/reply-sender inAWhile: end': 'it calls what makeCallback made',
  'capture/reply-sender once: () => timer?.unref()': ofNode,
  'capture/reply-sender then: end': 'it calls what makeCallback made',
  'capture/exchange inAWhile: () => {}': nothing,
  'capture/exchange once: leave': ofNode,
  'capture/exchange once: () => { this.#turns.delete(socket); turns.close(); }':
    'it forgets what waits on a connection that is closed',
  'capture/exchange once: () => this.#passed.delete(response)': ofNode,
  'capture/reply-sender inAWhile: turn': 'it calls what makeCallback made, or resets a connection',
  'capture/reply-sender later: turn': 'it calls what makeCallback made, or resets a connection',
  'capture/passed-on once: () => socket.destroy()': ofNode,
  'capture/passed-on once: () => { if (!isAsked) response.writeContinue(); isAsked = true; }': ofNode,
  'capture/passed-on on: fail': ofNode,
  'capture/passed-on once: () => onward.destroy().socket?.destroy()': ofNode,
  'capture/passed-on once: () => addTrailers(request, onward)': ofNode,
  'capture/passed-on on: (error) => client.destroy(error)': ofNode,
  'capture/passed-on once: () => socket.destroySoon()': ofNode,
  'capture/passed-on once: () => carrier.destroy()': ofNode,
  'capture/passed-on on: () => carrier.destroy()': ofNode,
  'capture/passed-on once: () => addTrailers(answer, response)': ofNode,
  'capture/wire-request on: (chunk: Buffer) => { silence.restart(); if (!isOver) chunks.push(chunk': ofNode,
  'capture/wire-request on: end(done)': 'makeCallback made it',
  'capture/wire-request once: leave': ofNode,
  'capture/wire-request repeat: () => { this.#passed += 1; if (this.#passed >= parts) isTooLong(); }':
    'makeCallback made what it calls',
  'capture/event-loop inAWhile: look': 'it settles a promise',
  'capture/reply-sender once: takeBack': ofNode,
  'capture/event-loop nextTick: () => { isReleased = true; }': ofNode,
  'capture/event-loop inAWhile: () => { // A socket without a listener would throw the error. Its requ':
    'it gives an error to a client whose tick is held: what its listener throws is its own',
  'capture/listen then: report': 'it is where a bug is reported',
  'capture/loopback _read: a method': atEnd,
  'capture/loopback _write: a method': atEnd,
  'capture/loopback _writev: a method': atEnd,
  'capture/loopback _final: a method': atEnd,
  'capture/loopback _destroy: a method': atEnd,
  'capture/loopback later: () => { const client = state.isClient ? state : state.peer[SOCKET_STAT': atEnd,
  'capture/look-ups later: () => (options.wantsAll ? callback(null, [first, ...others]) : callbac':
    'it calls the callback of a look-up, and what that throws is the business of the caller',
  'capture/look-ups later: () => resolve(options?.wantsAll ? [first, ...others] : first)':
    'it calls the callback of a look-up, and what that throws is the business of the caller',
  'capture/look-ups later: () => query.oncomplete(null, found)':
    'it calls the callback of a look-up, and what that throws is the business of the caller',
  'capture/look-ups later: () => query.oncomplete(error, found, lifetimes)':
    'it calls the callback of a look-up, and what that throws is the business of the caller',
  'capture/listen on: (socket) => socket.unref()': ofNode,
  'capture/listen once: fail': 'it makes the error of a port that cannot be opened',
  'capture/listen inAWhile: () => server.closeAllConnections()': ofNode,
  'capture/listen close: () => { forget(late); resolve(); }': ofNode,
  'capture/tls-face on: () => undefined': nothing,
  'capture/wire-request prependListener: read': 'makeCallback made it, since it is also taken off',
  'capture/passed-on on: (request, socket, head) => { const report = (bug: unknown) => { stage.': inside,
  'cli/log setImmediate: () => this.flush()': 'the command line has nobody else to tell',
  'cli/run on: () => { const header = control.mock.mfa.header(); log.print(command.js':
    'the command line has nobody else to tell',
  'cli/run on: () => log.flush()': 'the process ends',
  'cli/package-manager setInterval: () => { if (findParents() === first) return; clearInterval(watch); act':
    'the command line has nobody else to tell',
  'cli/run catch: fail': 'it is where the command line reports',
  'cli/run on: () => {}': nothing,
  'door/function-url on: () => reject(new Error(`${url} closed the connection before it answere':
    'it settles a promise',
  'door/function-url on: (socket) => socket.unref()': ofNode,
  'door/index on: () => {}': nothing,
  'door/stream on: send': 'makeCallback made it, since the log also calls it',
  'events/delivery-run catch: (bug: unknown) => { this.#parts.onBug(bug); this.#leave(line); }':
    'it is where a bug is reported',
  'facts/sender on: (chunk: Buffer) => chunks.push(chunk)': ofNode,
  'facts/sender on: (error) => reject(explainCertificate(error))': 'it settles a promise',
  'facts/sender on: () => sent.destroy(new Error(`no answer within ${patience / 1000} seco': ofNode,
  'capture/runs then: () => { leaving = undefined; }': 'it forgets a number',
  'journal/assertions write: (entry) => isExpected(entry, this.expected)':
    'it writes lines of a failure, not bytes, and its caller sees what it throws',
  'capture/reply-sender later: writeNext': 'makeCallback made it',
  'testing/tried-circus then: end': 'it notes that the function of a test is over',
  'tried/command on: take': 'it keeps the last output of a command',
  'tried/command on: (error) => reject(new CannotTry(writeFailedStart(program, error)))':
    'it rejects the promise of the command line',
  'tried/command on: () => resolve(output)': 'it resolves the promise of the command line',
  'tried/suite once: this.#writeResults': 'the process ends',
  'worlds/stray-errors later: () => { takenPromises.delete(promise); removeUnused(); }':
    'it forgets a promise, and takes the patch of process.emit off',
  'worlds/stray-errors later: () => { throw bug; }': 'it is where a bug is reported',
  'worlds/timers-of-runs startTimer: () => {}': nothing,
  'worlds/world then: endWatch': 'it takes subscribers off channels, and disables a storage',
  'border/jsdom every: () => { if (!hasStarted() && !fileIsOver()) return; forget(lookOut); i':
    'it reads what jest keeps, and prints a line',
  'border/end-of-file every: look': 'jest gives the file to whoever asks, and a file that is over has no test to fail',
  'mock/lifetime startTimer: () => started.refuse()': 'it makes an answer that each stopped mock makes',
  'mock/undertaking catch: () => {}': nothing,
  'worlds/way-run catch: () => {}': nothing,
};

const listening = ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'];
const timers = [
  'later',
  'startTimer',
  'inAWhile',
  'each',
  'every',
  'repeat',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'nextTick',
];
const settling = ['then', 'catch', 'finally'];
const streaming = ['write', 'end', 'close', 'createServer', 'request', 'get', 'destroy'];
const overridden = ['_read', '_write', '_writev', '_final', '_destroy', '_transform', '_flush'];

/** They only settle a promise. */
const settlers = ['resolve', 'reject'];

interface Place {
  readonly text: string;
  readonly isWrapped: boolean;
}

const places = sources.filter(({ room }) => room !== 'window').flatMap(placesOf);

describe('what Node, a timer or a promise calls', () => {
  it('goes through makeCallback, or is an exception with its reason', () => {
    const bare = places.filter(({ isWrapped }) => !isWrapped).map(({ text }) => text);
    expect([...new Set(bare)].filter((text) => exceptions[text] === undefined)).toEqual([]);
  });

  it('has no exception that nothing needs', () => {
    const bare = places.filter(({ isWrapped }) => !isWrapped).map(({ text }) => text);
    expect(Object.keys(exceptions).filter((text) => !bare.includes(text))).toEqual([]);
  });

  it('knows the names under which files have timers', () => {
    const names = sources.filter(({ room }) => room !== 'window').flatMap(timersOf);
    expect(names.filter((name) => !timers.includes(name))).toEqual([]);
  });
});

function placesOf(source: Source): readonly Place[] {
  const found: Place[] = [];
  const add = (call: string, callback: ts.Node) =>
    found.push({ text: `${source.name} ${call}: ${briefly(callback)}`, isWrapped: isWrapped(callback) });
  visit(source.tree, (node) => {
    if (ts.isCallExpression(node) && /server\.listen$/.test(node.expression.getText())) {
      const callback = node.arguments.at(-1);
      if (callback !== undefined) add('listen', callback);
    }
    if (ts.isMethodDeclaration(node) && overridden.includes(node.name.getText())) add(node.name.getText(), node);
    if (!ts.isCallExpression(node)) return;
    const name = nameOf(node.expression);
    const [first, second] = node.arguments;
    const last = node.arguments.at(-1);
    const isMember = ts.isPropertyAccessExpression(node.expression);
    if (
      isMember &&
      listening.includes(name) &&
      first !== undefined &&
      ts.isStringLiteral(first) &&
      second !== undefined
    )
      add(name, second);
    else if (!isMember && timers.includes(name) && first !== undefined) add(name, first);
    else if (isMember && settling.includes(name) && isFloating(node))
      for (const callback of node.arguments) add(name, callback);
    else if (isMember && streaming.includes(name) && last !== undefined && (ts.isFunctionLike(last) || isWrapped(last)))
      add(name, last);
  });
  return found;
}

function nameOf(called: ts.Expression): string {
  return ts.isPropertyAccessExpression(called) ? called.name.text : called.getText();
}

function isWrapped(callback: ts.Node): boolean {
  if (ts.isIdentifier(callback)) return settlers.includes(callback.text);
  return ts.isCallExpression(callback) && callback.expression.getText() === 'makeCallback';
}

/** Nobody awaits the promise that the call makes: what its function throws is an unhandled rejection. */
function isFloating({ parent }: ts.CallExpression): boolean {
  return ts.isExpressionStatement(parent) || ts.isVoidExpression(parent);
}

function briefly(node: ts.Node): string {
  if (ts.isMethodDeclaration(node)) return 'a method';
  return node.getText().replace(/\s+/g, ' ').slice(0, 70);
}

/** `const { setTimeout: inAWhile } = timers` and `export const later = timers.setImmediate`. */
function timersOf(source: Source): readonly string[] {
  const names: string[] = [];
  visit(source.tree, (node) => {
    if (!ts.isVariableDeclaration(node) || node.initializer === undefined) return;
    const { name, initializer } = node;
    if (initializer.getText() === 'timers' && ts.isObjectBindingPattern(name))
      for (const { propertyName, name: own } of name.elements)
        if ((propertyName ?? own).getText().startsWith('set')) names.push(own.getText());
    if (/^timers\.set/.test(initializer.getText())) names.push(name.getText());
  });
  return names;
}
