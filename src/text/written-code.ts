import { types } from 'node:util';
import { isRecord } from './value-kinds';
import { visible } from './values';

/**
 * Writes values as a test writes them, whole: somebody pastes them. What does not fit into a line is broken as formatters break it.
 * @module
 */

const WIDTH = 120;

/** The place where a value is written: the indent of its line, and the letters that stand in the line already. */
interface LineSoFar {
  readonly indent: string;
  readonly used: number;
}

/** Writes a value behind the beginning of its line: `{ body: 'first', versionId: 'v1' }`. Members of undefined are left out. */
export function writeCode(value: unknown, line = ''): string {
  return write(value, { indent: '', used: line.length });
}

function write(value: unknown, place: LineSoFar): string {
  if (typeof value === 'string') return writeText(value);
  if (types.isDate(value)) return `new Date(${writeText(value.toISOString())})`;
  if (types.isUint8Array(value)) return `Buffer.from(${writeText(Buffer.from(value).toString('base64'))}, 'base64')`;
  if (Array.isArray(value))
    return writeList(
      ['[', ']'],
      value.map((item) => ['', item] as const),
      place,
    );
  if (!isRecord(value)) return String(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const named = members.map(([name, member]) => [`${writeName(name)}: `, member] as const);
  return members.length === 0 ? '{}' : writeList(['{ ', ' }'], named, place);
}

/** `report.pdf` in single quotes, with all that is not visible as an escape. */
export function writeText(text: string): string {
  return `'${visible(text.replace(/[\\']/g, '\\$&'))}'`;
}

/** In a literal, `__proto__` names the prototype, in quotes too. */
function writeName(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : writeText(name);
}

type Item = readonly [label: string, value: unknown];

function writeList(
  [opening, closing]: readonly [opening: string, closing: string],
  items: readonly Item[],
  { indent, used }: LineSoFar,
): string {
  const inner = `${indent}  `;
  const parts = items.map(
    ([label, value]) => label + write(value, { indent: inner, used: inner.length + label.length }),
  );
  const line = `${opening}${parts.join(', ')}${closing}`;
  // A comma follows, or the end of a call.
  if (used + line.length + 2 <= WIDTH && !line.includes('\n')) return line;
  return `${opening.trim()}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${closing.trim()}`;
}
