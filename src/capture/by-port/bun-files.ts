import { keepPatches, type Place } from '../patches';
import { type Bun, type BunRules, findBun, findLed, type Lead, type Signer } from './bun-signing';
import { errorOfAddress } from './clients';
import { replaceClass, replaceConstructor } from './constructors';

/**
 * Makes files of S3 again that lead to a port of the mock: most functions of a file take no options, so the endpoint of the file itself counts, and
 * bun does not tell from which options a file was made. So the functions that make files are watched from the import of the library on.
 * @module
 */

/** A file of S3, of which bun's types are not loaded here. */
export type S3File = Signer & Readonly<Record<string, (...values: unknown[]) => unknown>>;

/** Makes a file again, with further options. */
type Make = (lead: Lead) => S3File;

type Makers = WeakMap<object, Make>;

const makers: Makers = new WeakMap();

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

const watchPlace = (holder: object, prototype: object): Place<Makers> => ({
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

export function prototypeOfFiles(bun: Bun): object {
  return Object.getPrototypeOf(bun.s3.file('key'));
}

function hasPrototype(value: unknown, prototype: object): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === prototype;
}

export function isS3File({ global }: Pick<BunRules, 'global'>, value: unknown): value is S3File {
  const bun = typeof value === 'object' ? findBun(global) : undefined;
  return bun !== undefined && hasPrototype(value, prototypeOfFiles(bun));
}

/** Returns the file that leads to the mock in place of a file of S3. Other values, and files that are none of the mock's, stay. */
export function leadFile<Value>(rules: BunRules, value: Value): Value {
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
