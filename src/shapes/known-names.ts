import { firstFound } from '../text/lists';
import { memberPath } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { joinParts, type Said } from '../text/reason';
import { writeSuggestion } from '../text/spelling';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import type { MemberNames } from './member-names';

const MOST_LISTED = 8;

interface UnknownMember {
  readonly path: string;
  readonly name: string;
  /** The path of the object that contains the name; '' for the whole value. */
  readonly parent: string;
  readonly known: readonly string[];
}

/**
 * Throws for an unknown name, since nothing could match it. `where` names the call, `all` says where all names are, `cureOf` what to write
 * in place of a name.
 */
export function checkMemberNames(
  where: string,
  names: MemberNames,
  value: unknown,
  all = '',
  cureOf: (path: string) => Said | undefined = () => undefined,
): void {
  const unknown = findUnknown(names, value, '');
  if (unknown === undefined) return;
  const { path, name, parent, known } = unknown;
  if (known.length === 0) throw makeMistake(`${where} has no ${path}: ${parent} is a single value.`);
  const nested = parent === '' ? findParent(name, names) : undefined;
  const hint = nested === undefined ? writeSuggestion(name, known, 1) : `${name} is a member of ${nested}.`;
  const list = `${parent === '' ? 'It' : parent} has: ${known.join(', ')}.`;
  const rest = known.length <= MOST_LISTED ? list : hint === undefined ? all : '';
  throw makeMistake(joinParts([`${where} has no ${path}.`, hint, cureOf(path), rest], ' '));
}

/** Finds the object that knows a name, such as `Delete.Objects` for Key. */
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
