const SUGGESTIONS = 3;

export function writeSuggestion(input: unknown, names: readonly string[], atMost = SUGGESTIONS): string | undefined {
  const near = typeof input === 'string' ? nearestNames(input, names).slice(0, atMost) : [];
  return near.length === 0 ? undefined : `Did you mean ${near.join(', ')}?`;
}

export function findNearestName(input: string, names: readonly string[]): string | undefined {
  return nearestNames(input, names)[0];
}

/** Whether a letter of the name is missing, further, wrong, in another case or swapped with its neighbour; two in a long name. */
export function isMisspelling(input: string, name: string): boolean {
  const [one, other] = [input.toLowerCase(), name.toLowerCase()];
  const most = other.length < 8 ? 1 : 2;
  return distanceUpTo(most, one, other) <= most || hasSwappedLetters(one, other);
}

/**
 * Whether a name is surely a misspelt member: it has one letter less, more or wrong, or two swapped. A name in another case, such as `Key`, is a
 * member of other objects. Among the names of less than four letters many words are a letter apart, `get` and `set`, so that two swapped
 * letters alone count.
 */
export function isMisspeltMember(input: string, name: string): boolean {
  if (input.toLowerCase() === name.toLowerCase()) return false;
  return hasSwappedLetters(input, name) || (input.length > 3 && distanceUpTo(1, input, name) <= 1);
}

/**
 * Whether a name that somebody chose, such as the name of a bucket, has one letter less, more or wrong, or two swapped. Names that differ in
 * digits or in a short word are different names: `reports-1` and `reports-2`, `logs-eu` and `logs-us`.
 */
export function isLetterOff(input: string, name: string): boolean {
  const [one, other] = [input.toLowerCase(), name.toLowerCase()];
  if (one === other) return input !== name;
  // Most names differ by more, and a bucket can have many keys.
  if (distanceUpTo(1, one, other) > 1 && !hasSwappedLetters(one, other)) return false;
  const words = findOtherWords(one, other);
  const isLong = words.every((word) => word.length >= LONG_WORD);
  const [letters, otherLetters] = words.map((word) => word.replace(/\d/g, ''));
  return isLong && letters !== otherLetters;
}

/** The only words in which two names differ, or both names. */
function findOtherWords(one: string, other: string): readonly [string, string] {
  const [words, others] = [one.split(/[-._]/), other.split(/[-._]/)];
  const different = words.flatMap((word, index) => (word === others[index] ? [] : index));
  const [index = 0] = different;
  return words.length === others.length && different.length === 1
    ? [words[index] ?? one, others[index] ?? other]
    : [one, other];
}

function hasSwappedLetters(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const [start, end] = findDifferentPart(one, other);
  return end - start === 2 && one[start] === other[start + 1] && one[start + 1] === other[start];
}

/** Returns the part of the first text that lies between the letters which both texts have at their start, and those at their end. */
function findDifferentPart(one: string, other: string): readonly [start: number, end: number] {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let fromEnd = 0;
  while (fromEnd < shorter - start && one[one.length - 1 - fromEnd] === other[other.length - 1 - fromEnd]) fromEnd += 1;
  return [start, one.length - fromEnd];
}

export function hintFor(input: unknown, names: readonly string[]): string {
  const hint = writeSuggestion(input, names, 1);
  return hint === undefined ? '' : ` ${hint}`;
}

/**
 * Returns the names that differ in case alone; else the names with the same meaning; else similar names, the nearest first; else the names
 * that contain it with more words around. Returns none for one of the names itself, which is not misspelt.
 */
function nearestNames(input: string, names: readonly string[]): readonly string[] {
  if (names.includes(input)) return [];
  const inOtherCase = names.filter((name) => name.toLowerCase() === input.toLowerCase());
  if (inOtherCase.length > 0) return inOtherCase;
  const meaning = writeMeaning(input);
  const ofSameMeaning = names.filter((name) => writeMeaning(name) === meaning);
  if (ofSameMeaning.length > 0) return ofSameMeaning;
  // A single letter is similar to nearly all names, so only one difference is allowed for very short names.
  const most = input.length < 3 ? 1 : Math.min(Math.max(2, Math.floor(input.length / 3)), MOST_LETTERS);
  const near = names
    .map((name) => {
      const isCut = isCutShort(meaning, writeMeaning(name)) || hasWords(name, input);
      return { name, isCut, distance: isCut ? 1 : distanceUpTo(most, input.toLowerCase(), name.toLowerCase()) };
    })
    .filter(({ name, distance }) => distance <= most && distance < Math.max(input.length, name.length))
    .filter(({ name, isCut }) => isCut || !hasOtherWord(input, name))
    .sort(
      (one, other) =>
        one.distance - other.distance ||
        Number(other.isCut) - Number(one.isCut) ||
        Number(isFar(input, one.name)) - Number(isFar(input, other.name)),
    )
    .map(({ name }) => name);
  return near.length > 0 ? near : names.filter((name) => isPartOf(input, name));
}

