import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MockS3, mockS3 } from '../../../src';
import { writeGiven } from '../../../src/text/values';
import { thrownBy } from '../../support/thrown';
import { type Call, calls } from '../wrong-calls';

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
  Infinity: Number.POSITIVE_INFINITY,
  'an instance of a class with members': new (class Author {
    readonly Zzzz = Symbol('wrong');
  })(),
  'a Proxy that throws': makeThrowingProxy({}),
  'a list behind a Proxy that throws': makeThrowingProxy([]),
  'a revoked Proxy': makeRevokedProxy({}),
  'a revoked Proxy of a list': makeRevokedProxy([]),
  'an object without a prototype that has members': Object.assign(Object.create(null), { Zzzz: 1n }),
};

/** What a message says of a value that may hold a secret. */
const named: Readonly<Record<string, string>> = { 'a Map': 'Map(1) {', 'a promise': 'romise' };

/** Values that are right at some places; where they are not, our own words say so. */
const doubtful: Readonly<Record<string, () => unknown>> = {
  'minus zero': () => -0,
  'an object whose getter throws': () => ({
    get Zzzz() {
      return fail();
    },
  }),
  'an object that is no text': () => ({
    Zzzz: Symbol('wrong'),
    toString: fail,
    toJSON: fail,
    [Symbol.toPrimitive]: fail,
  }),
  'an object without a prototype': () => Object.create(null),
  'an instance of a class': () => new (class Author {})(),
  'an object whose hidden methods throw': () =>
    new (class Author {
      readonly toString = fail;
      get [Symbol.toStringTag]() {
        return fail();
      }
    })(),
  'an object that contains itself': () => {
    const whole: Record<string, unknown> = {};
    whole['Zzzz'] = whole;
    return whole;
  },
  'a list that contains itself': () => {
    const whole: unknown[] = [];
    whole.push(whole);
    return whole;
  },
  'a list with holes': () => new Array(3),
  'a deep list': () => makeDeep((inner) => [inner]),
  'a deep object': () => makeDeep((inner) => ({ Zzzz: inner })),
  'a function behind a revoked Proxy': () => makeRevokedProxy(() => undefined),
  'a function behind a Proxy that throws': () => makeThrowingProxy(() => undefined),
  'a boxed text': () => Object('a'),
  'a boxed symbol': () => Object(Symbol('wrong')),
  'a getter of the prototype that throws': () =>
    Object.create({
      get Zzzz() {
        return fail();
      },
    }),
};

function fail(): never {
  throw new RangeError('thrown by the value');
}

function makeThrowingProxy(target: object): unknown {
  const traps = Object.getOwnPropertyNames(Reflect).map((name) => [name, fail]);
  return new Proxy(target, Object.fromEntries(traps));
}

function makeRevokedProxy(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function makeDeep(wrap: (inner: unknown) => unknown): unknown {
  let whole: unknown = 'a';
  for (let depth = 0; depth < 5_000; depth += 1) whole = wrap(whole);
  return whole;
}

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

/** What stands in the place of a secret, whatever a test gave there. */
const hidden = /'<(?:credentials|secret|key|token)>'/;

/** What a value says that throws when it is read, or has no end: its own error is enough. */
const ofValue = /^thrown by the value$|on a proxy that has been revoked|^Maximum call stack|^Converting circular/;

/** The words of V8 about a value that nobody checked. */
const unchecked =
  /^(?:Cannot |Converting |Maximum |Invalid time value|thrown by)|is not a function|is not iterable|undefined \(|Do not know how|on proxy: /;

/** The problem with the error of a call that was given a wrong value; undefined if it names the value in our words. */
function problemOf(error: unknown, { inWordsOfS3 }: Call, shown: string): string | undefined {
  if (error === 'nothing') return 'nothing is thrown';
  if (!(error instanceof Error)) return `${String(error)} is thrown`;
  const { name, message } = error;
  if (ofValue.test(message)) return undefined;
  if (!['TypeError', 'S3MockError'].includes(name) || unchecked.test(message)) return `${name}: ${message}`;
  const isNamed = [shown, 'Zzzz', '<unreadable>'].some((part) => message.includes(part));
  return inWordsOfS3 || isNamed || hidden.test(message) ? undefined : `it does not name ${shown}: ${message}`;
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
    const problems = [...problemsOfWrong(call, path), ...problemsOfDoubtful(call, path)];
    return problems.length > 0 || stateOf() === before ? problems : [`${path.join('.')}: the state is another`];
  });
}

function problemsOfWrong(call: Call, path: Path): readonly string[] {
  const isRight = (what: string) => call.right?.[path.join('.')]?.includes(what) === true;
  const problemsWith = (what: string, shown: string, change: (old: unknown) => unknown) =>
    isRight(what) ? [] : writeProblem(path, what, problemOf(attempt(call, path, change).error, call, shown));
  const hasMembers = isRecord(path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], call.given)); // it leads there
  return [
    ...Object.entries(wrong).flatMap(([what, value]) =>
      problemsWith(what, named[what] ?? writeGiven(value), () => value),
    ),
    ...(hasMembers
      ? problemsWith(misspelt, 'Zzzz', (old) => ({ ...(old as object), Zzzz: Symbol('wrong') })) // it has members
      : []),
  ];
}

function problemsOfDoubtful(call: Call, path: Path): readonly string[] {
  return Object.entries(doubtful).flatMap(([what, makeValue]) => {
    const { error, made } = attempt(call, path, makeValue);
    if (error !== 'nothing') return writeProblem(path, what, problemOf(error, call, ''));
    if (made instanceof MockS3) void made.stop();
    s3.reset();
    return [];
  });
}

function attempt(call: Call, path: Path, change: (old: unknown) => unknown): { error: unknown; made: unknown } {
  const given = withValue(call.given, path, change) as readonly unknown[]; // a copy of a list
  let made: unknown;
  const error = thrownBy(() => {
    made = call.make(s3, ...given);
  });
  return { error, made };
}

function writeProblem(path: Path, what: string, problem: string | undefined): readonly string[] {
  return problem === undefined ? [] : [`${path.join('.')}, ${what}: ${problem}`];
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
