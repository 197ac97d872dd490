import { md5 } from './digests';

/** The bytes of an object: bytes in memory, or a placeholder. */
export type ObjectBody = Uint8Array | SparseBody;

/** A stretch of the endless text that belongs to a seed. */
export interface PlaceholderRange {
  readonly seed: string;
  readonly start: number;
  readonly length: number;
}

const pageSize = 1024 * 1024;

const line = 8;

const linesOfPage = pageSize / line;

let lines: Buffer | undefined;

function allLines(): Buffer {
  lines ??= Buffer.from(
    Array.from({ length: 2 * linesOfPage }, (_, index) => `${String(index).padStart(line - 1, '0')}\n`).join(''),
  );
  return lines;
}

/** Returns the bytes from `first` on, up to the end of their page. Nobody changes them, so they need no copy. */
function readOfPage({ seed, start }: PlaceholderRange, first: number, most: number): Uint8Array {
  const at = start + first;
  const page = Math.floor(at / pageSize);
  const firstLine = md5(Buffer.from(page === 0 ? seed : `${seed}\n${page}`)).readUInt32LE() % linesOfPage;
  const begin = firstLine * line + (at % pageSize);
  return allLines().subarray(begin, begin + Math.min(most, pageSize - (at % pageSize)));
}

export type Piece = Uint8Array | PlaceholderRange;

/**
 * Bytes that are made when they are read, from any place on, so they take no memory, however many they are. They can contain pieces of real
 * bytes, as an object that was uploaded in parts.
 */
export class SparseBody {
  readonly length: number;
  readonly pieces: readonly Piece[];

  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces;
    this.length = pieces.reduce((total, { length }) => total + length, 0);
  }

  get byteLength(): number {
    return this.length;
  }

  subarray(first: number, end: number): SparseBody {
    return new SparseBody([...this.#cut(first, end)]);
  }

  /** Returns the bytes themselves. Nobody must change them, since others can get the same bytes. */
  read(first: number, end: number): Uint8Array {
    const found: Uint8Array[] = [];
    for (const piece of this.#cut(first, end)) for (const bytes of readPiece(piece)) found.push(bytes);
    const [only] = found;
    return only !== undefined && found.length === 1 ? only : Buffer.concat(found);
  }

  /** Returns a short description that is digested in place of the bytes if they are too many. */
  outline(): Buffer {
    const outlines = this.pieces.map((piece) => ('seed' in piece ? JSON.stringify(piece) : md5(piece).toString('hex')));
    return Buffer.from(outlines.join('\n'));
  }

  *#cut(first: number, end: number): Generator<Piece> {
    let at = 0;
    for (const piece of this.pieces) {
      const [from, to] = [Math.max(first - at, 0), Math.min(end - at, piece.length)];
      at += piece.length;
      if (from < to) yield from === 0 && to === piece.length ? piece : cutPiece(piece, from, to);
    }
  }
}

function cutPiece(piece: Piece, from: number, to: number): Piece {
  return 'seed' in piece
    ? { seed: piece.seed, start: piece.start + from, length: to - from }
    : piece.subarray(from, to);
}

function* readPiece(piece: Piece): Generator<Uint8Array> {
  if (!('seed' in piece)) {
    yield piece;
    return;
  }
  let at = 0;
  while (at < piece.length) {
    const bytes = readOfPage(piece, at, piece.length - at);
    yield bytes;
    at += bytes.length;
  }
}

export function makePlaceholder(run: PlaceholderRange): ObjectBody {
  return readIfShort(new SparseBody([run]));
}

export function readIfShort(body: ObjectBody): ObjectBody {
  return isLong(body) ? body : readAllBytes(body);
}

/** Returns the bytes themselves. Nobody must change them. */
export function readAllBytes(body: ObjectBody): Uint8Array {
  return body instanceof SparseBody ? body.read(0, body.length) : body;
}

/** Whether the bytes are too many to be made or digested in advance, for a reader who may not even want them. */
export function isLong(body: ObjectBody): boolean {
  return body instanceof SparseBody && body.length > pageSize;
}

/** Joins bodies. If the parts are a copy of a placeholder, the result is the placeholder again. */
export function joinBodies(bodies: readonly ObjectBody[]): ObjectBody {
  const [only] = bodies;
  if (only !== undefined && bodies.length === 1) return readIfShort(only);
  const inMemory = bodies.flatMap((body) => (body instanceof SparseBody ? [] : [body]));
  if (inMemory.length === bodies.length) return Buffer.concat(inMemory);
  const pieces: Piece[] = [];
  for (const piece of bodies.flatMap((body): readonly Piece[] => (body instanceof SparseBody ? body.pieces : [body]))) {
    const last = pieces.at(-1);
    const follows = last !== undefined && 'seed' in last && 'seed' in piece && isNext(last, piece);
    if (follows) pieces[pieces.length - 1] = { ...last, length: last.length + piece.length };
    else if (piece.length > 0) pieces.push(piece);
  }
  return readIfShort(new SparseBody(pieces));
}

function isNext(last: PlaceholderRange, { seed, start }: PlaceholderRange): boolean {
  return last.seed === seed && last.start + last.length === start;
}
