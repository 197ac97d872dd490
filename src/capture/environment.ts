/** The values that SDKs find in the environment while a mock runs. */
interface EnvironmentValues {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** One preparation: the value of each variable it sets, undefined for one that it hides. */
type Layer = ReadonlyMap<string, string | undefined>;

/** The active preparations, oldest first, and the values of the variables before the first of them. */
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

const KEY = Symbol.for('s3-versioning-mock.environment.v1');

/**
 * Sets a key pair and a region for SDKs if the user has set none, so that they neither fail nor ask the instance
 * metadata service; returns a function that restores the environment. Preparations may end in any order: the newest
 * active one decides, and a variable that somebody else has set in the meantime is left as it is.
 */
export function prepareEnvironment(values: EnvironmentValues): () => void {
  const layers = layersOf(process as object);
  const layer = layerFor(values, (name) => userValue(layers, name));
  for (const [name, value] of layer) {
    const isOurs = layers.list.some((other) => other.has(name));
    if (!isOurs) layers.before.set(name, process.env[name]);
    assign(name, value);
  }
  layers.list.push(layer);
  return () => remove(layer, layers);
}

/** Stored on `process`, which jest creates for each test file, together with its environment. */
function layersOf(holder: { [KEY]?: Layers }): Layers {
  const layers = holder[KEY] ?? { list: [], before: new Map() };
  if (holder[KEY] === undefined) Object.defineProperty(holder, KEY, { value: layers });
  return layers;
}

function layerFor(values: EnvironmentValues, current: (name: string) => string | undefined): Layer {
  const layer = new Map<string, string | undefined>();
  if (!current('AWS_REGION') && !current('AWS_DEFAULT_REGION')) layer.set('AWS_REGION', values.region);
  if (current('AWS_ACCESS_KEY_ID') && current('AWS_SECRET_ACCESS_KEY')) return layer;
  layer.set('AWS_ACCESS_KEY_ID', values.accessKeyId);
  layer.set('AWS_SECRET_ACCESS_KEY', values.secretAccessKey);
  layer.set('AWS_EC2_METADATA_DISABLED', 'true');
  for (const name of hidden) layer.set(name, undefined);
  return layer;
}

/** The value that the user set: a value that an active preparation set does not count. */
function userValue(layers: Layers, name: string): string | undefined {
  return layers.list.some((layer) => layer.has(name) && layer.get(name) === process.env[name])
    ? layers.before.get(name)
    : process.env[name];
}

function remove(layer: Layer, { list, before }: Layers): void {
  const at = list.indexOf(layer);
  if (at === -1) return;
  list.splice(at, 1);
  for (const [name, value] of layer) {
    const next = list.findLast((other) => other.has(name));
    if (process.env[name] === value) assign(name, next === undefined ? before.get(name) : next.get(name));
    if (next === undefined) before.delete(name);
  }
}

function assign(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
