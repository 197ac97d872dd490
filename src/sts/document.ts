import { escapeXml } from '../protocol/document/escapes';
import type { Members, Shape } from '../shapes/shape';
import { isRecord } from '../text/value-kinds';

/** A tree of elements as STS writes it: each with its text or with its children. */
export type Element = readonly [name: string, content: string | readonly Element[]];

/** Writes an element and its children, one a line, with two blanks for each level (F733). */
export function writeElement([name, content]: Element, attributes = '', indent = ''): string {
  if (typeof content === 'string') return `${indent}<${name}${attributes}>${escapeXml(content)}</${name}>\n`;
  const children = content.map((child) => writeElement(child, '', `${indent}  `)).join('');
  return `${indent}<${name}${attributes}>\n${children}${indent}</${name}>\n`;
}

/** The elements of values, in the order of their members. Members without a value are left out. */
export function elementsOf(members: Members, values: unknown): readonly Element[] {
  return Object.entries(members).flatMap(([name, shape]) => {
    const value = isRecord(values) ? values[name] : undefined;
    return value === undefined ? [] : [[name, contentOf(shape, value)] as const];
  });
}

function contentOf(shape: Shape, value: unknown): string | readonly Element[] {
  if (shape.kind === 'structure') return elementsOf(shape.members, value);
  return shape.kind === 'date' && value instanceof Date ? wholeSeconds(value) : String(value);
}

/** `2026-03-01T13:00:00Z` */
function wholeSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** The values as STS writes them in JSON: dates are seconds since 1970 (F738). */
export function jsonOf(members: Members, values: unknown): object {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, shape]) => {
      const value = isRecord(values) ? values[name] : undefined;
      if (value === undefined) return [];
      if (shape.kind === 'structure') return [[name, jsonOf(shape.members, value)]];
      return [[name, value instanceof Date ? Math.floor(value.getTime() / 1000) : value]];
    }),
  );
}
