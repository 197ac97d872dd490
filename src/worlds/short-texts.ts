import { groupBy } from '../text/lists';

/** The characters that a shortened text shows before the first one that differs. */
const BEFORE = 6;

/** Shortens texts so that different texts stay different. If long texts begin alike, a part of the beginning that they share is left out. */
export function shortenApart(texts: readonly string[], letters: number): (text: string) => string {
  const short = new Map<string, string>();
  for (const group of groupBy(new Set(texts), (text) => cut([...text], 0, letters)).values())
    for (const [text, own] of shortenGroup(group, letters)) short.set(text, own);
  return (text) => short.get(text) ?? text;
}

function shortenGroup(texts: readonly string[], letters: number): readonly (readonly [text: string, short: string])[] {
  const all = texts.map((text) => [...text]);
  const start = all.length === 1 ? 0 : Math.max(0, countShared(all) - BEFORE);
  const groups = groupBy(texts, (text) => cut([...text], start, letters));
  return [...groups].flatMap(([short, group]) =>
    group.map((text, index) => [text, index === 0 ? short : `${short} (${index + 1})`] as const),
  );
}

function countShared(texts: readonly (readonly string[])[]): number {
  const [first = [], ...others] = texts;
  const at = first.findIndex((letter, index) => others.some((other) => other[index] !== letter));
  return at === -1 ? first.length : at;
}

/** The beginning stays, since it says what the text is. */
function cut(text: readonly string[], start: number, letters: number): string {
  const head = Math.floor(letters / 3);
  const before = start > head ? `${text.slice(0, head).join('')}…` : '';
  const rest = before === '' ? text : text.slice(start);
  const room = letters - [...before].length;
  return before + (rest.length <= room ? rest.join('') : `${withoutEnd(rest.slice(0, room - 1)).join('')}…`);
}

/** A list that is cut off ends with its last whole item, and not with what separates it from the next. */
function withoutEnd(letters: readonly string[]): readonly string[] {
  let end = letters.length;
  while (end > 0 && /[\s,]/.test(letters[end - 1] ?? '')) end -= 1;
  return letters.slice(0, end);
}
