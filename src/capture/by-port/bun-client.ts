import { URL } from 'node:url';
import { keepPatches, type PatchedPlace } from '../patches';
import { normalizeHost, PASS, type Target } from '../target';
import {
  byFetch,
  type ClientRules,
  errorOfAddress,
  type OwnClient,
  readOrigin,
  reject,
  replaceClass,
  replaceConstructor,
} from './clients';

/**
 * Leads the calls of bun's own client of S3 to a port of the mock. bun connects for the client by itself, and takes the endpoint of each call from
 * its options or from the file. The client keeps its endpoint to itself: only an address that it signs shows it, without a connection.
 * @module
 */

type Run = PatchedPlace<BunRules>['run'];

/** How many arguments of a function of clients are in front of its options. */
const ofClients = { delete: 1, exists: 1, list: 1, size: 1, stat: 1, unlink: 1, write: 2 } as const;

/** The functions of files that take no options, or none that lead elsewhere. */
const ofFiles = ['arrayBuffer', 'bytes', 'exists', 'formData', 'json', 'stat', 'text'];
/** They return no promise. */
const ofOpenFiles = ['image', 'stream'];
const ofFilesWithOptions = { delete: 0, unlink: 0, write: 1 } as const;

export function bunClientPlaces(global: object): readonly PatchedPlace<BunRules>[] {
  const bun = findBun(global);
  if (bun === undefined) return [];
  const files = prototypeOfFiles(bun);
  const { S3Client } = bun;
  return [
    ...[S3Client, S3Client.prototype].flatMap((holder) => [
      ...Object.entries(ofClients).flatMap(([name, at]) => placesOf(holder, [name], rejecting(leadCall(at)))),
      ...placesOf(holder, ['presign'], signAddress(1)),
    ]),
    ...ofFiles.flatMap((name) => placesOf(files, [name], rejecting(leadFileCall(name)))),
    ...ofOpenFiles.flatMap((name) => placesOf(files, [name], leadFileCall(name))),
    ...Object.entries(ofFilesWithOptions).flatMap(([name, at]) =>
      placesOf(files, [name], rejecting(leadByOptions(at))),
    ),
    ...placesOf(files, ['writer'], leadByOptions(0)),
    ...placesOf(files, ['presign'], signAddress(0)),
    ...placesOf(bun, ['write'], rejecting(leadBunWrite(bun))),
    ...placesOf(bun, ['connect'], rejectConnect),
  ];
}

function placesOf(holder: object, names: readonly string[], run: Run) {
  return names.filter((name) => Object.hasOwn(holder, name)).map((name) => ({ holder, name, run }));
}

/** The code under test awaits the function, and would not catch what it throws. */
function rejecting(run: Run): Run {
  return (rules, receiver, args, below) => {
    try {
      return run(rules, receiver, args, below);
    } catch (error) {
      return Promise.reject(error);
    }
  };
}

/** A key with a bucket in front is valid for a client with a bucket and without one, and both lead to the same host. */
const anyKey = 'bucket/key';

/** Leads a call of a client, or of its class, which also takes a file in place of a key: the arguments change, and the function below is called. */
function leadCall(at: number): Run {
  return (rules, receiver, args) => {
    const [path] = args;
    const client = receiver as Signer; // the functions are those of clients
    const sign: Sign = (options) => (isS3File(rules, path) ? path.presign(options) : client.presign(anyKey, options));
    for (let index = 0; index < at; index += 1) args[index] = leadFile(rules, args[index]);
    args[at] = leadOptions(rules, args[at], sign);
    return undefined;
  };
}

function leadFileCall(name: string): Run {
  return (rules, receiver, args) => {
    const file = receiver as S3File; // the functions are those of files
    const led = leadFile(rules, file);
    return led === file ? undefined : led[name]?.(...args);
  };
}

/** Leads a call of a file by its options, which win over those of the file. */
function leadByOptions(at: number): Run {
  return (rules, receiver, args) => {
    const file = receiver as Signer; // the functions are those of files
    for (let index = 0; index < at; index += 1) args[index] = leadFile(rules, args[index]);
    args[at] = leadOptions(rules, args[at], (options) => file.presign(options));
    return undefined;
  };
}

/** Bun.write writes to a file of S3, and copies one. In a copy only the file itself says where it is, not the options of the call. */
function leadBunWrite(bun: Bun): Run {
  return (rules, _, args) => {
    const [given, content, options] = args;
    const to = isS3Address(given) ? bun.file(given, options) : given;
    args[1] = leadFile(rules, content);
    if (!isS3File(rules, to)) return undefined;
    args[0] = leadFile(rules, to);
    args[2] = leadOptions(rules, options, (added) => to.presign(added));
    return undefined;
  };
}

