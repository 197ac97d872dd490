import { firstFound } from '../text/lists';
import type { FailedError } from '../thrown-errors';

/** An object that an assertion of the library names. */
export interface AssertedObject {
  readonly bucket: string;
  readonly key: string;
  /** The text of the assertion. */
  readonly text: string;
}

/** How a sentence begins in front of what names its object, how it ends, and where the key is between both. */
interface Form {
  readonly begins: RegExp;
  readonly ends: string;
  readonly readKey: (between: string) => string | undefined;
}

const ofObject = /^Expected bucket '(?<bucket>[^'\n]*)' to have object '/m;
const missing: Form = {
  begins: ofObject,
  ends: "', but there is no such key.",
  readKey: (between) => between,
};
const missingWith: Form = {
  begins: ofObject,
  ends: ', but there is no such key.',
  readKey: (between) => textBefore(between, "' with "),
};
const other: Form = {
  begins: ofObject,
  ends: ', but it differs.',
  readKey: (between) => textBefore(between, "' with "),
};
const marked: Form = {
  begins: ofObject,
  ends: ', but its current version is a delete marker.',
  readKey: (between) => textBefore(between, "' with ") ?? textBefore(between, "'"),
};
const unmarked: Form = {
  begins: /^Expected bucket '(?<bucket>[^'\n]*)' to have a delete marker as the current version of '/m,
  ends: "', but there is no such key.",
  readKey: (between) => between,
};
const versions: Form = {
  begins: /^Expected bucket '(?<bucket>[^'\n]*)' to have the versions /m,
  ends: "', oldest first, but they differ.",
  readKey: (between) => between.split(" of '").at(-1),
};
const unwanted = /^Expected bucket '(?<bucket>[^'\n]*)' not to have object '(?<key>[^\n]*?)'(?: with|, but)/m;

function textBefore(text: string, end: string): string | undefined {
  const at = text.indexOf(end);
  return at === -1 ? undefined : text.slice(0, at);
}

/** Reads by parts, since an expression over the whole sentence takes a time that grows with the square of its length. */
function findAsserted(errors: readonly FailedError[], ...forms: readonly Form[]): AssertedObject | undefined {
  return firstFound(errors, ({ message: text }) =>
    firstFound(forms, ({ begins, ends, readKey }) => {
      const begun = begins.exec(text);
      const { bucket } = begun?.groups ?? {};
      const between = begun && textBefore(text.slice(begun.index + begun[0].length), ends);
      const key = typeof between === 'string' ? readKey(between) : undefined;
      return bucket === undefined || key === undefined || key.includes('\n') ? undefined : { bucket, key, text };
    }),
  );
}

/** The object that is missing, by `toHaveObject`. */
export function findMissingObject(errors: readonly FailedError[]): AssertedObject | undefined {
  return findAsserted(errors, missingWith, missing);
}

/** The object that is another one than expected, by `toHaveObject`. */
export function findOtherObject(errors: readonly FailedError[]): AssertedObject | undefined {
  return findAsserted(errors, other);
}

/** The object that a delete marker hides, by `toHaveObject`. */
export function findMarkedObject(errors: readonly FailedError[]): AssertedObject | undefined {
  return findAsserted(errors, marked);
}

/** The key that has nothing, by `toHaveDeleteMarker`. */
export function findUnmarked(errors: readonly FailedError[]): AssertedObject | undefined {
  return findAsserted(errors, unmarked);
}

/** The object that should not be there, by `not.toHaveObject`. */
export function findUnwantedObject(errors: readonly FailedError[]): AssertedObject | undefined {
  return firstFound(errors, ({ message: text }) => {
    const { bucket, key } = unwanted.exec(text)?.groups ?? {};
    return bucket === undefined || key === undefined ? undefined : { bucket, key, text };
  });
}

/** The object whose versions are others than expected, by `toHaveVersions`. */
export function findOtherVersions(errors: readonly FailedError[]): AssertedObject | undefined {
  return findAsserted(errors, versions);
}

/** Whether `toHaveVersions` found objects beyond those that the test expects, and not only a delete marker. */
export function hasMoreVersions({ text }: AssertedObject): boolean {
  return ofMore.test(text);
}

const ofMore = /^- \[\d+\]: expected nothing, received (?!a delete marker)/m;

/** How many versions `toHaveVersions` expected, if it found more: the first one beyond them has the place of that number. */
export function countExpectedVersions({ text }: AssertedObject): number {
  return Number(/^- \[(\d{1,9})\]: expected nothing, /m.exec(text)?.[1] ?? Number.POSITIVE_INFINITY);
}

/** A line of the differences between what a matcher expected and what it found. */
export interface AssertedDifference {
  readonly member: string;
  /** The text, or the number as a text; undefined if the matcher wrote something else, such as `nothing`. */
  readonly expected: string | undefined;
  readonly received: string | undefined;
}

const difference =
  /^- (?<member>[^:\n]+): expected (?:'(?<expected>[^'\n]*)'|(?<least>\d+)|[^'\n]*?), received (?:'(?<received>[^'\n]*)'|(?<most>\d+)|[^'\n]*?)$/gm;

export function listDifferences(text: string): readonly AssertedDifference[] {
  return [...text.matchAll(difference)].map(({ groups = {} }) => ({
    member: groups['member'] ?? '',
    expected: groups['expected'] ?? groups['least'],
    received: groups['received'] ?? groups['most'],
  }));
}