/** Whether a name continues what was given by more than an ending, such as the s of a plural. */
function isFar(input: string, name: string): boolean {
  return name.length > input.length + 2;
}

/** Words that people write in place of S3's words. */
const synonyms: Readonly<Record<string, string>> = {
  remove: 'delete',
  removed: 'deleted',
  uploaded: 'created',
  added: 'created',
};

/** Writes a text so that texts of the same meaning are equal. */
function writeMeaning(name: string): string {
  return name.replace(/[A-Z][a-z]+/g, (word) => synonyms[word.toLowerCase()] ?? word).toLowerCase();
}

const LONG_WORD = 4;

/** Whether a word of the name is another word and not a misspelt word: `Deleted` and `Created` have many letters in common. */
function hasOtherWord(input: string, name: string): boolean {
  const [words, others] = [wordsIn(input), wordsIn(name)];
  if (words.length !== others.length || words.length === 1) return false;
  return words.some((word, index) => {
    const other = others[index] ?? '';
    const longest = Math.max(word.length, other.length);
    if (/\d/.test(word + other) || Math.min(word.length, other.length) < LONG_WORD) return false;
    const most = Math.max(2, Math.floor(longest / 3));
    return distanceUpTo(most, word.toLowerCase(), other.toLowerCase()) > most;
  });
}

/** Whether the input is the name with more words before it or after it: `bucketPolicy` and `policy`. */
function isPartOf(input: string, name: string): boolean {
  const capital = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  return (
    name.length > 2 &&
    (input.endsWith(capital) || /^[A-Z]/.test(input.startsWith(name) ? input.slice(name.length) : ''))
  );
}

/**
 * Whether a name has the words of the input, two at least, with more between them: `LambdaFunctionConfigurations` and
 * `LambdaConfigurations`.
 */
function hasWords(name: string, input: string): boolean {
  const [words, others] = [wordsIn(name), wordsIn(input)];
  if (others.length < 2 || words[0] !== others[0] || words.at(-1) !== others.at(-1)) return false;
  const rest = words[Symbol.iterator]();
  return others.every((word) => {
    for (const one of rest) if (one === word) return true;
    return false;
  });
}

function wordsIn(name: string): readonly string[] {
  return name.match(/[A-Z]?[a-z\d]+/g) ?? [];
}

function isCutShort(input: string, name: string): boolean {
  return input.length > 2 && name.toLowerCase().startsWith(input.toLowerCase());
}

/** The most letters in which similar names differ, since a key can have a thousand letters. */
const MOST_LETTERS = 16;

/** Returns the distance, or more than the limit. A name can be very long, so only what differs is compared. */
function distanceUpTo(most: number, one: string, other: string): number {
  const longer = one.length - other.length;
  if (Math.abs(longer) > most) return most + 1;
  const [start, end] = findDifferentPart(one, other);
  const [part, otherPart] = [one.slice(start, end), other.slice(start, end - longer)];
  // A single letter is further, missing or wrong: then nothing else is left.
  if (most === 1) return Math.min(Math.max(part.length, otherPart.length), 2);
  return distance(part, otherPart, most);
}

/** Returns Levenshtein's distance, or more than the limit. Letters whose places differ by more than the limit are not compared. */
function distance(one: string, other: string, most: number): number {
  const tooMany = most + 1;
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let index = 0; index < one.length; index += 1) {
    const next = [index + 1];
    let least = index + 1;
    const last = Math.min(other.length, index + 1 + most);
    for (let column = Math.max(1, index + 1 - most); column <= last; column += 1) {
      const replaced = (row[column - 1] ?? tooMany) + (one[index] === other[column - 1] ? 0 : 1);
      const here = Math.min(replaced, (row[column] ?? tooMany) + 1, (next[column - 1] ?? tooMany) + 1);
      next[column] = here;
      least = Math.min(least, here);
    }
    if (least > most) return tooMany;
    row = next;
  }
  return row[other.length] ?? tooMany;
}