function signAddress(at: number): Run {
  return (rules, _, args, below) => {
    const options: { readonly [PASS]?: true } = Object(args[at]);
    if (options[PASS]) return undefined;
    return signForMock(rules, (added) => below([...args.slice(0, at), { ...options, ...added }]));
  };
}

/** bun also takes a path as bytes. */
function isS3Address(path: unknown): boolean {
  return (path instanceof Uint8Array ? Buffer.from(path).toString() : String(path)).startsWith('s3://');
}

/** Signs for an address that names a bucket, as `s3://vault/a.txt`; undefined for another address. */
function signAt(bun: Bun, { protocol, host: bucket }: URL): Sign | undefined {
  if (protocol !== 's3:') return undefined;
  return (options) => new bun.S3Client({ bucket }).presign(anyKey, options);
}

interface BunOptions {
  readonly body?: unknown;
  readonly s3?: unknown;
}

/** A request of fetch as bun may send it; `origin` is the origin that it would have without the mock, if it is an address of S3. */
type BunRequest<Options> = { readonly options: Options; readonly origin?: string } | { readonly error: unknown };

/** Leads a request of fetch of which bun reads the address or the body from S3 by itself. */
export function takeBunRequest<Options extends BunOptions>(
  rules: BunRules,
  url: URL,
  options: Options,
): BunRequest<Options> {
  try {
    const body = leadFile(rules, options.body);
    const given = body === options.body ? options : { ...options, body };
    const bun = findBun(rules.global);
    const sign = bun && signAt(bun, url);
    const led = sign && findLed(rules, (added) => sign({ ...placeOptions(given.s3), ...added }));
    if (led === undefined) return { options: given };
    // What is led meets no proxy, whatever the code says.
    return { options: { ...given, proxy: false, s3: { ...Object(given.s3), ...led.lead } }, origin: led.origin };
  } catch (error) {
    return { error };
  }
}

interface ConnectOptions {
  readonly hostname?: unknown;
  readonly port?: unknown;
  readonly tls?: unknown;
  readonly unix?: unknown;
}

function rejectConnect(rules: BunRules, _: unknown, [given]: readonly unknown[]): Promise<never> | undefined {
  const { hostname, port, tls, unix }: ConnectOptions = Object(given);
  if (rules.isOver() || typeof hostname !== 'string' || unix !== undefined) return undefined;
  const target = { host: normalizeHost(hostname), port: Number(port), secure: Boolean(tls) };
  return reject(rules.errorOfClient(target, byFetch('Bun.connect')));
}

/** What bun's client of S3 asks of a capture, or of a guard. */
export interface BunRules extends ClientRules {
  /** Returns the endpoint at which the client reaches the mock in place of an origin; undefined if the mock does not answer there. */
  readonly leadClient: (target: Target, origin: string) => string | undefined;
  readonly global: Pick<typeof globalThis, 'Error' | 'process'>;
}

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
  file(path: unknown, options?: unknown): unknown;
}

/** Options of a call or of a file that win over those of its client. */
interface Lead {
  readonly endpoint: string;
  /** Without it, bun would sign for the region `auto`, since the endpoint is none of AWS. */
  readonly region: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
}

/** Where a request is led, and the origin to which bun would send it without the mock. */
interface Led {
  readonly lead: Lead;
  readonly origin: string;
}

/** Signs an address with these options; throws as bun does. */
type Sign = (options: object) => unknown;

const s3Client: OwnClient = {
  name: 'Bun.S3Client',
  cure: 'Give the client the address of a port: const { url } = await s3.listen(), and endpoint: url.',
};

