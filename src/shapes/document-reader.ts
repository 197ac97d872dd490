import { counted } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { readItems, writeAlternatives } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { readMoment } from '../text/moments';
import { isRecord } from '../text/value-kinds';
import { anyNumber } from './elements';
import { isNumber, writeRange } from './expected-values';
import type { Members, Shape } from './shape';

/** Reads the value as S3 reads the document. */
export function readShape(at: string, shape: Shape, value: unknown): unknown {
  const expected = findExpected(shape, value);
  if (expected !== undefined)
    throw invalidValue(at, 'value', value, expected, shape.kind === 'words' ? shape.words : []);
  switch (shape.kind) {
    case 'structure':
      return readMembers(at, shape.members, value as object); // as findExpected found, also below
    case 'list':
    case 'wrapped list':
      return readList(at, shape, value as readonly unknown[]);
    case 'date':
      return new Date(readMoment(value as Date, at)); // which throws for anything else
    default:
      return value;
  }
}

function findExpected(shape: Shape, value: unknown): string | undefined {
  switch (shape.kind) {
    case 'structure':
      return isRecord(value) ? undefined : writeStructure(shape.members);
    case 'list':
    case 'wrapped list':
      return Array.isArray(value) ? undefined : 'a list';
    case 'date':
      return undefined;
    case 'integer':
    case 'long':
      if (!Number.isSafeInteger(value) || !isNumber(shape, value)) return `a whole number${writeRange(shape)}`;
      return shape.kind === 'long' || value === (Number(value) | 0) ? undefined : 'a number of 32 bits';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'words':
      return shape.words.some((word) => word === value) ? undefined : writeAlternatives(shape.words);
    default:
      if (typeof value !== 'string') return 'text';
      return value === '' && 'textLength' in shape ? 'text that is not empty' : undefined;
  }
}

function writeStructure(members: Members): string {
  const [name] = Object.entries(members).find(([, shape]) => 'isRequired' in shape) ?? Object.keys(members);
  return name === undefined ? 'an object' : `an object with members such as ${name}`;
}

function readMembers(at: string, members: Members, value: object): object {
  checkOptionNames(at, value, Object.keys(members));
  const given = Object.entries(value).filter(([, member]) => member !== undefined);
  const read = new Map(
    given.map(([name, member]) => [name, readShape(`${at}, ${name}`, members[name] ?? anything, member)]),
  );
  for (const [name, shape] of Object.entries(members))
    if ('isRequired' in shape && isAbsent(shape, read.get(name)))
      throw makeMistake(`${at} has no ${name}, which is required`);
  return Object.fromEntries(read);
}

const anything: Shape = { kind: 'text' };

function readList(
  at: string,
  shape: Extract<Shape, { readonly kind: 'list' | 'wrapped list' }>,
  value: readonly unknown[],
): readonly unknown[] {
  const [least, most] = shape.length ?? anyNumber;
  if (!isAbsent(shape, value) && (value.length < least || value.length > most))
    throw makeMistake(
      `${at} has ${counted(value.length, 'item')}; expected ${least === most ? least : `${least} to ${most}`}`,
    );
  return readItems(value).map((item, index) => readShape(`${at} ${index + 1}`, shape.item, item));
}

/** A list that is not wrapped has no form in a document if it has no items. */
function isAbsent({ kind }: Shape, value: unknown): boolean {
  return value === undefined || (kind === 'list' && Array.isArray(value) && value.length === 0);
}
