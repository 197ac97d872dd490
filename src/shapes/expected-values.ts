import { types } from 'node:util';
import { invalidValue } from '../text/invalid-value';
import { firstFound, writeAlternatives } from '../text/lists';
import { memberPath } from '../text/member-names';
import { isAsymmetric, isDate, isRecord } from '../text/value-kinds';
import type { GivenTraits } from './given';
import type { Leaf, Members, Shape } from './shape';

interface Misfit {
  readonly path: string;
  readonly value: unknown;
  readonly expected: string;
  readonly words?: readonly string[];
}

/** Whether a request carried a word that S3 does not have, as the value of a member. */
export type WordCame = (member: string, word: string) => boolean;

/**
 * Throws for an expected value that nothing can match: a number for a text, null or a RegExp, a word that S3 does not have. `where` names the
 * call. A member that the shape does not have can be anything.
 */
export function checkExpectedKinds(where: string, shape: Shape, value: unknown, came?: WordCame): void {
  const misfit = findMisfit(shape, value, '') ?? findOtherWord(shape, value, { path: '', name: '', came });
  if (misfit === undefined) return;
  throw invalidValue(where, misfit.path || 'value', misfit.value, misfit.expected, misfit.words);
}

/** Throws for an undefined member that always has a value: the test's variable was not set, and `not` or "none came" would always hold. */
export function checkIsSet(where: string, value: unknown, isAlwaysSet: (name: string) => boolean): void {
  if (!isRecord(value) || isAsymmetric(value)) return;
  const unset = Object.keys(value).find((name) => value[name] === undefined && isAlwaysSet(name));
  if (unset !== undefined)
    throw invalidValue(where, unset, undefined, `a value, which each has; leave ${unset} out if any will do`);
}

function findMisfit(shape: Shape, value: unknown, path: string): Misfit | undefined {
  if (value === undefined || isAsymmetric(value)) return undefined;
  switch (shape.kind) {
    case 'structure':
      if (typeof value === 'string' && 'shortForms' in shape) return undefined;
      if (!isRecord(value)) return { path, value, expected: `an object, ${orMatcher('objectContaining({})')}` };
      return firstFound(Object.entries(value), ([name, member]) => {
        const own = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
        return own && findMisfit(own, member, memberPath(path, name));
      });
    case 'list':
    case 'wrapped list':
      if (!Array.isArray(value)) return { path, value, expected: `a list, ${orMatcher('arrayContaining([])')}` };
      return firstFound(value, (item, index) => findMisfit(shape.item, item, `${path}[${index}]`));
    case 'map':
      if (!isRecord(value)) return { path, value, expected: `an object, ${orMatcher('objectContaining({})')}` };
      return firstFound(Object.entries(value), ([name, item]) => findMisfit(shape.item, item, memberPath(path, name)));
    // Only answers contain such a list, and tests do not expect answers.
    case 'interleaved':
      return undefined;
    default: {
      const expected = leafProblem(shape, value);
      return expected === undefined ? undefined : { path, value, expected };
    }
  }
}

/**
 * Returns the part of a value that has the type of the shape, for code that a compiler reads; undefined if no part has. S3 refuses the
 * rest, such as a word that it does not have, and a text in the place of a number.
 */
export function pickTyped(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure':
      return isRecord(value) ? pickMembers(value, (name) => findMember(shape.members, name)) : undefined;
    case 'list':
    case 'wrapped list': {
      const items = Array.isArray(value) ? value.map((item) => pickTyped(shape.item, item)) : [undefined];
      return items.includes(undefined) ? undefined : items;
    }
    case 'map':
      return isRecord(value) ? pickMembers(value, () => shape.item) : undefined;
    case 'interleaved':
      return value;
    default:
      return hasType(shape, value) ? value : undefined;
  }
}

function pickMembers(value: object, shapeOf: (name: string) => Shape | undefined): object {
  const members = Object.entries(value).flatMap(([name, member]) => {
    const shape = shapeOf(name);
    const picked = shape === undefined ? member : pickTyped(shape, member);
    return picked === undefined ? [] : [[name, picked] as const];
  });
  return Object.fromEntries(members);
}

function findMember(members: Members, name: string): Shape | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

function hasType(leaf: Leaf, value: unknown): boolean {
  const isWord = (one: unknown) => typeof one === 'string' && (findWords(leaf)?.includes(one) ?? true);
  switch (leaf.kind) {
    case 'integer':
    case 'long':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
    case 'date with milliseconds':
    case 'instant':
    case 'http date':
      return isValidDate(value);
    case 'word list':
      return Array.isArray(value) && value.every(isWord);
    case 'bytes':
      return true;
    default:
      return leaf.convert !== undefined || isWord(value);
  }
}

