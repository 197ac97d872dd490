import { Exchange } from '../../src/capture/exchange';
import { join, LoopbackSocket } from '../../src/capture/loopback';
import { SOCKET_STATE } from '../../src/capture/socket-state';
import type { CaptureRefusal, Endpoint, WireDelay, WireReply, WireRequest } from '../../src/wire';
import { settle } from './scene';

/** A step of a client. It is over, a few turns of the event loop later, when the next one begins. */
export type Step =
  | { readonly kind: 'write'; readonly bytes: string; readonly isInParts?: boolean }
  | { readonly kind: 'end' | 'destroy' | 'reset' | 'stop' | 'pause' | 'resume' };

export type Reaction = WireReply | 'delay' | 'throw' | 'stop' | 'no answerer';

export interface Play {
  readonly steps: readonly Step[];
  readonly reactions: readonly Reaction[];
  readonly allowHalfOpen?: boolean;
}

interface Observation {
  readonly received: string;
  readonly events: readonly string[];
  readonly requests: readonly Partial<WireRequest>[];
  readonly refusals: readonly unknown[];
  readonly waiting: readonly unknown[];
  readonly isServerClosed: boolean;
}

export interface Played {
  readonly seen: readonly Observation[];
  readonly readByNode: boolean;
}

const host = 's3.amazonaws.com';
const endpointOf = (asked: string): Endpoint | undefined =>
  asked.endsWith(host) ? { service: 's3', base: host, dialect: 'aws', region: undefined } : undefined;
const sender = { name: 'the client' };
const plain: WireReply = { status: 200, headers: [['x-amz-request-id', 'R']], body: 'plain' };

/** Plays on a connection in memory, which the exchange serves or which is Node's server's from its first byte. */
export async function play(
  { steps, reactions, allowHalfOpen = true }: Play,
  server: 'exchange' | 'node',
): Promise<Played> {
  const requests: WireRequest[] = [];
  const refusals: CaptureRefusal[] = [];
  const left = [...reactions];
  const exchange: Exchange = new Exchange({
    endpointOf,
    senderOf: () => sender,
    accept: () => {
      const reaction = left.shift() ?? plain;
      if (reaction === 'no answerer') throw new Error('no answerer');
      return (request) => {
        requests.push({ ...request, body: Buffer.from(request.body) });
        return react(reaction, exchange);
      };
    },
    refuse: (refusal) => {
      refusals.push(refusal);
      return { status: 400, headers: [['x-refusal', refusal.kind]], body: refusal.kind };
    },
  });
  const client = new LoopbackSocket({ allowHalfOpen });
  const end = join(client, {
    target: { host, port: 80, secure: false },
    endpoint: undefined,
    errorClasses: { Error, AggregateError },
    addresses: [],
    protocol: '',
    dial: undefined,
  });
  if (server === 'exchange') exchange.serve(end);
  else {
    Object.assign(end[SOCKET_STATE], { onPeerClosed: () => end.end(), senderOf: () => sender });
    exchange.server.emit('connection', end);
  }

  let readByNode = false;
  exchange.server.on('connection', () => {
    readByNode = true;
  });
  let received = '';
  const events: string[] = [];
  client.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
  for (const name of ['end', 'close', 'error']) {
    client.on(name, (value: unknown) => events.push(value instanceof Error ? `${name} ${value.message}` : name));
  }
  await settle(2);
  const seen: Observation[] = [];
  for (const step of [...steps, { kind: 'stop' } as const]) {
    take(step, client, exchange);
    await settle(6);
    const observed = { received, waiting: exchange.waiting(), isServerClosed: end.closed };
    seen.push({ ...observed, events: [...events], requests: [...requests], refusals: refusals.map(inWords) });
  }
  client.destroy();
  await settle(2);
  return { seen, readByNode };
}

/** Errors of both ways are other objects with the same words. */
function inWords(refusal: CaptureRefusal): unknown {
  return refusal.kind === 'broken' ? { kind: refusal.kind, error: String(refusal.error) } : refusal;
}

function react(reaction: Exclude<Reaction, 'no answerer'>, exchange: Exchange): WireReply | WireDelay {
  if (reaction === 'throw') throw new Error('thrown');
  if (reaction === 'stop') exchange.stop();
  if (reaction === 'delay') {
    return { until: 600_000, reply: () => plain, onOvertaken: (end) => setImmediate(() => setImmediate(end)) };
  }
  return reaction === 'stop' ? plain : reaction;
}

function take(step: Step, client: LoopbackSocket, exchange: Exchange): void {
  if (step.kind === 'stop') exchange.stop();
  else if (step.kind === 'reset') client.resetAndDestroy();
  else if (step.kind !== 'write') client[step.kind]();
  else if (!client.writable) return;
  else if (step.isInParts) writeInParts(client, step.bytes);
  else client.write(step.bytes, 'latin1');
}

/** Writes as clients do that send head and body together. */
function writeInParts(client: LoopbackSocket, bytes: string): void {
  const middle = Math.floor(bytes.length / 2);
  client.cork();
  client.write(bytes.slice(0, middle), 'latin1');
  client.write(bytes.slice(middle), 'latin1');
  client.uncork();
}
