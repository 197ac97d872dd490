import type { URL } from 'node:url';
import { PASS } from '../connect-call';
import type { Place } from '../patches';
import { normalizeHost } from '../target';
import { isS3File, leadFile, prototypeOfFiles, type S3File } from './bun-files';
import {
  type Bun,
  type BunRules,
  findBun,
  findLed,
  leadOptions,
  placeOptions,
  type Sign,
  type Signer,
  signForMock,
} from './bun-signing';
import { byFetch, reject } from './clients';

/**
 * Leads the calls of bun's own client of S3 to a port of the mock. bun connects for the client by itself, and takes the endpoint of each call from
 * its options or from the file.
 * @module
 */

type Run = Place<BunRules>['run'];

/** How many arguments of a function of clients are in front of its options. */
const ofClients = { delete: 1, exists: 1, list: 1, size: 1, stat: 1, unlink: 1, write: 2 } as const;

/** The functions of files that take no options, or none that lead elsewhere. */
const ofFiles = ['arrayBuffer', 'bytes', 'exists', 'formData', 'json', 'stat', 'text'];
/** They return no promise. */
const ofOpenFiles = ['image', 'stream'];
const ofFilesWithOptions = { delete: 0, unlink: 0, write: 1 } as const;

export function bunClientPlaces(global: object): readonly Place<BunRules>[] {
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
