/** A wildcard of policies: `*`, any characters, or `?`, one character. */
type Wildcard = typeof anyText | typeof anyLetter;

const anyText = Symbol('*');
const anyLetter = Symbol('?');

/** A pattern in its letters: characters that mean themselves, and wildcards. */
export type Letters = readonly (string | Wildcard)[];

/** Whether a text has a wildcard of policies: `*` for any characters, `?` for one. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

/** The letters of a text in which `*` and `?` are wildcards. */
export function lettersOf(pattern: string): Letters {
  return pattern.split('').map((letter) => (letter === '*' ? anyText : letter === '?' ? anyLetter : letter));
}

/** The letters of a text that means itself. */
export function literalLetters(text: string): Letters {
  return text.split('');
}

/** The text that comes before the first wildcard. */
export function prefixOf(letters: Letters): string {
  const end = letters.findIndex((letter) => typeof letter === 'symbol');
  return letters.slice(0, end === -1 ? undefined : end).join('');
}

/**
 * Whether a pattern in its letters matches a whole text, or the rest of it from a place on. Its wildcards match slashes and colons, too.
 */
export function matchesLetters(pattern: Letters, text: string, from = 0): boolean {
  let [at, inText] = [0, from];
  let star = -1;
  let resumed = 0;
  // After a mismatch, the last star takes one more character. That is enough, and stays fast for patterns with many stars.
  while (inText < text.length) {
    const letter = pattern[at];
    if (letter === anyText) {
      if (at === pattern.length - 1) return true;
      star = at;
      resumed = inText;
      at += 1;
    } else if (letter === anyLetter || (letter !== undefined && letter === text[inText])) {
      at += 1;
      inText += 1;
    } else if (star === -1) return false;
    else {
      resumed += 1;
      at = star + 1;
      inText = resumed;
    }
  }
  while (pattern[at] === anyText) at += 1;
  return at === pattern.length;
}
