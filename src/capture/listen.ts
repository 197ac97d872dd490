import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { makeCallback } from '../callback';
import { S3MockError } from '../s3-mock-error';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { parseUrl } from '../text/parsed-url';
import { messageOf } from '../text/value-kinds';
import type {
  Accept,
  Answer,
  CaptureRefusal,
  DialectName,
  Endpoint,
  FurtherService,
  WireDelay,
  WireReply,
  WireRequest,
} from '../wire';
import { ignoresEndpoints } from './environment';
import { forget, inAWhile } from './event-loop';
import { Exchange, type Intercept } from './exchange';
import { whyOtherService } from './guard';
import { createHosts, furtherServices, type HostList, ownEndpoint } from './hosts';
import { normalizeHost, writeUrlHost } from './target';
import type { OtherProtocol } from './wire-request';

/**
 * The way of a request from another process: the port is opened, the Host header says which service is meant, the door takes what is for it, the
 * exchange answers the rest, and the port is closed when its requests are answered.
 * @module
 */

/** The port and the address on which a mock listens. */
export interface ListenOptions {
  /** The port to open. Default 0: any free port. */
  readonly port?: number;
  /** The address of this machine to listen on. Default `127.0.0.1`, which other machines cannot reach. */
  readonly hostname?: string;
  /** Your own host name that resolves to this machine: with `s3.test`, `vault.s3.test` is the bucket `vault`. */
  readonly base?: string;
  /**
   * If `true`, the environment of child processes and worker threads contains AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL_STS until the port
   * is closed, and a key pair and a region if you have set none. SDK clients that this process creates in the meantime also use the port.
   * In bun, it also contains S3_ENDPOINT for bun's own client, unless you have set S3_ENDPOINT or AWS_ENDPOINT. Default `false`.
   */
  readonly env?: boolean;
  /**
   * If `true`, the port keeps the process alive until it is closed, as a server of `node:http` does. Default `false`: a process with nothing
   * else to do ends, so that no port that a test forgets to close hangs its runner.
   *
   * @example
   * const { url } = await s3.listen({ port: 9000, ref: true });
   */
  readonly ref?: boolean;
  /**
   * Your own certificate and its key, with which the port speaks HTTPS, for clients that refuse HTTP. The clients have to trust the
   * certificate, for example by `NODE_EXTRA_CA_CERTS`, or `AWS_CA_BUNDLE` for boto3 and the AWS CLI. Default: the port speaks HTTP.
   *
   * @example
   * const tls = { cert: readFileSync('cert.pem', 'utf8'), key: readFileSync('key.pem', 'utf8') };
   * const { url } = await s3.listen({ tls });
   */
  readonly tls?: ListenTls;
  /**
   * The door, by which other languages control the mock: its path and who can use it. `false` closes it. Default: open to programs of this
   * machine, at `/_mock`.
   */
  readonly door?: false | DoorOptions;
}

/** A certificate and its private key, as PEM: texts that begin with `-----BEGIN`. */
export interface ListenTls {
  /** The certificate, for the names by which clients connect; the certificates of its issuers can follow. */
  readonly cert: string;
  /** The private key, without a passphrase. */
  readonly key: string;
}

/** The door of a port: HTTP with JSON, with which programs in any language control the mock and read its requests. */
export interface DoorOptions {
  /** The path of the door. Default `/_mock`, which cannot be the name of a bucket. */
  readonly path?: string;
  /**
   * Hosts that can use the door beside this machine's own, also from other machines: host names, and origins of pages such as
   * `localhost:3000`. Default: none.
   */
  readonly hosts?: readonly string[];
  /** Hosts, in addition to this machine, to which the door can deliver events by URL. Default: none. */
  readonly deliverHosts?: readonly string[];
}

/** Answers a request to the door. A bug that no answer can name goes to `report`. */
export type DoorHandler = (request: IncomingMessage, response: ServerResponse, report: (bug: unknown) => void) => void;

/**
 * A mock's open port, for other processes and languages. It does not keep its process alive, unless `listen` was called with
 * `{ ref: true }`.
 */
export interface Listener {
  /** The endpoint to configure in an SDK: `http://127.0.0.1:9000`; with `tls`, it begins with `https:`. */
  readonly url: string;
  /** The port that was opened. */
  readonly port: number;
  /**
   * Closes the port. It refuses new connections and closes idle connections. It still answers the requests that have begun, if their client
   * completes them within two seconds. You can call `close()` more than once.
   */
  close(): Promise<void>;
}

export type OpenDoorOfPort = (options: Required<DoorOptions>, base: string | undefined) => Promise<DoorHandler>;

