import { URL } from 'node:url';
import { PASS } from '../connect-call';
import type { Target } from '../target';
import { type ClientRules, errorOfAddress, type OwnClient, readOrigin } from './clients';

/**
 * Finds where bun's own client of S3 would send a request, and with which options it sends the request to a port of the mock. The client keeps
 * its endpoint to itself: only an address that it signs shows it, without a connection.
 * @module
 */

/** What bun's client of S3 asks of a capture, or of a guard. */
export interface BunRules extends ClientRules {
  /** Returns the endpoint at which the client reaches the mock in place of an origin; undefined if the mock does not answer there. */
  readonly leadClient: (target: Target, origin: string) => string | undefined;
  readonly global: Pick<typeof globalThis, 'Error' | 'process'>;
}

/** What signs an address without a connection: a client, its class, or a file of S3. */
export interface Signer {
  presign(...values: unknown[]): unknown;
}

interface S3ClientClass extends Signer {
  new (options?: object): Signer;
  readonly prototype: Signer;
}

export interface Bun {
  readonly S3Client: S3ClientClass;
  readonly s3: { file(key: string): Signer };
  file(path: unknown, options?: unknown): unknown;
}

/** Options of a call or of a file that win over those of its client. */
export interface Lead {
  readonly endpoint: string;
  /** Without it, bun would sign for the region `auto`, since the endpoint is none of AWS. */
  readonly region: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
}

/** Where a request is led, and the origin to which bun would send it without the mock. */
export interface Led {
  readonly lead: Lead;
  readonly origin: string;
}

/** Signs an address with these options; throws as bun does. */
export type Sign = (options: object) => unknown;

export const s3Client: OwnClient = {
  name: 'Bun.S3Client',
  cure: 'Give the client the address of a port: const { url } = await s3.listen(), and endpoint: url.',
};

export function findBun(global: object): Bun | undefined {
  const { Bun: bun } = global as { readonly Bun?: Partial<Bun> };
  return bun?.S3Client === undefined ? undefined : (bun as Bun); // all of it comes with its client
}

/** The options that decide where a request goes. bun would refuse others that only a call takes, or only an address. */
const ofPlace = [
  'endpoint',
  'region',
  'bucket',
  'accessKeyId',
  'secretAccessKey',
  'sessionToken',
  'virtualHostedStyle',
];

export function placeOptions(options: unknown): object {
  const read: Readonly<Record<string, unknown>> = Object(options);
  return Object.fromEntries(ofPlace.flatMap((name) => (read[name] === undefined ? [] : [[name, read[name]]])));
}

/**
 * Returns undefined if the request is none of the mock's. Throws the error of a request that must not leave. If bun cannot sign, the call itself says
 * what is missing, and does not connect.
 */
export function findLed(rules: BunRules, sign: Sign): Led | undefined {
  if (rules.isOver()) return undefined;
  const signed = signWith(rules, sign);
  if (signed === undefined) return undefined;
  const { address, keys } = signed;
  const { origin, searchParams } = new URL(address);
  const endpoint = rules.leadClient(readOrigin(origin), origin);
  if (endpoint !== undefined) {
    const [, , region = ''] = searchParams.get('X-Amz-Credential')?.split('/') ?? [];
    return { lead: { endpoint, region, ...keys }, origin };
  }
  const error = errorOfAddress(rules, address, s3Client);
  if (error !== undefined) throw error;
  return undefined;
}

/** Returns the options of a call, with those that lead it to the mock. They stay as they are if the call is none of the mock's. */
export function leadOptions(rules: BunRules, options: unknown, sign: Sign): unknown {
  const place = placeOptions(options);
  const led = findLed(rules, (added) => sign({ ...place, ...added }));
  return led === undefined ? options : { ...Object(options), ...place, ...led.lead };
}

/** Signs an address for a client without keys, if the mock answers there. */
export function signForMock(rules: BunRules, sign: Sign): string | undefined {
  if (rules.isOver()) return undefined;
  const signed = signWith(rules, sign);
  if (signed?.keys === undefined) return undefined;
  const { origin } = new URL(signed.address);
  return rules.leadClient(readOrigin(origin), origin) === undefined ? undefined : signed.address;
}

interface Signed {
  readonly address: string;
  /** The options that bun has not found by itself. */
  readonly keys?: object | undefined;
}

function signWith(rules: BunRules, sign: Sign): Signed | undefined {
  try {
    return { address: String(sign({ [PASS]: true })) };
  } catch (error) {
    const keys = lacksKeys(error) ? findKeys(rules) : undefined;
    return keys && signWithKeys(rules, sign, keys);
  }
}

const lacksKeys = (error: unknown) => Object(error).code === 'ERR_S3_MISSING_CREDENTIALS';

/** bun reads the environment when it starts. Keys and a region that were set later, by the mock or by the test, are added to the call. */
function signWithKeys(rules: BunRules, sign: Sign, keys: object): Signed | undefined {
  try {
    const address = String(sign({ [PASS]: true, ...keys }));
    const region = readVariable(rules, 'REGION');
    if (region === undefined || !isOfDefaultRegion(address)) return { address, keys };
    const inRegion = String(sign({ [PASS]: true, ...keys, region }));
    // An endpoint that the code named stays the same in each region.
    const isNamed = new URL(inRegion).host === new URL(address).host;
    return isNamed ? { address, keys } : { address: inRegion, keys: { ...keys, region } };
  } catch {
    return undefined;
  }
}

const isOfDefaultRegion = (address: string) => /%2Fus-east-1%2Fs3%2F/.test(address);

function findKeys(rules: BunRules): object | undefined {
  const accessKeyId = readVariable(rules, 'ACCESS_KEY_ID');
  const secretAccessKey = readVariable(rules, 'SECRET_ACCESS_KEY');
  const sessionToken = readVariable(rules, 'SESSION_TOKEN');
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

/** bun reads each of its variables by two names. */
function readVariable({ global }: BunRules, name: string): string | undefined {
  const { env } = global.process;
  return env[`S3_${name}`] || env[`AWS_${name}`] || undefined;
}
