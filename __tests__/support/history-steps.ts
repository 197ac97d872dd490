import * as fc from 'fast-check';
import type { Call, ListingCall, SourceCall, VersionName } from './history-calls';
import type { NamedEncryption, NewEncryption, Secret } from './history-encryption';
import type { NaiveBucket } from './naive-bucket';

// Keys whose orders in UTF-8 and in UTF-16 differ, keys below and beside a delimiter, and a key that begins others.
const keys = ['a', 'a/b', 'a/c', 'b', '\uffee', '\u{1f600}'];

/** The version of a step. A number counts from the newest one back. */
type Which =
  | { readonly of: 'the key' | 'all that was issued'; readonly back: number }
  | { readonly of: 'null' | 'invented' };

type WhichSecret = 'right' | 'wrong' | 'none' | 'short';

export type Step =
  | Extract<Call, { readonly do: 'set versioning' | 'set encryption' | 'delete encryption' | 'begin upload' }>
  | {
      readonly do: 'put';
      readonly key: string;
      readonly body: string;
      readonly note: string | undefined;
      readonly condition: 'absent' | 'as it is' | 'other' | undefined;
      readonly encryption: NewEncryption | undefined;
    }
  | { readonly do: 'delete'; readonly key: string; readonly condition: 'as it is' | 'other' | 'any' | undefined }
  | { readonly do: 'delete version'; readonly key: string; readonly version: Which }
  | {
      readonly do: 'delete objects';
      readonly entries: readonly { readonly key: string; readonly version: Which | undefined }[];
      readonly quiet: boolean;
    }
  | {
      readonly do: 'copy';
      readonly from: string;
      readonly version: Which | undefined;
      readonly to: string;
      readonly note: string | undefined;
      readonly encryption: NewEncryption | undefined;
      readonly sourceSecret: WhichSecret;
    }
  | { readonly do: 'upload part'; readonly back: number; readonly body: string; readonly secret: WhichSecret }
  | {
      readonly do: 'copy part';
      readonly back: number;
      readonly from: string;
      readonly version: Which | undefined;
      readonly sourceSecret: WhichSecret;
    }
  | { readonly do: 'complete upload'; readonly back: number; readonly secret: WhichSecret }
  | { readonly do: 'abort upload'; readonly back: number }
  | {
      readonly do: 'get' | 'head';
      readonly key: string;
      readonly version: Which | undefined;
      readonly secret: WhichSecret;
    }
  | { readonly do: 'get tags'; readonly key: string; readonly version: Which | undefined }
  | {
      readonly do: 'put tags';
      readonly key: string;
      readonly version: Which | undefined;
      readonly values: readonly string[];
    }
  | ({ readonly do: 'list versions' } & Omit<ListingCall, 'afterVersion'>)
  | ({ readonly do: 'list objects' } & Omit<ListingCall, 'afterVersion'>)
  | ({ readonly do: 'list objects v2' } & Omit<ListingCall, 'afterVersion'>)
  | { readonly do: 'next page'; readonly of: 'list versions' | 'list objects' | 'list objects v2' };

/** The keys of most steps, so that they have a history. */
export const mainKeys = ['a', 'a/b'];

export const key = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...mainKeys) },
  { weight: 1, arbitrary: fc.constantFrom(...keys) },
);
const body = fc.constantFrom('', 'one', 'two');
const note = fc.constantFrom(undefined, 'noted');
const back = fc.nat({ max: 5 });
const which: fc.Arbitrary<Which> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ of: fc.constant('the key' as const), back }) },
  { weight: 2, arbitrary: fc.record({ of: fc.constant('null' as const) }) },
  { weight: 1, arbitrary: fc.record({ of: fc.constant('all that was issued' as const), back }) },
  { weight: 1, arbitrary: fc.record({ of: fc.constant('invented' as const) }) },
);
const maybeWhich = fc.option(which, { nil: undefined, freq: 2 });
const rarely = <Word extends string>(...words: Word[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...words) });
const kms: readonly NamedEncryption[] = [
  { algorithm: 'aws:kms' },
  { algorithm: 'aws:kms', ownKey: true },
  { algorithm: 'aws:kms', bucketKey: true },
  { algorithm: 'aws:kms:dsse' },
];
const named = fc.constantFrom<(NewEncryption | undefined)[]>(
  ...[undefined, undefined, undefined, undefined, undefined],
  { algorithm: 'AES256' },
  ...kms,
  { algorithm: 'aws:kms', bucketKey: false },
  ...[{ secret: 'red' as const }, { secret: 'red' as const }, { secret: 'blue' as const }],
);
const secret = fc.oneof(
  { weight: 6, arbitrary: fc.constant('right' as const) },
  { weight: 2, arbitrary: fc.constantFrom('wrong' as const, 'none' as const, 'short' as const) },
);
const listings = ['list versions', 'list objects', 'list objects v2'] as const;