interface ListeningMock {
  readonly accept: Accept;
  readonly refuse: (refusal: CaptureRefusal) => WireReply;
  readonly dialect: DialectName;
  /** The user's own domains of websites, whatever their ports: a client names them in its Host header. */
  readonly websites?: HostList | undefined;
  /** Default: all. */
  readonly services?: ReadonlySet<FurtherService>;
  readonly openDoor?: OpenDoorOfPort | undefined;
  /** Told of a client that speaks a protocol which the port at this URL does not speak. */
  readonly onOtherProtocol?: (protocol: OtherProtocol, url: string) => void;
  readonly process: NodeJS.Process;
}

export interface StoppableListener extends Listener {
  /** The endpoint with an address in place of a name, which makes SDKs write buckets into the path. */
  readonly addressUrl: string;
  /** Stops the mock's part: closes the port, and answers pending requests that the mock was stopped. */
  stop(): Promise<void>;
  isAnswering(): boolean;
}

/** Host names that resolve to this machine everywhere. */
const localBases = ['s3.localhost', 'localhost'];

export async function listen(mock: ListeningMock, options: ListenOptions = {}): Promise<StoppableListener> {
  const { port = 0, hostname = '127.0.0.1', base, door, ref = false, tls } = readListenOptions(options, mock.process);
  const bases = base === undefined ? localBases : [base, ...localBases];
  const hosts = createHosts({ also: bases, websites: mock.websites?.map(withoutPort) }, mock.dialect, undefined, {
    services: mock.services ?? furtherServices,
    websiteBases: [base ?? [], 'localhost'].flat().map((one) => `s3-website.${one}`),
  });
  const doorPath = door === false || mock.openDoor === undefined ? undefined : readDoorOptions(door).path;
  const endpointOf = remember((host, at) => {
    const known = hosts.endpointOf(host, at) ?? otherService(host) ?? ownEndpoint(host, mock.dialect);
    // A client that sends a request to the port means the mock, whatever store its Host header names.
    const endpoint = known.store ? ownEndpoint(known.base, mock.dialect) : known;
    return { ...endpoint, isPort: true, door: doorPath, ...(endpoint.own && { standsForRegions: true }) };
  });
  const intercept = door === false ? undefined : makeDoor(mock, readDoorOptions(door), base);
  const exchange = new Exchange({
    accept: () => confineAnswers(mock.accept()),
    refuse: (refusal) => confineReply(mock.refuse(refusal)),
    endpointOf,
    intercept,
    tls,
    onOtherProtocol: (protocol) => mock.onOtherProtocol?.(protocol, url()),
  });
  const opened = await openServer(exchange.server, {
    ...{ port, hostname, ref },
    makeError: (error) => listenError(error, port, hostname),
  });
  const close = makeClosing(exchange.server);
  const scheme = tls === undefined ? 'http' : 'https';
  const url = () => `${scheme}://${reachable(hostname)}:${opened.port}`;
  return {
    url: url(),
    port: opened.port,
    addressUrl: `${scheme}://${reachable(opened.address)}:${opened.port}`,
    close: () => close(() => exchange.drain()),
    stop: () => close(() => exchange.stop()),
    isAnswering: () => exchange.isAnswering,
  };
}

interface ServerPlace {
  readonly port: number;
  readonly hostname: string;
  /** Whether the port keeps the process alive. */
  readonly ref: boolean;
  /** Makes the error of a port that cannot be opened. */
  readonly makeError: (error: NodeJS.ErrnoException) => Error;
}

/** Opens the port of a server. */
export function openServer(server: Server, { port, hostname, ref, makeError }: ServerPlace): Promise<AddressInfo> {
  // A connection that somebody keeps open would otherwise do what the port itself does not: keep the process alive.
  if (!ref) server.on('connection', (socket) => socket.unref());
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(makeError(error));
    server.once('error', fail);
    const begin = () => {
      server.off('error', fail);
      if (!ref) server.unref();
      resolve(server.address() as AddressInfo); // it listens on a port, not on a pipe
    };
    const leave = (bug: unknown) => {
      server.close();
      reject(bug);
    };
    // Workers of node:cluster would otherwise share the port, and one test's requests reach the mock of another.
    server.listen({ port, host: hostname, exclusive: true }, makeCallback(leave, begin));
  });
}

