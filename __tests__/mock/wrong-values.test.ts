import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MockS3, mockS3 } from '../../src';
import { writeGiven } from '../../src/text/values';
import { thrownBy } from '../support/thrown';
import { type Call, calls } from './wrong-calls';

/** Values that are right at no place, except for those that a call names. */
const wrong: Readonly<Record<string, unknown>> = {
  null: null,
  NaN: Number.NaN,
  'a function': () => undefined,
  'a symbol': Symbol('wrong'),
  'a bigint': 5n,
  'an invalid Date': new Date(Number.NaN),
  'a Map': new Map([['a', 'b']]),
  'a RegExp': /a/,
  'a promise': Promise.resolve('a'),
};
/** What a message says of a value that may hold a secret. */
const named: Readonly<Record<string, string>> = { 'a Map': 'Map(1) {', 'a promise': 'romise' };
const misspelt = 'a member that nothing has';

type Path = readonly (string | number)[];

/** The places of the values in what a call is given, the outer ones first. */
function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  const isPlain = Array.isArray(value) || Object.prototype.toString.call(value) === '[object Object]';
  const members = isPlain ? Object.entries(value as object) : []; // isPlain says so
  return [...(path.length > 0 ? [path] : []), ...members.flatMap(([name, member]) => pathsIn(member, [...path, name]))];
}

function withValue(value: unknown, [name, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (name === undefined) return change(value);
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) }; // the path leads through it
  const members = copy as Record<string, unknown>;
  members[name] = withValue(members[name], rest, change);
  return copy;
}

function isRecord(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** The words of V8 about a value that nobody checked. */
const unchecked = /^Cannot |is not a function|is not iterable|^Invalid time value|undefined \(|Do not know how/;

/** The problem with the error of a call that was given a wrong value; undefined if it names the value in our words. */
function problemOf(error: unknown, { inWordsOfS3 }: Call, shown: string): string | undefined {
  if (error === 'nothing') return 'nothing is thrown';
  if (!(error instanceof Error)) return `${String(error)} is thrown`;
  const { name, message } = error;
  if (!['TypeError', 'S3MockError'].includes(name) || unchecked.test(message)) return `${name}: ${message}`;
  return inWordsOfS3 || message.includes(shown) ? undefined : `it does not name ${shown}: ${message}`;
}

let s3: MockS3;
beforeAll(() => {
  const vault = { versioning: 'Enabled', objectLock: true, objects: { a: { body: '', versionId: 'v1' } } } as const;
  const buckets = { vault, replica: { versioning: 'Enabled' } } as const;
  s3 = mockS3({ hosts: { only: [] }, now: '2026-03-01', users: { writer: {} }, roles: { worker: {} }, buckets });
});
afterAll(() => s3.stop());

function stateOf(): string {
  return JSON.stringify([s3, s3.accounts, s3.buckets.map(String), s3.clock.now()]);
}

function problemsOf(call: Call): readonly string[] {
  const before = stateOf();
  return pathsIn(call.given).flatMap((path) => {
    const place = path.join('.');
    const isRight = (what: string) => call.right?.[place]?.includes(what) === true;
    const attempt = (what: string, shown: string, change: (old: unknown) => unknown) => {
      const given = withValue(call.given, path, change) as readonly unknown[]; // a copy of a list
      const problem = problemOf(
        thrownBy(() => call.make(s3, ...given)),
        call,
        shown,
      );
      const half = stateOf() === before ? undefined : 'the state is another';
      return (problem ?? half) === undefined ? [] : [`${place}, ${what}: ${problem ?? half}`];
    };
    const hasMembers = isRecord(path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], call.given)); // it leads there
    return [
      ...Object.entries(wrong).flatMap(([what, value]) =>
        isRight(what) ? [] : attempt(what, named[what] ?? writeGiven(value), () => value),
      ),
      ...(hasMembers && !isRight(misspelt)
        ? attempt(misspelt, 'Zzzz', (old) => ({ ...(old as object), Zzzz: Symbol('wrong') }))
        : []),
    ];
  });
}

describe('a value that is right at no place', () => {
  it.each(calls.map((call, index) => ({ call, title: `${index + 1}. ${call.name}` })))(
    'is refused at each place of $title, by its name, and changes nothing',
    ({ call }) => {
      expect(problemsOf(call)).toEqual([]);
    },
  );

  it('is the only thing that is wrong with these calls', async () => {
    const failed: string[] = [];
    for (const call of calls) {
      let made: unknown;
      const error = thrownBy(() => {
        made = call.make(s3, ...call.given);
      });
      if (error !== 'nothing') failed.push(`${call.name}: ${String(error)}`);
      if (made instanceof MockS3) await made.stop();
      s3.reset();
    }
    expect(failed).toEqual([]);
  });
});
