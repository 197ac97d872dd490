import type { MemberNames } from '../shapes/member-names';
import { durationUnits } from './durations';
import { firstFound } from './lists';
import { makeMistake } from './mistakes';
import { printableGiven } from './secrets';
import { hintFor, writeSuggestion } from './spelling';
import { isAsymmetric, isRecord } from './value-kinds';
import { writeGiven } from './values';

const MOST_LISTED = 8;

interface UnknownMember {
  readonly path: string;
  readonly name: string;
  /** The object in which it is, '' for the whole value. */
  readonly parent: string;
  readonly known: readonly string[];
}

/** Nothing could match it. `where` names the call, `all` says where all names are, `cureOf` what to write for one. */
export function checkMemberNames(
  where: string,
  names: MemberNames,
  value: unknown,
  all = '',
  cureOf: (path: string) => string | undefined = () => undefined,
): void {
  const unknown = findUnknown(names, value, '');
  if (unknown === undefined) return;
  const { path, name, parent, known } = unknown;
  if (known.length === 0) throw makeMistake(`${where} has no ${path}: ${parent} is a single value.`);
  const nested = parent === '' ? findParent(name, names) : undefined;
  const hint = nested === undefined ? writeSuggestion(name, known, 1) : `${name} is a member of ${nested}.`;
  const list = `${parent === '' ? 'It' : parent} has: ${known.join(', ')}.`;
  const rest = known.length <= MOST_LISTED ? list : hint === undefined ? all : '';
  throw makeMistake([`${where} has no ${path}.`, hint, cureOf(path), rest].filter((part) => part).join(' '));
}

/** `Delete.Objects` for Key. */
function findParent(name: string, names: MemberNames): string | undefined {
  const work: (readonly [path: string, names: MemberNames])[] = [['', names]];
  for (const [path, at] of work) {
    if (typeof at === 'string') continue;
    if (path !== '' && Object.hasOwn(at, name)) return path;
    for (const [member, within] of Object.entries(at)) work.push([memberPath(path, member), within]);
  }
  return undefined;
}

function findUnknown(names: MemberNames, value: unknown, path: string): UnknownMember | undefined {
  if (names === 'any') return undefined;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    // A list of lists has no form in S3, so only one level of lists is looked into.
    return firstFound(items, (item, index) =>
      Array.isArray(item) ? undefined : findUnknown(names, item, `${path}[${index}]`),
    );
  }
  if (!isRecord(value) || isAsymmetric(value)) return undefined;
  const known = names === 'none' ? [] : Object.keys(names);
  const name = Object.keys(value).find((one) => !known.includes(one));
  if (name !== undefined) return { path: memberPath(path, name), name, parent: path, known };
  if (names === 'none') return undefined;
  return firstFound(Object.entries(value), ([member, item]) =>
    findUnknown(names[member] ?? 'any', item, memberPath(path, member)),
  );
}

export function memberPath(path: string, name: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${path}['${name.replace(/['\\]/g, '\\$&')}']`;
  return path === '' ? name : `${path}.${name}`;
}

/** Whoever wrote the member meant something by it. `cures` say what to write for members that others have. */
export function checkOptionNames(
  call: string,
  options: object,
  known: readonly string[],
  cures: Readonly<Record<string, string>> = {},
): void {
  const list = `The options are: ${known.join(', ')}.`;
  if (!isRecord(options))
    throw makeMistake(`${call}: ${writeGiven(printableGiven(call, options))} is not an object of options. ${list}`);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const hint = Object.hasOwn(cures, unknown)
    ? cures[unknown]
    : (hintForTime(unknown, known) ?? writeSuggestion(unknown, known, 1));
  throw makeMistake(
    `${call}: there is no option ${writeGiven(unknown)}. ${hint === undefined ? list : `${hint} ${list}`}`,
  );
}

/** A thing that S3 stores has members, of which one that is undefined says nothing. */
export function checkHasMembers(thing: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => Reflect.get(given, name) !== undefined && !known.includes(name));
  if (unknown === undefined) return;
  throw makeMistake(
    `${thing} has no member ${writeGiven(unknown)}.${hintFor(unknown, known)} The members are: ${known.join(', ')}.`,
  );
}

/** A time from now is written within the option that takes a moment. */
function hintForTime(name: string, known: readonly string[]): string | undefined {
  const isUnit = durationUnits.some((unit) => unit === name);
  const option = isUnit && !known.includes('days') ? known.find((one) => one === 'at' || one === 'until') : undefined;
  return option && `Write { ${option}: { ${name}: … } }.`;
}
