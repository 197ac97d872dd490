import type { Place } from '../patches';
import { normalizeHost } from '../target';
import { byFetch, type ClientRules, errorOfAddress, type OwnClient, reject } from './clients';

/**
 * Refuses the calls of bun's own clients that the mock would have to answer: bun connects for them by itself, so they cannot be led to a port.
 * @module
 */

/** What signs an address without a connection: a client, its class, or a file of S3. */
interface Signer {
  presign(...values: unknown[]): unknown;
}

interface S3ClientClass extends Signer {
  new (options?: object): Signer;
  readonly prototype: Signer;
}

interface Bun {
  readonly S3Client: S3ClientClass;
  readonly s3: { file(key: string): Signer };
}

const s3Client: OwnClient = {
  name: 'Bun.S3Client',
  cure: 'Give the client the address of a port: const { url } = await s3.listen(), and endpoint: url.',
};

const ofClients = ['delete', 'exists', 'list', 'size', 'stat', 'unlink', 'write'];
const ofFiles = ['arrayBuffer', 'bytes', 'delete', 'exists', 'formData', 'json', 'stat', 'text', 'unlink', 'write'];
/** They return no promise. */
const ofOpenFiles = ['image', 'stream', 'writer'];

export function bunClientPlaces(global: object): readonly Place<ClientRules>[] {
  const bun = findBun(global);
  if (bun === undefined) return [];
  return [
    ...placesOf(bun.S3Client, ofClients, rejectCall),
    ...placesOf(bun.S3Client.prototype, ofClients, rejectCall),
    ...placesOf(prototypeOfFiles(bun), ofFiles, rejectFile),
    ...placesOf(prototypeOfFiles(bun), ofOpenFiles, throwFile),
    ...placesOf(bun, ['write'], makeRejectWrite(global)),
    ...placesOf(bun, ['connect'], rejectConnect),
  ];
}

/** Returns why fetch must not send a request of which bun reads the address or the body from S3 by itself. */
export function errorOfBunRequest(
  rules: ClientRules,
  global: object,
  {
    address,
    options,
  }: { readonly address: string; readonly options: { readonly body?: unknown; readonly s3?: unknown } },
): Error | undefined {
  return (
    (isS3Address(address) ? errorOfS3Address(rules, global, options.s3) : undefined) ??
    errorOfFile(rules, global, options.body)
  );
}

function findBun(global: object): Bun | undefined {
  const { Bun: bun } = global as { readonly Bun?: Partial<Bun> };
  return bun?.S3Client === undefined ? undefined : (bun as Bun); // all of it comes with its client
}

function prototypeOfFiles(bun: Bun): object {
  return Object.getPrototypeOf(bun.s3.file('key'));
}

function placesOf(holder: object, names: readonly string[], run: Place<ClientRules>['run']) {
  return names.filter((name) => Object.hasOwn(holder, name)).map((name) => ({ holder, name, run }));
}

function rejectCall(rules: ClientRules, receiver: unknown, args: readonly unknown[]): Promise<never> | undefined {
  const last = args.length > 1 ? args.at(-1) : undefined;
  // The options of the call can name another endpoint than the client's.
  const options = typeof last === 'object' && last !== null ? { ...last } : {};
  return reject(findError(rules, () => (receiver as Signer).presign('key', options)));
}

function rejectFile(rules: ClientRules, receiver: unknown): Promise<never> | undefined {
  return reject(findError(rules, () => (receiver as Signer).presign()));
}

function throwFile(rules: ClientRules, receiver: unknown): undefined {
  const error = findError(rules, () => (receiver as Signer).presign());
  if (error !== undefined) throw error;
}

/** Bun.write writes to a file of S3, and copies one. */
function makeRejectWrite(global: object): Place<ClientRules>['run'] {
  return (rules, _, [to, content, options]) => {
    const isAddress = typeof to === 'string' && isS3Address(to);
    return reject(
      (isAddress ? errorOfS3Address(rules, global, options) : errorOfFile(rules, global, to)) ??
        errorOfFile(rules, global, content),
    );
  };
}

interface ConnectOptions {
  readonly hostname?: unknown;
  readonly port?: unknown;
  readonly tls?: unknown;
  readonly unix?: unknown;
}

function rejectConnect(rules: ClientRules, _: unknown, [given]: readonly unknown[]): Promise<never> | undefined {
  const { hostname, port, tls, unix }: ConnectOptions = Object(given);
  if (rules.isOver() || typeof hostname !== 'string' || unix !== undefined) return undefined;
  const target = { host: normalizeHost(hostname), port: Number(port), secure: Boolean(tls) };
  return reject(rules.errorOfClient(target, byFetch('Bun.connect')));
}

const isS3Address = (address: string) => /^s3:\/\//i.test(address);

function errorOfS3Address(rules: ClientRules, global: object, options: unknown): Error | undefined {
  const bun = findBun(global);
  return bun && findError(rules, () => new bun.S3Client({ bucket: 'bucket', ...Object(options) }).presign('key'));
}

function errorOfFile(rules: ClientRules, global: object, file: unknown): Error | undefined {
  const bun = typeof file === 'object' && file !== null ? findBun(global) : undefined;
  if (bun === undefined || Object.getPrototypeOf(file) !== prototypeOfFiles(bun)) return undefined;
  return findError(rules, () => (file as Signer).presign()); // it is a file of S3
}

/** A signed address shows the endpoint of a client, which keeps it to itself. */
function findError(rules: ClientRules, sign: () => unknown): Error | undefined {
  if (rules.isOver()) return undefined;
  const address = signedAddress(sign);
  return address === undefined ? undefined : errorOfAddress(rules, address, s3Client);
}

/** Returns undefined if the client cannot sign, as without keys: the call itself says what is missing, and does not connect. */
function signedAddress(sign: () => unknown): string | undefined {
  try {
    return String(sign());
  } catch {
    return undefined;
  }
}
