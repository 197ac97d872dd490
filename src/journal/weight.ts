import { types } from 'node:util';

// Roughly the bytes that V8 takes for each on a machine of 64 bits: an estimate is enough to bound memory.
const TEXT = 24;
const NUMBER = 16;
const DATE = 120;
const OBJECT = 56;
const MEMBER = 8;

/** The items of a longer list are alike, such as those of a listing, so that as many of them as these stand for all. */
const LONG = 64;

/** The memory that a value takes, in bytes, estimated in one walk over it. Bytes count alone, without the object around them. */
export function weightOf(value: unknown): number {
  // A list of work instead of recursion, since a document may be nested deeper than the call stack allows.
  const nested: object[] = [];
  return weightOfOne(value, nested) + weightOfAll(nested);
}

/** The same of an object that has members. Each request is weighed, so that no list of its members is made. */
export function weightOfRecord(record: object): number {
  const nested: object[] = [];
  return weightOfMembers(record, nested) + weightOfAll(nested);
}

function weightOfAll(nested: object[]): number {
  let weight = 0;
  for (let one = nested.pop(); one !== undefined; one = nested.pop())
    weight += Array.isArray(one) ? weightOfItems(one, nested) : weightOfMembers(one, nested);
  return weight;
}

/** The weight of a value, without that of an object which has members; this is added to the list. */
function weightOfOne(value: unknown, nested: object[]): number {
  if (typeof value === 'string') return TEXT + value.length;
  if (typeof value === 'number') return NUMBER;
  if (typeof value !== 'object' || value === null) return 0;
  if (types.isUint8Array(value)) return value.byteLength;
  if (types.isDate(value)) return DATE;
  nested.push(value);
  return 0;
}

function weightOfMembers(record: object, nested: object[]): number {
  const members = record as Readonly<Record<string, unknown>>; // read by its own names
  let weight = OBJECT;
  // V8 reads the members of an object in this loop by their places, and finds no names.
  for (const name in members) weight += MEMBER + weightOfOne(members[name], nested);
  return weight;
}

function weightOfItems(items: readonly unknown[], nested: object[]): number {
  let weight = OBJECT + MEMBER * items.length;
  if (items.length > LONG) return weight + weightOfLong(items);
  for (const item of items) weight += weightOfOne(item, nested);
  return weight;
}

function weightOfLong(items: readonly unknown[]): number {
  const step = items.length / LONG;
  let weight = 0;
  for (let index = 0; index < LONG; index += 1) weight += weightOf(items[Math.floor(index * step)]);
  return weight * step;
}
