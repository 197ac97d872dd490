import { readMoment } from '../model/clock';
import type { Members, Shape } from '../shapes/shape';
import { counted } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { alternatives, itemsOf } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { isAsymmetric, isRecord } from '../text/value-kinds';

/** Reads a literal by the shape of its document; a member that the shape does not have, or of another kind, is a TypeError. */
export function readMembers(at: string, members: Members, value: unknown): object {
  if (!isRecord(value)) throw invalidValue(at, 'value', value, "an object, as AWS's SDKs write it");
  checkOptionNames(at, value, Object.keys(members));
  const given = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    given.map(([name, member]) => [name, readMember(`${at}, ${name}`, members[name] ?? anything, member)]),
  );
}

/** Reads a literal by its shape as S3 reads the document: a word that it does not have and a required member that is missing are TypeErrors as well. */
export function readShape(at: string, shape: Shape, value: unknown): unknown {
  const read = readMember(at, shape, value);
  checkSchema(at, shape, read);
  return read;
}

/** Checks the names of members alone; what is inside asymmetric matchers is not looked into. */
export function checkNames(at: string, shape: Shape, value: unknown): void {
  if (isAsymmetric(value)) return;
  if (shape.kind === 'structure' && isRecord(value)) {
    checkOptionNames(at, value, Object.keys(shape.members));
    for (const [name, member] of Object.entries(shape.members)) checkNames(`${at}, ${name}`, member, value[name]);
  }
  if ((shape.kind === 'list' || shape.kind === 'wrapped list') && Array.isArray(value))
    value.forEach((item, index) => {
      checkNames(`${at} ${index + 1}`, shape.item, item);
    });
}

function checkSchema(at: string, shape: Shape, value: unknown): void {
  if (shape.kind === 'structure') checkMembers(at, shape.members, value as Readonly<Record<string, unknown>>); // as readMember made it
  if (shape.kind === 'words' && !shape.words.some((word) => word === value))
    throw invalidValue(at, 'value', value, alternatives(shape.words), shape.words);
  if (shape.kind !== 'list' && shape.kind !== 'wrapped list') return;
  const items = value as readonly unknown[]; // as readMember made it
  const [least, most] = shape.length ?? [0, Number.POSITIVE_INFINITY];
  if (items.length < least || items.length > most)
    throw new TypeError(
      `${at} has ${counted(items.length, 'item')}; expected ${least === most ? least : `${least} to ${most}`}`,
    );
  items.forEach((item, index) => {
    checkSchema(`${at} ${index + 1}`, shape.item, item);
  });
}

function checkMembers(at: string, members: Members, value: Readonly<Record<string, unknown>>): void {
  for (const [name, shape] of Object.entries(members)) {
    if (!isAbsent(shape, value[name])) checkSchema(`${at}, ${name}`, shape, value[name]);
    else if ('isRequired' in shape) throw new TypeError(`${at} has no ${name}, which S3 requires`);
  }
}

/** A list that is not wrapped has no form in a document if it has no items. */
function isAbsent({ kind }: Shape, value: unknown): boolean {
  return value === undefined || (kind === 'list' && Array.isArray(value) && value.length === 0);
}

/** The shape of a member that the check of names has refused already. */
const anything: Shape = { kind: 'text' };

function readMember(at: string, shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure':
      return readMembers(at, shape.members, value);
    case 'list':
    case 'wrapped list':
      if (!Array.isArray(value)) throw invalidValue(at, 'value', value, 'a list');
      return itemsOf(value).map((item, index) => readMember(`${at} ${index + 1}`, shape.item, item));
    case 'date':
      return readDate(at, value);
    case 'integer':
      checked(at, Number.isSafeInteger(value), 'a whole number', value);
      return checked(at, value === (Number(value) | 0), 'a number of 32 bits', value);
    case 'long':
      return checked(at, Number.isSafeInteger(value), 'a whole number', value);
    case 'boolean':
      return checked(at, typeof value === 'boolean', 'true or false', value);
    // The words themselves are S3's to refuse.
    default:
      return checked(at, typeof value === 'string', 'text', value);
  }
}

function checked(at: string, holds: boolean, allowed: string, value: unknown): unknown {
  if (holds) return value;
  throw invalidValue(at, 'value', value, allowed);
}

function readDate(at: string, value: unknown): Date {
  return new Date(readMoment(value as Date, at)); // which throws for anything else
}
