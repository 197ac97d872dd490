import net from 'node:net';
import { URL } from 'node:url';

export interface EnvironmentValues {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** A preparation: the value of each variable that it sets, or undefined for a variable that it hides. */
type Layer = ReadonlyMap<string, string | undefined>;

/** The value of a variable as the user has set it. */
type Current = (name: string) => string | undefined;

interface Layers {
  readonly list: Layer[];
  readonly before: Map<string, string | undefined>;
}

/** Sources of credentials that an SDK would read before, or beside, a key pair. */
const hidden = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
] as const;

/** The names of empty files, with which a suite keeps SDKs from reading the files of the home folder. */
const noFile = /^(?:\/dev\/null|(?:\\\\\.\\)?nul)?$/i;

const plainProxies = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'] as const;

const KEY = Symbol.for('s3-versioning-mock.environment.v1');

type Holder = NodeJS.Process & { [KEY]?: Layers };

/**
 * Sets a key pair and a region if the user has set none and named no file with them, so that SDKs neither fail nor ask the instance
 * metadata service. Preparations can end in any order. The newest active preparation decides. If somebody else has set a variable in the
 * meantime, the variable stays as it is.
 */
export function prepareEnvironment(process: NodeJS.Process, values: EnvironmentValues): () => void {
  return prepare(process, (current) => credentialsLayer(values, current));
}

/**
 * Publishes the endpoint for the SDKs of child processes and worker threads. A key pair and a region are set if `values` contains them and
 * the user has set none.
 */
export function publishEndpoint(
  process: NodeJS.Process,
  url: string,
  values: EnvironmentValues | undefined,
  sts: boolean,
): () => void {
  const names = ['AWS_ENDPOINT_URL_S3', ...(sts ? ['AWS_ENDPOINT_URL_STS'] : [])];
  const endpoints = new Map(names.map((name) => [name, url] as const));
  const undo = [...environments(process)].map((holder) =>
    prepare(holder, (current) => {
      const layer = endpointLayer(url, endpoints, values, current);
      return isBun(process) ? withBunEndpoint(layer, url, current) : layer;
    }),
  );
  return () => {
    for (const step of undo) step();
  };
}

/**
 * Exempts a port of this machine from the proxies of the environment, for a client that has no option for this and reads the list at each call.
 * The list of the user stays in front. Returns undefined if it contains the port already.
 */
export function exemptFromProxies(process: NodeJS.Process, authority: string): (() => void) | undefined {
  const { env } = process;
  const present = env['no_proxy'] || env['NO_PROXY'] || '';
  if (present === '*' || present.split(/,\s*/).includes(authority)) return undefined;
  const list = present === '' ? authority : `${present},${authority}`;
  return prepare(process, () => new Map([['NO_PROXY', list] as const, ['no_proxy', list] as const]));
}

/** A variable that the mock has set, or has hidden: then `set` is undefined. */
export interface PreparedVariable {
  readonly name: string;
  readonly set: string | undefined;
  readonly present: string | undefined;
}

/** Returns the variables that mocks have set or hidden, with their present values. */
export function listPrepared(process: NodeJS.Process): readonly PreparedVariable[] {
  const { list } = (process as Holder)[KEY] ?? { list: [] };
  const values = new Map(list.flatMap((layer) => [...layer]));
  return [...values].map(([name, set]) => ({ name, set, present: process.env[name] }));
}

const endpointNames = ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'] as const;

/** Returns the endpoint of S3 that the user's environment names at present. */
export function findNamedEndpoint(process: NodeJS.Process): PreparedVariable | undefined {
  if (ignoresEndpoints(process)) return undefined;
  const name = endpointNames.find((one) => userValue(process, one));
  return name && { name, set: undefined, present: userValue(process, name) };
}

export function findUserEndpoint(process: NodeJS.Process): string | undefined {
  if (ignoresEndpoints(process)) return undefined;
  return userValue(process, 'AWS_ENDPOINT_URL_S3') || userValue(process, 'AWS_ENDPOINT_URL');
}

/** Returns the endpoint that the user has set for all services. */
export function findSharedEndpoint(process: NodeJS.Process): string | undefined {
  return ignoresEndpoints(process) ? undefined : userValue(process, 'AWS_ENDPOINT_URL');
}

/** Returns the endpoint that the user has set for STS alone. `findUserEndpoint` returns the endpoint that SDKs use for S3 and STS. */
export function findUserStsEndpoint(process: NodeJS.Process): string | undefined {
  return ignoresEndpoints(process) ? undefined : userValue(process, 'AWS_ENDPOINT_URL_STS');
}

/** The names by which bun's own client of S3 reads its endpoint. The first wins. */
const bunEndpointNames = ['S3_ENDPOINT', 'AWS_ENDPOINT'] as const;

/** Returns the endpoint that the user has set for bun's own client, without its path: the mock answers below each path. */
export function findBunEndpoint(process: NodeJS.Process): string | undefined {
  if (!isBun(process)) return undefined;
  const named = bunEndpointNames.map((name) => userValue(process, name)).find(Boolean) ?? '';
  return bunEndpoint.exec(named)?.[1];
}

