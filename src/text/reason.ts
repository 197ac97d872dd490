import { type Call, Code, writeCall } from './calls';
import { reasonsOf } from './kept-reasons';

/**
 * A place where sentences are read: a test, the log of the command line, the door. It writes a call in its own way, and returns undefined
 * for a call that it does not offer in any form.
 */
export interface Surface {
  readonly call: (call: Call) => string | undefined;
}

/** A sentence. If it names no call, it is a text. */
export type Said = string | Reason;

/** A part of a sentence. Only tests read code in it. */
type Piece = string | Call | Code | Reason;

export const inTest: Surface = { call: writeCall };

/** A sentence that contains calls as values. A surface turns it into text. `toString()` returns the text for a test. */
export class Reason {
  constructor(
    private readonly pieces: readonly Piece[],
    private readonly kind: 'words' | 'clause' | 'sentences' = 'words',
  ) {}

  /** Returns undefined if a call outside of any clause is missing on the surface. */
  write(surface: Surface): string | undefined {
    const texts = this.pieces.map((piece) => writePiece(piece, surface));
    if (this.kind === 'sentences') return texts.reduce((first = '', second = '') => joinTexts(first, second));
    if (texts.includes(undefined)) return this.kind === 'clause' ? '' : undefined;
    return texts.join('');
  }

  toString(): string {
    return this.write(inTest) ?? ''; // a test has all calls
  }

  toJSON(): string {
    return this.toString();
  }
}

function writePiece(piece: Piece, surface: Surface): string | undefined {
  if (typeof piece === 'string') return piece;
  if (piece instanceof Code) return surface === inTest ? piece.text : undefined;
  return piece instanceof Reason ? piece.write(surface) : surface.call(piece);
}

type Filling = Piece | number | undefined;

/** A sentence: say`the clock, which ${nameCall('s3.clock.advance(...)')} moves`. */
export function say(strings: TemplateStringsArray, ...fillings: readonly Filling[]): Said {
  return makeReason(strings, fillings, 'words');
}

/** A part of a sentence that a surface leaves out if it has nothing like a call in it: say`no header${clause`; send MFA: ${header}`}`. */
export function clause(strings: TemplateStringsArray, ...fillings: readonly Filling[]): Said {
  return makeReason(strings, fillings, 'clause');
}

function makeReason(strings: TemplateStringsArray, fillings: readonly Filling[], kind: 'words' | 'clause'): Said {
  const pieces = strings.flatMap((text, index): readonly Piece[] => {
    const filling = fillings[index];
    if (index === fillings.length) return [text];
    return [text, typeof filling === 'object' ? filling : String(filling)];
  });
  return pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : new Reason(pieces, kind);
}

/** Adds a sentence to a sentence that can end with a point or a question. */
export function joinSentences(first: Said, second: Said): Said {
  if (typeof first === 'string' && typeof second === 'string') return joinTexts(first, second);
  return new Reason([first, second], 'sentences');
}

function joinTexts(first: string, second: string): string {
  if (first === '' || second === '') return first + second;
  // Code keeps its first letter as it is.
  if (/[?!]$/.test(first))
    return `${first} ${/^\w+[.(]/.test(second) ? second : second.slice(0, 1).toUpperCase() + second.slice(1)}`;
  return `${first.replace(/\.$/, '')}; ${second}`;
}

/** Parts that are present, such as the lines of a text. */
export function joinParts(parts: readonly (Said | undefined)[], separator: string): Said {
  const present = parts.flatMap((part) => (part === undefined || part === '' ? [] : [part]));
  const pieces = present.flatMap((part, index): readonly Said[] => (index === 0 ? [part] : [separator, part]));
  return pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : new Reason(pieces);
}

/**
 * A sentence that would be empty without its calls is written as for a test: with calls of another language it says more than without
 * calls.
 */
export function write(said: Said, surface: Surface): string {
  if (typeof said === 'string') return said;
  const written = said.write(surface);
  return written === undefined || written.trim() === '' ? String(said) : written;
}

/** The message of an error with its calls. */
export function messageOf(error: { readonly message: string }): Said {
  return (reasonsOf(error)?.['message'] ?? error.message) as Said; // a member that is no list
}

/** The text of a member on a surface. */
export function tell<Name extends string>(
  holder: { readonly [Member in Name]?: string | undefined },
  name: Name,
  surface: Surface,
): string | undefined {
  const said = reasonsOf(holder)?.[name] ?? holder[name];
  return said === undefined ? undefined : write(said as Said, surface); // a member that is no list
}

export function tellAll<Name extends string>(
  holder: { readonly [Member in Name]: readonly string[] },
  name: Name,
  surface: Surface,
): readonly string[] {
  const said = (reasonsOf(holder)?.[name] ?? holder[name]) as readonly Said[]; // a member that is a list
  return said.map((one) => write(one, surface));
}
