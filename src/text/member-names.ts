import { durationUnits } from './durations';
import { makeMistake } from './mistakes';
import { maskMember } from './secrets';
import { hintFor, writeSuggestion } from './spelling';
import { isRecord } from './value-kinds';
import { writeGiven } from './values';

export function memberPath(path: string, name: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${path}['${name.replace(/['\\]/g, '\\$&')}']`;
  return path === '' ? name : `${path}.${name}`;
}

/** Throws for an unknown member, which its author wrote for a reason. `cures` say what to write for members of other libraries. */
export function checkOptionNames(
  call: string,
  options: object,
  known: readonly string[],
  cures: Readonly<Record<string, string>> = {},
): void {
  const list = () => (known.length === 0 ? 'It takes no options.' : `The options are: ${known.join(', ')}.`);
  if (!isRecord(options))
    throw makeMistake(`${call}: ${writeGiven(maskMember(call, options))} is not an object of options. ${list()}`);
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const hintOf = (name: string) =>
    Object.hasOwn(cures, name) ? cures[name] : (hintForTime(name, known) ?? writeSuggestion(name, known, 1));
  const sentences = unknown.map((name, index) => {
    const hint = hintOf(name);
    const sentence = `${index === 0 ? 'there' : 'There'} is no option ${writeGiven(name)}.`;
    return hint === undefined ? sentence : `${sentence} ${hint}`;
  });
  throw makeMistake(`${call}: ${sentences.join(' ')} ${list()}`);
}

/** A thing that S3 stores has members. A member that is undefined says nothing. */
export function checkHasMembers(thing: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).filter((name) => Reflect.get(given, name) !== undefined && !known.includes(name));
  if (unknown.length === 0) return;
  const sentences = unknown.map(
    (name, index) => `${index === 0 ? thing : 'It'} has no member ${writeGiven(name)}.${hintFor(name, known)}`,
  );
  throw makeMistake(`${sentences.join(' ')} The members are: ${known.join(', ')}.`);
}

/** A time from now is written within the option that takes a moment. */
function hintForTime(name: string, known: readonly string[]): string | undefined {
  const isUnit = durationUnits.some((unit) => unit === name);
  const option = isUnit && !known.includes('days') ? known.find((one) => one === 'at' || one === 'until') : undefined;
  return option && `Write { ${option}: { ${name}: … } }.`;
}