function step<Verb extends Step['do'], Said>(
  weight: number,
  verb: Verb,
  said: { [Name in keyof Said]: fc.Arbitrary<Said[Name]> },
) {
  return { weight, arbitrary: fc.record({ do: fc.constant(verb), ...said }) };
}

export const steps = fc.oneof(
  step(12, 'put', {
    key,
    body,
    note,
    condition: rarely('absent', 'as it is', 'other'),
    encryption: fc.oneof({ weight: 20, arbitrary: named }, { weight: 1, arbitrary: fc.constant({ secret: 'short' }) }),
  }),
  step(4, 'delete', {
    key,
    condition: rarely('as it is', 'other', 'any'),
  }),
  step(5, 'delete version', { key, version: which }),
  step(3, 'set versioning', { status: fc.constantFrom('Enabled' as const, 'Suspended' as const) }),
  step(2, 'delete objects', {
    entries: fc.array(fc.record({ key, version: maybeWhich }), { minLength: 1, maxLength: 3 }),
    quiet: fc.boolean(),
  }),
  step(3, 'set encryption', {
    byDefault: fc.constantFrom<NamedEncryption[]>({}, {}, {}, { algorithm: 'AES256' }, ...kms, {
      algorithm: 'aws:kms',
      ownKey: true,
      bucketKey: true,
    }),
    blocked: fc.constantFrom(undefined, false, true, true),
  }),
  step(2, 'delete encryption', {}),
  step(6, 'copy', {
    from: key,
    version: maybeWhich,
    to: key,
    note,
    encryption: fc.option(named, { nil: undefined, freq: 2 }),
    sourceSecret: secret,
  }),
  step(2, 'begin upload', { key, body, encryption: named }),
  step(2, 'upload part', {
    back: fc.nat({ max: 2 }),
    body,
    secret: fc.constantFrom('right' as const, 'right' as const, 'wrong' as const, 'none' as const, 'short' as const),
  }),
  step(1, 'copy part', { back: fc.nat({ max: 2 }), from: key, version: maybeWhich, sourceSecret: secret }),
  step(3, 'complete upload', { back: fc.nat({ max: 2 }), secret }),
  step(1, 'abort upload', { back: fc.nat({ max: 2 }) }),
  step(4, 'get', { key, version: maybeWhich, secret }),
  step(2, 'head', { key, version: maybeWhich, secret }),
  step(1, 'get tags', { key, version: maybeWhich }),
  step(2, 'put tags', { key, version: maybeWhich, values: fc.constantFrom(['red'], [], ['red', 'blue']) }),
  ...listings.map((verb) =>
    step(1, verb, {
      prefix: fc.constantFrom('', '', 'a', 'a/'),
      delimiter: fc.constantFrom('', '/', '/c'),
      size: fc.constantFrom(1, 2, 3, 0, undefined),
      after: fc.oneof(
        { weight: 2, arbitrary: fc.constant('') },
        { weight: 1, arbitrary: fc.constantFrom(...keys, 'a/', 'a/bb') },
      ),
    }),
  ),
  step(4, 'next page', { of: fc.constantFrom(...listings) }),
) as fc.Arbitrary<Step>; // each of these is one call

const ofOneKey = fc.constant('a');
const plain = { encryption: fc.constant(undefined) };
const rightSecret = { secret: fc.constant('right' as const) };
const latestUploads = { back: fc.nat({ max: 3 }) };

/** The steps that decide which version of a key a completed upload becomes. */
export const uploadSteps = fc.oneof(
  step(3, 'put', { key: ofOneKey, body, note, condition: fc.constant(undefined), ...plain }),
  step(2, 'delete', { key: ofOneKey, condition: fc.constant(undefined) }),
  step(2, 'delete version', {
    key: ofOneKey,
    version: fc.constantFrom<Which[]>({ of: 'null' }, { of: 'the key', back: 0 }),
  }),
  step(4, 'begin upload', { key: ofOneKey, body, ...plain }),
  step(5, 'complete upload', { ...latestUploads, ...rightSecret }),
  step(1, 'abort upload', latestUploads),
  step(2, 'set versioning', { status: fc.constantFrom('Enabled' as const, 'Suspended' as const) }),
) as fc.Arbitrary<Step>; // each of these is one call