function findBun(global: object): Bun | undefined {
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

function placeOptions(options: unknown): object {
  const read: Readonly<Record<string, unknown>> = Object(options);
  return Object.fromEntries(ofPlace.flatMap((name) => (read[name] === undefined ? [] : [[name, read[name]]])));
}

/**
 * Returns undefined if the request is none of the mock's. Throws the error of a request that must not leave. If bun cannot sign, the call itself says
 * what is missing, and does not connect.
 */
function findLed(rules: BunRules, sign: Sign): Led | undefined {
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
function leadOptions(rules: BunRules, options: unknown, sign: Sign): unknown {
  const place = placeOptions(options);
  const led = findLed(rules, (added) => sign({ ...place, ...added }));
  return led === undefined ? options : { ...Object(options), ...place, ...led.lead };
}

/** Signs an address for a client without keys, if the mock answers there. */
function signForMock(rules: BunRules, sign: Sign): string | undefined {
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

/** A file of S3, of which bun's types are not loaded here. */
type S3File = Signer & Readonly<Record<string, (...values: unknown[]) => unknown>>;

/** Makes a file again, with further options. */
type Make = (lead: Lead) => S3File;

type Makers = WeakMap<object, Make>;

const makers: Makers = new WeakMap();

/**
 * Watches the functions that make files of S3, so that a file can be made again that leads to a port of the mock: most functions of a file take no
 * options, so the endpoint of the file itself counts, and bun does not tell from which options a file was made.
 */
export function watchBunFiles(global: object): void {
  const bun = findBun(global);
  if (bun === undefined) return;
  const prototype = prototypeOfFiles(bun);
  keepPatches(
    [
      ...[bun, bun.S3Client, bun.S3Client.prototype].map((holder) => watchPlace(holder, prototype)),
      { holder: prototype, name: 'slice', run: takeSlice },
    ],
    () => [makers],
  );
}

type Change = (rules: BunRules, args: readonly unknown[]) => readonly unknown[];

const leadParts: Change = (rules, [parts, ...rest]) => [
  Array.isArray(parts) ? parts.map((part: unknown) => leadFile(rules, part)) : parts,
  ...rest,
];

const leadBody: Change = (rules, [input, options, ...rest]) => {
  const { body }: { readonly body?: unknown } = Object(options);
  const led = leadFile(rules, body);
  return led === body ? [input, options, ...rest] : [input, { ...Object(options), body: led }, ...rest];
};

const classes: Readonly<Record<string, Change>> = { Blob: leadParts, File: leadParts, Request: leadBody };

let isDone = false;

/** What is made of a file of S3 reads it later, without a function that could be replaced: it is made of a file that leads to the mock. */
export function replaceBodyClasses(global: object, present: () => readonly BunRules[]): void {
  if (findBun(global) === undefined || isDone) return;
  isDone = true;
  for (const [name, change] of Object.entries(classes)) {
    const changeAll = (args: readonly unknown[]) => present().reduce((changed, rules) => change(rules, changed), args);
    replaceClass(global, name, (original) => replaceConstructor(name, original, changeAll));
  }
}

const watchPlace = (holder: object, prototype: object): PatchedPlace<Makers> => ({
  holder,
  name: 'file',
  run(made, _, [path, options], below) {
    const file = below(options === undefined ? [path] : [path, options]);
    if (hasPrototype(file, prototype))
      made.set(file, (lead) => below([path, { ...Object(options), ...lead }]) as S3File);
    return file;
  },
});

function takeSlice(
  made: Makers,
  file: unknown,
  args: readonly unknown[],
  below: (args: readonly unknown[]) => unknown,
) {
  const part = below(args);
  const make = made.get(Object(file));
  if (make !== undefined) made.set(Object(part), (lead) => make(lead)['slice']?.(...args) as S3File);
  return part;
}

function prototypeOfFiles(bun: Bun): object {
  return Object.getPrototypeOf(bun.s3.file('key'));
}

function hasPrototype(value: unknown, prototype: object): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === prototype;
}

function isS3File({ global }: Pick<BunRules, 'global'>, value: unknown): value is S3File {
  const bun = typeof value === 'object' ? findBun(global) : undefined;
  return bun !== undefined && hasPrototype(value, prototypeOfFiles(bun));
}

/** Returns the file that leads to the mock in place of a file of S3. Other values, and files that are none of the mock's, stay. */
function leadFile<Value>(rules: BunRules, value: Value): Value {
  if (!isS3File(rules, value)) return value;
  const file: S3File = value;
  const led = findLed(rules, (options) => file.presign(options));
  if (led === undefined) return value;
  const make = makers.get(file);
  if (make === undefined) throw errorOfEarly(rules, led.origin);
  return make(led.lead) as Value; // bun makes files of one class
}

const early = {
  name: 'A file of Bun.S3Client that was made before the library was loaded',
  cure: 'Load s3-versioning-mock before the code that makes the file, such as in a preload, or make the file later.',
};

function errorOfEarly(rules: BunRules, origin: string): Error {
  return errorOfAddress(rules, origin, early) ?? new rules.global.Error(`${early.name}: ${early.cure}`);
}