function listenError({ code, message }: NodeJS.ErrnoException, port: number, hostname: string): Error {
  if (code === 'EADDRINUSE') {
    return new S3MockError(
      'PORT_TAKEN',
      `listen: port ${port} of ${hostname} is taken, by another process or another mock. Give another port, or 0 for any free one.`,
    );
  }
  const isOfAddress = code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EADDRNOTAVAIL';
  return new S3MockError(
    'CANNOT_LISTEN',
    isOfAddress
      ? `listen: hostname ${hostname} is no address of this machine (${message}). Give one that it has, such as 127.0.0.1, or 0.0.0.0 for all of them.`
      : `listen: port ${port} of ${hostname} cannot be opened (${message}). Give a port that this process may use, such as 0 for any free one.`,
  );
}

/** Returns an address that a client can connect to: 0.0.0.0 and :: mean all addresses of this machine. */
function reachable(hostname: string): string {
  if (hostname === '0.0.0.0') return '127.0.0.1';
  if (hostname === '::') return '[::1]';
  // Only IPv6 addresses contain colons; names and IPv4 addresses do not.
  return hostname.includes(':') ? `[${hostname}]` : hostname;
}

function withoutPort(entry: string | RegExp): string | RegExp {
  return typeof entry === 'string' ? entry.replace(/^https?:\/\//i, '').replace(/:\d+\/?$/, '') : entry;
}

const remembered = 1000;

/** Clients name few hosts, and to find that a host is no service of AWS takes a dozen expressions. */
function remember(findEndpoint: (host: string, port: number) => Endpoint): typeof findEndpoint {
  const found = new Map<string, Endpoint>();
  return (host, port) => {
    const name = `${host}:${port}`;
    const known = found.get(name);
    if (known !== undefined) return known;
    if (found.size >= remembered) found.clear();
    const endpoint = findEndpoint(host, port);
    found.set(name, endpoint);
    return endpoint;
  };
}

function otherService(host: string): Endpoint | undefined {
  const why = whyOtherService(normalizeHost(host));
  return why === undefined ? undefined : { service: 'refused', base: host, dialect: 'aws', region: undefined, why };
}

/**
 * Takes the requests at the path of the door, and a person who opens the address of the port in a browser. It leaves out requests to the host
 * of a bucket or a website, where the path is a key.
 */
function makeDoor(
  { openDoor, refuse }: ListeningMock,
  options: Required<DoorOptions>,
  base: string | undefined,
): Intercept | undefined {
  if (openDoor === undefined) return undefined;
  let opened: Promise<DoorHandler> | undefined;
  return (request, endpoint, host) => {
    const { url = '', socket } = request;
    const isDoor = url === options.path || url.startsWith(`${options.path}/`) || url.startsWith(`${options.path}?`);
    if (!(isDoor || isVisit(request)) || endpoint?.website !== undefined || (endpoint?.base ?? host) !== host)
      return undefined;
    opened ??= openDoor(options, base);
    const handler = opened;
    return (response) => {
      const report = (bug: unknown) => {
        refuse({ kind: 'broken', error: bug });
        socket.destroy();
      };
      handler.then(
        makeCallback(report, (handle) => handle(request, response, report)),
        report,
      );
    };
  };
}

/** Whether a person opens the address of the port in a browser. SDKs, curl and the scripts of a page send no such request. */
function isVisit({ method, url, headers }: IncomingMessage): boolean {
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers.accept?.includes('text/html') === true;
  return method === 'GET' && url === '/' && isNavigation && headers.authorization === undefined;
}

/**
 * A page that somebody stored in a bucket is no page of the port's origin, and the door must not answer its scripts. Each answer to a
 * browser contains this header, since the browser can fetch a page for a script and show it from its cache later.
 */
const sandbox = ['Content-Security-Policy', 'sandbox'] as const;

/**
 * Whether a browser sent the request. An `Origin` alone is no mark of one: tests of CORS send it with any client, and compare the headers of the
 * answer.
 */
function isOfBrowser({ headers }: WireRequest): boolean {
  const [agent = '', accepted = ''] = ['user-agent', 'accept'].map((name) => headers.get(name) ?? '');
  return (
    headers.has('sec-fetch-site') ||
    headers.has('sec-fetch-dest') ||
    agent.startsWith('Mozilla/') ||
    accepted.includes('text/html')
  );
}

function confineAnswers(answer: Answer): Answer {
  const confined: Answer = (request) => (isOfBrowser(request) ? confineLater(answer(request)) : answer(request));
  const { refusesHead, onOvertaken } = answer;
  return Object.assign(confined, { ...(refusesHead && { refusesHead }), ...(onOvertaken && { onOvertaken }) });
}

function confineLater(reply: WireReply | WireDelay): WireReply | WireDelay {
  return 'until' in reply ? { ...reply, reply: () => confineLater(reply.reply()) } : confineReply(reply);
}

/** Adds the header to the answer. A policy that the test itself set stays: browsers apply both. */
function confineReply(reply: WireReply): WireReply {
  return { ...reply, headers: [...reply.headers, sandbox] };
}

/** The milliseconds in which a client must complete a request or a reply. */
const grace = 2000;

/** Returns a function that closes the port of a server, and calls `end` to end what is under way. */
function makeClosing(server: Server): (end: () => void) => Promise<void> {
  let closed: Promise<void> | undefined;
  return (end) => {
    closed ??= new Promise((resolve) => {
      const late = inAWhile(() => server.closeAllConnections(), grace);
      server.close(() => {
        forget(late);
        resolve();
      });
    });
    end();
    return closed;
  };
}

const optionNames = ['port', 'hostname', 'base', 'env', 'ref', 'tls', 'door'];

const hostName = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?$/i;

function readListenOptions(options: ListenOptions, process: NodeJS.Process): ListenOptions {
  checkOptionNames('listen', options, optionNames);
  const { port = 0, hostname = '127.0.0.1', base, env, ref, tls, door } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw invalidValue('listen', 'port', port, 'a whole number up to 65535, or 0 for any free port');
  if (typeof hostname !== 'string' || (net.isIP(hostname) === 0 && !hostName.test(hostname)))
    throw invalidValue('listen', 'hostname', hostname, "an address of this machine, such as '127.0.0.1' or '0.0.0.0'");
  if (base !== undefined && (typeof base !== 'string' || net.isIP(base) !== 0 || !hostName.test(base)))
    throw invalidValue('listen', 'base', base, "a host name without scheme, port and bucket, such as 's3.test'");
  if (env !== undefined && typeof env !== 'boolean')
    throw invalidValue(
      'listen',
      'env',
      env,
      'true, which sets AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL_STS for child processes and workers, or undefined',
    );
  if (ref !== undefined && typeof ref !== 'boolean')
    throw invalidValue('listen', 'ref', ref, 'true, with which the port keeps the process alive, or false');
  if (env && ignoresEndpoints(process))
    throw new S3MockError(
      'ENDPOINT_IGNORED',
      'listen: env is true, but so is AWS_IGNORE_CONFIGURED_ENDPOINT_URLS, and SDKs would not read AWS_ENDPOINT_URL_S3. Unset it.',
    );
  if (tls !== undefined) checkTls(tls);
  if (door !== undefined && door !== false) readDoorOptions(door);
  return options;
}

function checkTls(given: ListenTls): void {
  checkOptionNames('listen: tls', given, ['cert', 'key']);
  for (const name of ['cert', 'key'] as const) {
    const value = given[name];
    if (value === undefined)
      throw makeMistake(`listen: tls: ${name} is missing. Give the certificate and its key, both as PEM.`);
    if (typeof value !== 'string' || !value.includes('-----BEGIN'))
      throw makeMistake(`listen: tls: ${name} is no PEM. Give a text that contains -----BEGIN, the content of a file.`);
  }
  try {
    createSecureContext(given);
  } catch (error) {
    throw makeMistake(
      `listen: tls: cert and key do not fit together: ${messageOf(error)}. Give a certificate and the key that belongs to it, without a passphrase.`,
    );
  }
}

const doorNames: readonly (keyof DoorOptions)[] = ['path', 'hosts', 'deliverHosts'];

const hostWithPort = /^(?:\[[\da-f:.]+\]|[\p{L}\p{M}\d_.-]+)(?::\d{1,5})?$/iu;

function isHostWithPort(text: string): boolean {
  return hostWithPort.test(text) && parseUrl(`http://${text}`) !== undefined;
}

function readDoorOptions(given: DoorOptions = {}): Required<DoorOptions> {
  const call = 'listen: door';
  checkOptionNames(call, given, doorNames);
  const { path = '/_mock', hosts = [], deliverHosts = [] } = given;
  // The first segment cannot be the name of a bucket, whose keys would be out of reach.
  if (typeof path !== 'string' || !/^\/(?:_[\w-]*|[\w-]{1,2})(?:\/[\w-]+)*$/.test(path))
    throw invalidValue(call, 'path', path, "a path that begins with no bucket's name, such as '/_mock'");
  for (const [name, list] of Object.entries({ hosts, deliverHosts }))
    if (!Array.isArray(list) || !list.every((one) => typeof one === 'string' && isHostWithPort(one)))
      throw invalidValue(call, name, list, "a list of host names, such as ['mock.test'] or ['localhost:3000']");
  return { path, hosts: hosts.map(writeUrlHost), deliverHosts: deliverHosts.map(writeUrlHost) };
}
