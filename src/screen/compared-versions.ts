import type { RequestEntry } from '../journal/entry';
import type { Store } from '../model/store';
import { isObject } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { readText } from '../preset/version-copies';
import { writeKey, writeValue } from '../text/values';
import type { ComparedValue, FailedError } from '../thrown-errors';

/** A plain matcher compared a body, or the list of versions, with texts, which it can never equal. */
export function writeComparedVersions(
  errors: readonly FailedError[],
  store: Store,
  entries: readonly RequestEntry[],
): string | undefined {
  for (const { compared } of errors) {
    if (compared === undefined) continue;
    const [expected, received] = [compared.expected.flatMap(readPrinted), compared.received.flatMap(readPrinted)];
    const hint =
      hintAtVersions(expected, received, store) ?? hintAtBytes(expected, received, () => nameObjects(store, entries));
    if (hint !== undefined) return hint;
  }
  return undefined;
}

/** A text on a line of its own, a member, or bytes, as vitest prints them. */
const printed =
  /^ *"(?<text>[^"\\\n]*)",?$|"(?<name>key|versionId)": "(?<value>[^"\\\n]*)"|(?<body>"body": )?(?:\b(?:Buffer|Uint8Array) |\{\s*"data": )\[(?<bytes>[\d\s,]*)\]/gm;

/** The number of characters that are read of what a runner prints. A thousand versions need fewer, the bytes of a large body more. */
const READ = 1_000_000;

/** In place of bytes, an object or a list, vitest passes its printed form. */
function readPrinted(one: ComparedValue): readonly ComparedValue[] {
  if (typeof one.value !== 'string' || one.isBytes || !/^(?:\w+ )?[[{]/.test(one.value)) return [one];
  return [...one.value.slice(0, READ).matchAll(printed)].map(({ groups: { text, name, value, body, bytes } = {} }) => {
    if (bytes === undefined) return { name: name ?? '', value: text ?? value ?? '' };
    const numbers = bytes.split(',').flatMap((number) => (number.trim() === '' ? [] : Number(number)));
    return { name: body === undefined ? '' : 'body', value: Buffer.from(numbers).toString(), isBytes: true };
  });
}

/** An object that a request of the test named. */
interface NamedObject {
  readonly bucket: string;
  readonly key: string;
  readonly body: string;
}

/** The most requests whose objects are looked at. */
const LOOKED_AT = 100;

/** A longer body is not compared with what a runner prints. */
const LONGEST_BODY = 1000;

function nameObjects(store: Store, entries: readonly RequestEntry[]): readonly NamedObject[] {
  const named = new Map<string, NamedObject>();
  for (const { bucket = '', key = '' } of entries.slice(-LOOKED_AT)) {
    const current = store.buckets.get(bucket)?.versions.current(key);
    if (current === undefined || !isObject(current) || current.content.body.byteLength > LONGEST_BODY) continue;
    named.set(`${bucket}/${key}`, { bucket, key, body: readText(current) });
  }
  return [...named.values()];
}

function hintAtBytes(
  expected: readonly ComparedValue[],
  received: readonly ComparedValue[],
  nameAll: () => readonly NamedObject[],
): string | undefined {
  const texts = new Set(expected.filter(({ isBytes }) => !isBytes).map(({ value }) => value));
  const bytes = received.find(({ value, isBytes }) => isBytes && texts.has(value));
  if (bytes === undefined) return undefined;
  // Nobody knows which of two equal bodies a test has read.
  const [named, ...others] = nameAll().filter(({ body }) => body === bytes.value);
  const text =
    named === undefined || others.length > 0
      ? ''
      : `, or s3.bucket('${named.bucket}').object(${writeKey(named.key)}).text()`;
  return `A body is bytes, which equal no text: compare body.toString()${text}.`;
}

/** The texts would be the bodies of the versions, oldest first, as toHaveVersions takes them. */
function hintAtVersions(
  expected: readonly ComparedValue[],
  received: readonly ComparedValue[],
  store: Store,
): string | undefined {
  const named = (name: string) => received.filter((one) => one.name === name).map(({ value }) => String(value));
  const [ids, bodies, [key = '']] = [named('versionId'), named('body'), named('key')];
  const texts = expected.filter(({ name }) => /^(?:\d*|body)$/.test(name)).map(({ value }) => value);
  if (ids.length === 0 || bodies.length !== ids.length || texts.length !== bodies.length) return undefined;
  const inOrder = [bodies.toReversed(), bodies].find((one) => one.every((body, index) => body === texts[index]));
  const bucket = findBucket(store, key, ids);
  if (inOrder === undefined || bucket === undefined) return undefined;
  const right = `expect(s3.bucket('${bucket}')).toHaveVersions(${writeKey(key)}, ${writeValue(bodies.toReversed())})`;
  return `versions() returns objects with bytes as bodies, newest first. To compare with texts, oldest first, write ${right}.`;
}

function findBucket(store: Store, key: string, ids: readonly string[]): string | undefined {
  const has = (name: string) => {
    const versions = [...(store.buckets.get(name)?.versions.of(key) ?? [])];
    return ids.every((id) => versions.some((version) => versionIdOf(store, version) === id));
  };
  return [...store.buckets.keys()].find(has);
}
