// Writes values as JavaScript has them, on one line or on several, and shortens what is long.

/** The longest text and the longest list that are written whole. */
const longest = { text: 1200, list: 12 };

/** A text that only stands in a page, such as `json({ … })`. */
class Written {
  constructor(text) {
    this.text = text;
  }
}

export const asWritten = (text) => new Written(text);

/** A value on one line. */
export function inline(value) {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${entriesOf(value).join(', ')}]`;
  const members = membersOf(value);
  if (members === undefined) return atomOf(value);
  return members.length === 0 ? '{}' : `{ ${members.map(([name, member]) => `${name}: ${inline(member)}`).join(', ')} }`;
}

/** A value on as many lines as its width needs. What stands before it on its first line has a width, too. */
export function block(value, width, indent = '', before = 0) {
  const line = inline(value);
  if (indent.length + before + line.length <= width) return line;
  const inner = `${indent}  `;
  const json = jsonOf(value);
  if (json !== undefined) return `json(${block(json, width, indent, before + 5)})`;
  if (Array.isArray(value)) return `[\n${listOf(value, (one) => block(one, width, inner)).map((one) => `${inner}${one},\n`).join('')}${indent}]`;
  const members = membersOf(value);
  if (members === undefined) return line;
  const lines = members.map(([name, member]) => `${inner}${name}: ${block(member, width, inner, name.length + 2)},\n`);
  return `{\n${lines.join('')}${indent}}`;
}

/** A text of the wire, not in quotes. */
export function plain(text) {
  return shortened(text, (part) => part.replaceAll(/[^\n\x20-\x7e\xa0-\uffff]/g, escaped));
}

export const grouped = (number) => String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');

function entriesOf(list) {
  return listOf(list, inline);
}

/** The entries of a list; of a long one the first two and the last. */
function listOf(list, write) {
  if (list.length <= longest.list) return list.map(write);
  return [...list.slice(0, 2).map(write), `/* ${grouped(list.length - 3)} more */`, write(list.at(-1))];
}

/** The members of an object with their names; undefined for another value. */
function membersOf(value) {
  if (typeof value !== 'object' || value === null || value instanceof Written || value instanceof Uint8Array || value instanceof Date) return undefined;
  if (Array.isArray(value) || bytesOf(value) !== undefined) return undefined;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const named = members.map(([name, member]) => [/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name), member]);
  if (named.length <= 4 * longest.list) return named;
  return [...named.slice(0, 2), ['/* and', new Written(`${grouped(named.length - 3)} more */`)], named.at(-1)];
}

function atomOf(value) {
  if (value instanceof Written) return value.text;
  if (value instanceof Uint8Array) return bytesText(value);
  if (value instanceof Date) return quoted(value.toISOString());
  if (typeof value === 'object' && value !== null) return bytesOf(value);
  if (typeof value !== 'string') return String(value);
  const json = jsonOf(value);
  return json === undefined ? shortened(value, quoted) : `json(${inline(json)})`;
}

/** The value of a JSON document, if it is written without blanks. */
function jsonOf(text) {
  if (typeof text !== 'string' || !/^\{.*\}$/s.test(text)) return undefined;
  try {
    const value = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The forms in which a case has bytes. */
function bytesOf(value) {
  const keys = Object.keys(value).join();
  if (keys === 'base64') return `base64(${quoted(value.base64)})`;
  return keys === 'bytes,of' ? `bytes(${grouped(value.bytes)}, ${quoted(String(value.of))})` : undefined;
}

function bytesText(bytes) {
  const isUniform = bytes.length > 20 && bytes.every((byte) => byte === bytes[0]);
  if (isUniform) return `bytes(${grouped(bytes.length)}, ${quoted(String.fromCharCode(bytes[0]))})`;
  const base64 = Buffer.from(bytes).toString('base64');
  return base64.length <= 120 ? `base64('${base64}')` : `base64('${base64.slice(0, 120)}…', of ${grouped(bytes.length)} bytes)`;
}

/** A text, whose end is counted if it is long. A letter that is repeated is written once. */
function shortened(text, write) {
  if (text.length > 40 && text === text[0].repeat(text.length)) return `${write(text[0])} × ${grouped(text.length)}`;
  const repeated = text.replaceAll(/([^\s"'<>])\1{59,}/g, (run, letter) => `${letter}…(× ${grouped(run.length)})`);
  if (repeated.length <= longest.text) return write(repeated);
  return `${write(`${repeated.slice(0, 200)}…`)} (${grouped(text.length)} characters)`;
}

function quoted(text) {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  return `${quote}${inner.replaceAll(/[^\x20-\x7e\xa0-\uffff]/g, escaped)}${quote}`;
}

function escaped(character) {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
