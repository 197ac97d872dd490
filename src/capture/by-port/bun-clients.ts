import type { Place } from '../patches';
import { readAuthority, type Target } from '../target';

/**
 * Refuses the calls of bun's own client of S3 that the mock would have to answer: bun connects for them by itself, so they cannot be led to a
 * port.
 * @module
 */

export interface BunClientRules {
  readonly isOver: () => boolean;
  /** Returns the error of a call that must not reach its target. */
  readonly errorOfBunClient: (target: Target) => Error | undefined;
}

/** What signs an address without a connection: a client, its class, or a file of S3. */
interface Signer {
  presign(...values: unknown[]): unknown;
}

interface Bun {
  readonly S3Client: { readonly prototype: Signer } & Signer;
  readonly s3: { file(key: string): Signer };
}

const ofClients = ['delete', 'exists', 'list', 'size', 'stat', 'unlink', 'write'];
const ofFiles = ['arrayBuffer', 'bytes', 'delete', 'exists', 'formData', 'json', 'stat', 'text', 'unlink', 'write'];
/** They return no promise. */
const ofOpenFiles = ['stream', 'writer'];

export function bunClientPlaces(global: object): readonly Place<BunClientRules>[] {
  const { Bun: bun } = global as { readonly Bun?: Bun };
  if (bun?.S3Client === undefined) return [];
  const file: object = Object.getPrototypeOf(bun.s3.file('key'));
  return [
    ...placesOf(bun.S3Client, ofClients, rejectCall),
    ...placesOf(bun.S3Client.prototype, ofClients, rejectCall),
    ...placesOf(file, ofFiles, rejectFile),
    ...placesOf(file, ofOpenFiles, throwFile),
  ];
}

function placesOf(holder: object, names: readonly string[], run: Place<BunClientRules>['run']) {
  return names.filter((name) => Object.hasOwn(holder, name)).map((name) => ({ holder, name, run }));
}

function rejectCall(rules: BunClientRules, receiver: unknown, args: readonly unknown[]): Promise<never> | undefined {
  const last = args.length > 1 ? args.at(-1) : undefined;
  // The options of the call can name another endpoint than the client's.
  const options = typeof last === 'object' && last !== null ? { ...last } : {};
  return reject(findError(rules, () => (receiver as Signer).presign('key', options)));
}

function rejectFile(rules: BunClientRules, receiver: unknown): Promise<never> | undefined {
  return reject(findError(rules, () => (receiver as Signer).presign()));
}

function throwFile(rules: BunClientRules, receiver: unknown): undefined {
  const error = findError(rules, () => (receiver as Signer).presign());
  if (error !== undefined) throw error;
}

function reject(error: Error | undefined): Promise<never> | undefined {
  return error && Promise.reject(error);
}

/** A signed address shows the endpoint of a client, which keeps it to itself. */
function findError(rules: BunClientRules, sign: () => unknown): Error | undefined {
  if (rules.isOver()) return undefined;
  const address = signedAddress(sign);
  if (address === undefined) return undefined;
  const [scheme, authority = ''] = address.split(/:\/\/|\//);
  return rules.errorOfBunClient(readAuthority(authority, scheme === 'https' ? 443 : 80, scheme === 'https'));
}

/** Returns undefined if the client cannot sign, as without keys: the call itself says what is missing, and does not connect. */
function signedAddress(sign: () => unknown): string | undefined {
  try {
    return String(sign());
  } catch {
    return undefined;
  }
}