interface WordPlace {
  readonly path: string;
  /** The member that has the word, or the list of words. */
  readonly name: string;
  readonly came: WordCame | undefined;
}

/** Finds a word that S3 does not have, in a value whose kinds are right. */
function findOtherWord(shape: Shape, value: unknown, place: WordPlace): Misfit | undefined {
  if (value === undefined || isAsymmetric(value)) return undefined;
  const { path, name, came } = place;
  if (Array.isArray(value)) {
    const item: Shape = 'item' in shape ? shape.item : { kind: 'text', known: findWords(shape) ?? [] };
    return firstFound(value, (one, index) => findOtherWord(item, one, { ...place, path: `${path}[${index}]` }));
  }
  if (shape.kind === 'structure')
    return firstFound(isRecord(value) ? Object.entries(value) : [], ([member, one]) => {
      const own = Object.hasOwn(shape.members, member) ? shape.members[member] : undefined;
      return own && findOtherWord(own, one, { path: memberPath(path, member), name: member, came });
    });
  // A list in one text is the text that S3 could not read.
  const words = shape.kind === 'word list' ? undefined : findWords(shape);
  if (words === undefined || typeof value !== 'string' || words.includes(value)) return undefined;
  const { accepts }: Shape & GivenTraits = shape; // what a test gives can have words of IBM COS, too
  if (accepts?.(value) || came?.(name, value)) return undefined;
  const carried = came === undefined ? '' : ', a word that a request has carried';
  return { path, value, expected: `${writeWords(words)}${carried}, ${orMatcher('any(String)')}`, words };
}

/** The words of a closed list. */
export function findWords(shape: Shape): readonly string[] | undefined {
  if (shape.kind === 'words') return shape.words;
  return 'known' in shape && shape.known?.length !== 0 ? shape.known : undefined;
}

/** The most words that a message lists, since more would fill the screen. */
const LISTED = 16;

function writeWords(words: readonly string[]): string {
  return words.length > LISTED ? 'a word that S3 has' : writeAlternatives(words);
}

function leafProblem(leaf: Leaf, value: unknown): string | undefined {
  // The result of `convert` is unknown here, but it is a value of some kind.
  if (leaf.convert !== undefined)
    return isSomeValue(value) ? undefined : `a value that a request can have, ${orMatcher('anything()')}`;
  switch (leaf.kind) {
    case 'integer':
    case 'long':
      return isNumber(leaf, value) || isUnreadNumber(leaf, value)
        ? undefined
        : `a whole number${writeRange(leaf)}, ${orMatcher('any(Number)')}`;
    case 'boolean':
      return typeof value === 'boolean' || isText(value, (text) => !/^(?:true|false)$/i.test(text))
        ? undefined
        : `true or false, ${orMatcher('any(Boolean)')}`;
    case 'date':
    case 'date with milliseconds':
    case 'instant':
    case 'http date':
      return isValidDate(value) || isText(value, (text) => Number.isNaN(Date.parse(text)))
        ? undefined
        : `a valid Date, ${orMatcher('any(Date)')}`;
    case 'word list':
      return typeof value === 'string' || Array.isArray(value)
        ? undefined
        : `a list of texts, ${orMatcher('arrayContaining([])')}`;
    case 'bytes':
      return typeof value === 'string' || types.isUint8Array(value) || Array.isArray(value) || isRecord(value)
        ? undefined
        : `text, bytes or the JSON in them, ${orMatcher("stringContaining('first')")}`;
    default:
      return typeof value === 'string' ? undefined : `a text, ${orMatcher(chooseMatcher(value))}`;
  }
}

function chooseMatcher(value: unknown): string {
  return types.isRegExp(value) ? `stringMatching(${value})` : 'any(String)';
}

function isSomeValue(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) || Array.isArray(value) || isDate(value);
}

export function isNumber({ range: [least, most] = everyNumber }: Leaf, value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

const everyNumber = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

export function writeRange({ range: [least, most] = everyNumber }: Leaf): string {
  if (!Number.isFinite(least)) return '';
  return Number.isFinite(most) ? ` from ${least} to ${most}` : ` from ${least} on`;
}

function orMatcher(example: string): string {
  return `or a matcher such as expect.${example}`;
}

/** A text that S3 cannot read is recorded as it was sent, in place of a number, a switch or a date. */
function isText(value: unknown, isUnread: (text: string) => boolean): boolean {
  return typeof value === 'string' && isUnread(value);
}

function isUnreadNumber({ range: [least, most] = [-(2 ** 31), 2 ** 31 - 1] }: Leaf, value: unknown): boolean {
  return isText(value, (text) => !/^[+-]?\d+$/.test(text) || Number(text) < least || Number(text) > most);
}

function isValidDate(value: unknown): boolean {
  return isDate(value) && !Number.isNaN(value.getTime());
}
