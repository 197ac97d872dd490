/** Whether a text has a wildcard of policies: `*` for any characters, `?` for one. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

/** Whether a pattern of a policy matches a whole text. Its wildcards match slashes and colons, too. */
export function matchesPattern(pattern: string, text: string): boolean {
  let [at, inText] = [0, 0];
  let star = -1;
  let resumed = 0;
  // After a mismatch, the last star takes one more character. That is enough, and stays fast for patterns with many stars.
  while (inText < text.length) {
    const letter = pattern[at];
    if (letter === '*') {
      star = at;
      resumed = inText;
      at += 1;
    } else if (letter === '?' || (letter !== undefined && letter === text[inText])) {
      at += 1;
      inText += 1;
    } else if (star === -1) return false;
    else {
      resumed += 1;
      at = star + 1;
      inText = resumed;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
