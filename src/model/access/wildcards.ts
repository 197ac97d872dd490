type Wildcard = typeof anyText | typeof anyLetter;

const anyText = Symbol('*');
const anyLetter = Symbol('?');

/** Texts that follow each other are one text. */
export type Pattern = readonly (string | Wildcard)[];

export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

const wildcards: Readonly<Record<string, Wildcard>> = { '*': anyText, '?': anyLetter };

export function readPattern(written: string): Pattern {
  return written.split(/([*?])/).flatMap((part) => (part === '' ? [] : [wildcards[part] ?? part]));
}

export function joinTexts(parts: Pattern): Pattern {
  const joined: (string | Wildcard)[] = [];
  let texts: string[] = [];
  const flush = () => {
    const text = texts.join('');
    if (text !== '') joined.push(text);
    texts = [];
  };
  for (const part of parts) {
    if (typeof part === 'string') texts.push(part);
    else {
      flush();
      joined.push(part);
    }
  }
  flush();
  return joined;
}

export function leastLength(pattern: Pattern): number {
  return pattern.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : part === anyLetter ? 1 : 0), 0);
}

/** Wildcards also match slashes and colons. */
export function matchesPattern(pattern: Pattern, text: string, from = 0): boolean {
  let [at, inText] = [0, from];
  let star = -1;
  let resumed = 0;
  // After a mismatch, the last star takes one more character. Going back to it alone is enough, and stays fast for patterns with many
  // stars.
  while (inText < text.length) {
    const part = pattern[at];
    if (part === anyText) {
      if (at === pattern.length - 1) return true;
      star = at;
      resumed = inText;
      at += 1;
    } else if (part === anyLetter || (part !== undefined && text.startsWith(part, inText))) {
      at += 1;
      inText += part === anyLetter ? 1 : part.length;
    } else {
      if (star === -1) return false;
      resumed = nextPlace(pattern[star + 1], text, resumed + 1);
      if (resumed === -1) return false;
      at = star + 1;
      inText = resumed;
    }
  }
  while (pattern[at] === anyText) at += 1;
  return at === pattern.length;
}

/**
 * Variables of the other text can stand for any text. Its wildcards become nothing, and then more letters than the pattern has: only a star
 * matches both.
 */
export function includesPattern(written: string, other: string): boolean {
  const pattern = readPattern(written);
  const standIns = ['', '\0'.repeat(written.length + 1)];
  // No variable ends behind the last brace.
  const end = other.lastIndexOf('}') + 1;
  const [closed, rest] = [other.slice(0, end), other.slice(end)];
  return standIns.every((standIn) => {
    const filled = closed.replaceAll(/\$\{[^}]*(?:\}|$)|\*/g, standIn) + rest.replaceAll('*', standIn);
    return matchesPattern(pattern, filled.replaceAll('?', '\0'));
  });
}

function nextPlace(part: string | Wildcard | undefined, text: string, from: number): number {
  return typeof part === 'string' ? text.indexOf(part, from) : from;
}