/** Other programs also use these names, so a value of another form is none of bun's. */
const bunEndpoint = /^((?:https?:\/\/)?(?:\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?)(?:\/.*)?$/i;

function isBun({ versions }: NodeJS.Process): boolean {
  return versions['bun'] !== undefined;
}

/** Returns the secret of the key in the environment, with which SDKs sign. Returns undefined for any other key. */
export function findEnvironmentSecret({ env }: NodeJS.Process, accessKeyId: string): string | undefined {
  return env['AWS_ACCESS_KEY_ID'] === accessKeyId ? env['AWS_SECRET_ACCESS_KEY'] || undefined : undefined;
}

export function ignoresEndpoints({ env }: NodeJS.Process): boolean {
  return env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true';
}

/**
 * The environment of the test, and the environment that Node gives to child processes and worker threads. Jest makes a copy of `process`
 * for each test file. Node does not read the copy, and process.getBuiltinModule() also returns the copy.
 */
function environments(process: NodeJS.Process): ReadonlySet<Holder> {
  const CoreFunction: FunctionConstructor = Object.getPrototypeOf(net).constructor.constructor;
  try {
    return new Set([process, CoreFunction('return process')()]);
  } catch {
    // Node runs with --disallow-code-generation-from-strings.
    return new Set([process]);
  }
}

function prepare(holder: Holder, layerFor: (current: Current) => Layer): () => void {
  const layers = readLayers(holder);
  const layer = layerFor((name) => userValue(holder, name));
  for (const [name, value] of layer) {
    const isOurs = layers.list.some((other) => other.has(name));
    if (!isOurs) layers.before.set(name, holder.env[name]);
    assign(holder, name, value);
  }
  layers.list.push(layer);
  return () => remove(layer, holder, layers);
}

/** The layers are stored on `process`. Jest makes a copy of `process` for each test file, together with its environment. */
function readLayers(holder: Holder): Layers {
  const layers = holder[KEY] ?? { list: [], before: new Map() };
  if (holder[KEY] === undefined) Object.defineProperty(holder, KEY, { value: layers, configurable: true });
  return layers;
}

function credentialsLayer(values: EnvironmentValues, current: Current): Layer {
  const layer = new Map<string, string | undefined>();
  if (!namesRegion(current)) layer.set('AWS_REGION', values.region);
  if (namesKeys(current)) return layer;
  layer.set('AWS_ACCESS_KEY_ID', values.accessKeyId);
  layer.set('AWS_SECRET_ACCESS_KEY', values.secretAccessKey);
  layer.set('AWS_EC2_METADATA_DISABLED', 'true');
  for (const name of hidden) layer.set(name, undefined);
  return layer;
}

/** SDKs read the region from the file of configuration, which is not read here. */
function namesRegion(current: Current): boolean {
  return Boolean(current('AWS_REGION') || current('AWS_DEFAULT_REGION')) || namesFile(current('AWS_CONFIG_FILE'));
}

/**
 * The file of credentials has keys. The file of configuration has them in its profiles only, as a rule: it counts if the user has also chosen
 * a profile. Otherwise a suite that names it for its region alone would be left without keys.
 */
function namesKeys(current: Current): boolean {
  if (current('AWS_ACCESS_KEY_ID') && current('AWS_SECRET_ACCESS_KEY')) return true;
  if (namesFile(current('AWS_SHARED_CREDENTIALS_FILE'))) return true;
  return namesFile(current('AWS_CONFIG_FILE')) && Boolean(current('AWS_PROFILE') || current('AWS_DEFAULT_PROFILE'));
}

function namesFile(value = ''): boolean {
  return !noFile.test(value);
}

function endpointLayer(url: string, endpoints: Layer, values: EnvironmentValues | undefined, current: Current): Layer {
  const layer = new Map([...(values === undefined ? [] : credentialsLayer(values, current)), ...endpoints]);
  // Python's SDK and the AWS CLI read only AWS_DEFAULT_REGION, and need a region to call STS.
  if (layer.has('AWS_REGION')) layer.set('AWS_DEFAULT_REGION', layer.get('AWS_REGION'));
  const unproxied = current('no_proxy') || current('NO_PROXY') || '';
  if (unproxied === '*' || !plainProxies.some((name) => current(name))) return layer;
  // Python's clients, for one, send requests to this machine to a proxy unless it is listed here.
  const list = [unproxied, new URL(url).hostname].filter((part) => part !== '').join(',');
  return layer.set('NO_PROXY', list).set('no_proxy', list);
}

/** A bun that starts later reads these names. What the user has set is also read by code that is none of bun's, so it stays. */
function withBunEndpoint(layer: Layer, url: string, current: Current): Layer {
  return bunEndpointNames.some((name) => current(name)) ? layer : new Map([...layer, ['S3_ENDPOINT', url]]);
}

/** A value that an active preparation set is not the user's, even if jest copied it from an earlier file. */
function userValue(holder: Holder, name: string): string | undefined {
  const value = holder.env[name];
  const layers = [...environments(holder)].map((one) => one[KEY]);
  const ours = layers.find((one) => one?.list.some((layer) => layer.has(name) && layer.get(name) === value));
  return ours === undefined ? value : ours.before.get(name);
}

function remove(layer: Layer, holder: Holder, { list, before }: Layers): void {
  const at = list.indexOf(layer);
  if (at === -1) return;
  list.splice(at, 1);
  for (const [name, value] of layer) {
    const next = list.findLast((other) => other.has(name));
    if (holder.env[name] === value) assign(holder, name, next === undefined ? before.get(name) : next.get(name));
    if (next === undefined) before.delete(name);
  }
  // A list that stays on Node's own `process` keeps the realm of a test file in memory.
  if (list.length === 0) Reflect.deleteProperty(holder, KEY);
}

function assign({ env }: Holder, name: string, value: string | undefined): void {
  if (value === undefined) delete env[name];
  else env[name] = value;
}
