import type { FailedError } from '../thrown-errors';

/** An object that an assertion of the library names. */
export interface AssertedObject {
  readonly bucket: string;
  readonly key: string;
  /** The text of the assertion. */
  readonly text: string;
}

const missing =
  /^Expected bucket '(?<bucket>[^'\n]*)' to have object '(?<key>[^\n]*?)'(?: with [\s\S]*?)?, but there is no such key\./m;
const other = /^Expected bucket '(?<bucket>[^'\n]*)' to have object '(?<key>[^\n]*?)' with [\s\S]*?, but it differs\./m;
const unwanted = /^Expected bucket '(?<bucket>[^'\n]*)' not to have object '(?<key>[^\n]*?)'(?: with|, but)/m;
const versions =
  /^Expected bucket '(?<bucket>[^'\n]*)' to have the versions [\s\S]*? of '(?<key>[^\n]*?)', oldest first, but they differ\./m;

function findAsserted(form: RegExp, errors: readonly FailedError[]): AssertedObject | undefined {
  for (const { message } of errors) {
    const { bucket, key } = form.exec(message)?.groups ?? {};
    if (bucket !== undefined && key !== undefined) return { bucket, key, text: message };
  }
  return undefined;
}

/** The object that is missing, by `toHaveObject`. */
export function findMissingObject(errors: readonly FailedError[]): AssertedObject | undefined {
  return findAsserted(missing, errors);
}

/** The object that is another one than expected, by `toHaveObject`. */
export function findOtherObject(errors: readonly FailedError[]): AssertedObject | undefined {
  return findAsserted(other, errors);
}

/** The object that should not be there, by `not.toHaveObject`. */
export function findUnwantedObject(errors: readonly FailedError[]): AssertedObject | undefined {
  return findAsserted(unwanted, errors);
}

/** The object whose versions are others than expected, by `toHaveVersions`. */
export function findOtherVersions(errors: readonly FailedError[]): AssertedObject | undefined {
  return findAsserted(versions, errors);
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