export type Unfinished = Map<Call['do'], ListingCall>;

/** Returns the call of a step; undefined if there is nothing to make it with. */
export function callOf(step: Step, naive: NaiveBucket, unfinished: Unfinished): Call | undefined {
  switch (step.do) {
    case 'put': {
      const { condition, ...put } = step;
      const match = condition === 'absent' ? undefined : matchOf(naive, put.key, condition);
      return { ...put, absent: condition === 'absent', match };
    }
    case 'delete': {
      const { condition, ...call } = step;
      return { ...call, match: condition === 'any' ? '*' : matchOf(naive, call.key, condition) };
    }
    case 'delete version':
      return { ...step, version: nameOf(naive, step.key, step.version) };
    case 'delete objects': {
      const entries = step.entries.map((entry) => ({
        ...entry,
        version: maybeNameOf(naive, entry.key, entry.version),
      }));
      // A quiet answer has no id of a delete marker, so that the marker would have no name.
      return { ...step, entries, quiet: step.quiet && entries.every(({ version }) => version !== undefined) };
    }
    case 'copy':
      return { ...step, ...sourceOf(naive, step) };
    case 'get':
    case 'head': {
      const version = maybeNameOf(naive, step.key, step.version);
      return { ...step, version, secret: secretOf(step.secret, keptSecret(naive, step.key, version)) };
    }
    case 'get tags':
    case 'put tags':
      return { ...step, version: maybeNameOf(naive, step.key, step.version) };
    case 'upload part':
    case 'copy part':
    case 'complete upload':
    case 'abort upload':
      return callOfUpload(step, naive);
    case 'next page': {
      const page = unfinished.get(step.of);
      return page && { do: step.of, resumed: true, ...page };
    }
    case 'list objects v2':
      return { ...step, resumed: false };
    default:
      return step;
  }
}

function callOfUpload({ back, ...step }: Extract<Step, { readonly back: number }>, naive: NaiveBucket) {
  const { length } = naive.uploads;
  const upload = length - 1 - (back % length);
  const begun = naive.uploads[upload];
  if (begun === undefined) return undefined;
  const kept = begun.encrypted.secret;
  if (step.do === 'abort upload') return { ...step, upload };
  // Nobody recorded which of two wrong keys S3 refuses, that of the part or that of the source.
  if (step.do === 'copy part') return { ...step, upload, ...sourceOf(naive, step), secret: kept };
  return { ...step, upload, secret: secretOf(step.secret, kept) };
}

function sourceOf(
  naive: NaiveBucket,
  step: { readonly from: string; readonly version: Which | undefined; readonly sourceSecret: WhichSecret },
): SourceCall {
  const { from } = step;
  const version = maybeNameOf(naive, from, step.version);
  return { from, version, sourceSecret: secretOf(step.sourceSecret, keptSecret(naive, from, version)) };
}

function keptSecret(naive: NaiveBucket, key: string, version: VersionName | undefined): Secret | undefined {
  const stack = naive.stack(key);
  return (version === undefined ? stack[0] : stack.find(({ id }) => id === version))?.encrypted.secret;
}

function secretOf(which: WhichSecret, kept: Secret | undefined): Secret | undefined {
  if (which === 'right') return kept;
  if (which === 'wrong') return kept === 'red' ? 'blue' : 'red';
  return which === 'none' ? undefined : which;
}

function matchOf(naive: NaiveBucket, key: string, condition: 'as it is' | 'other' | undefined): string | undefined {
  if (condition === undefined) return undefined;
  // The ETag of a deleted key is that of the newest object below the delete marker.
  const object = naive.stack(key).find(({ marker }) => !marker);
  return condition === 'as it is' && object ? object.etag : 'another';
}

function maybeNameOf(naive: NaiveBucket, key: string, version: Which | undefined): VersionName | undefined {
  return version && nameOf(naive, key, version);
}

function nameOf(naive: NaiveBucket, key: string, version: Which): VersionName {
  if (!('back' in version)) return version.of;
  const ids = version.of === 'the key' ? naive.stack(key) : naive.issued.toReversed();
  return ids[version.back % ids.length]?.id ?? 'null';
}
