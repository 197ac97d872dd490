import { visible, writeGiven } from '../../text/values';

/** Why a text is not a document that the mock reads, and where. */
export class MarkupProblem extends Error {
  /** Whether it is about a character that XML 1.0 lacks, raw or as a reference. */
  readonly isCharacter: boolean;

  constructor(words: string, isCharacter = false) {
    super(words);
    this.isCharacter = isCharacter;
  }
}

/** The problem of something at a place of a text: `<b> at character 4 is never closed`. */
export function problemAt(text: string, at: number, what: string, problem: string): MarkupProblem {
  return new MarkupProblem(`${what} at ${placeIn(text, at)} ${problem}`);
}

export function characterProblem(text: string, at: number, what: string): MarkupProblem {
  return new MarkupProblem(`${what} at ${placeIn(text, at)} is not a character of XML 1.0`, true);
}

function placeIn(text: string, at: number): string {
  const before = text.slice(0, at);
  const lines = before.split('\n').length;
  const character = `character ${at - before.lastIndexOf('\n')}`;
  return lines === 1 ? character : `line ${lines}, ${character}`;
}

const shown = 30;

export function beginningOf(piece: string): string {
  const characters = Array.from(piece.slice(0, 2 * shown)); // letters beyond U+FFFF have two units
  return visible(characters.length > shown ? `${characters.slice(0, shown).join('')}…` : characters.join(''));
}

export function quotedBeginning(text: string): string {
  return writeGiven(text.slice(0, 100));
}
