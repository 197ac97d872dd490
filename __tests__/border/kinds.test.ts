import { AssertionError } from 'node:assert';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import vm from 'node:vm';
import { describe, expect, it, jest } from '@jest/globals';
import type { crossBorder } from '../../src/border/border';
import { makeFunction } from '../../src/border/entrance';
import { thisTestFile } from '../../src/border/this-test-file';
import { compiledFolder } from '../support/sources/compiled';
import { thrownBy } from '../support/thrown';

type AnyFunction = (...given: unknown[]) => unknown;

interface Handle {
  name: string;
  secret: unknown;
  itself(): Handle;
}

interface Kinds extends Record<string, unknown> {
  readonly values: Readonly<Record<string, unknown>>;
  readonly Handle: (new (name: string) => Handle) & { make(name: string): Handle };
  handle(): Handle;
}

/** The context of the process, where `kinds.cjs` is loaded as the engine is. Its classes are not those of this test file. */
const outside: typeof globalThis = vm.runInThisContext('globalThis');
const load = outside.process.getBuiltinModule('node:module').createRequire(__filename);
const border = load(join(compiledFolder(), 'border/border.js')) as { readonly crossBorder: typeof crossBorder };
const { open } = load(join(__dirname, 'kinds.cjs')) as { readonly open: () => Kinds };

const engine = border.crossBorder(thisTestFile, makeFunction, open);
const { values } = engine;
const call = (name: string, ...given: unknown[]) => (engine[name] as AnyFunction)(...given);

it('the engine of this test is in another context, whose classes are others', () => {
  expect(outside.Object).not.toBe(Object);
  expect(Object.keys(values).length).toBeGreaterThanOrEqual(40);
});

describe('a value of the engine is of the realm of the test', () => {
  const circle: { name: string; inner: { outer?: unknown } } = { name: 'circle', inner: {} };
  circle.inner.outer = circle;

  it.each<[kind: string, expected: unknown]>([
    ['text', 'text'],
    ['number', 1],
    ['bigint', 1n],
    ['boolean', true],
    ['nothing', null],
    ['missing', undefined],
    ['symbol', Symbol.for('a symbol')],
    ['object without a prototype', Object.assign(Object.create(null), { a: 1 })],
  ])('%s', (kind, expected) => {
    expect(values[kind]).toStrictEqual(expected);
  });

  it.each<[kind: string, expected: unknown, type: new (...given: never) => unknown]>([
    ['object', { a: 1 }, Object],
    ['frozen object', { a: 1 }, Object],
    ['frozen object of others', { at: new Date(5), list: [{ b: 1 }], none: undefined }, Object],
    ['frozen list', [{ a: 1 }], Array],
    ['frozen object with a getter', expect.objectContaining({ a: [1] }), Object],
    ['object with a getter', expect.objectContaining({ a: [1] }), Object],
    ['object with a member that is not enumerable', {}, Object],
    ['object with a symbol', { [Symbol.for('a symbol')]: [1] }, Object],
    ['nested object', { list: [{ at: new Date(5) }], map: new Map([['a', { b: [1] }]]) }, Object],
    ['circle', circle, Object],
    ['list', [1, [2]], Array],
    ['list with a hole', Object.assign(new Array(2), { 1: 'second' }), Array],
    ['date', new Date(5), Date],
    ['invalid date', expect.any(Date), Date],
    ['map', new Map([[{ a: 1 }, [2]]]), Map],
    ['set', new Set([[1]]), Set],
    ['expression', /a+/giu, RegExp],
    ['expression of a class', expect.objectContaining({ source: 'never', ignoreCase: false }), RegExp],
    ['buffer', Buffer.from('bytes'), Buffer],
    ['bytes', new Uint8Array([1, 2]), Uint8Array],
    ['array buffer', new ArrayBuffer(2), ArrayBuffer],
    ['url', new URL('https://vault.s3.amazonaws.com/'), URL],
    ['error', new Error('plain'), Error],
    ['TypeError', new TypeError('wrong'), TypeError],
    ['RangeError', new RangeError('far'), RangeError],
    ['SyntaxError', new SyntaxError('malformed'), SyntaxError],
    ['error with a cause', new Error('outer', { cause: new TypeError('inner') }), Error],
    ['error with members', Object.assign(new Error('coded'), { code: 'CODED', list: [1] }), Error],
    ['AggregateError', new AggregateError([new TypeError('one'), new Error('two')], 'several'), AggregateError],
    ['error of a class', expect.objectContaining({ message: 'own', details: { a: [1] } }), RangeError],
    ['promise', expect.any(Promise), Promise],
    ['function', expect.any(Function), Function],
    ['async function', expect.any(Function), Function],
    ['error of the DOM', expect.any(DOMException), DOMException],
    ['emitter', expect.any(EventEmitter), EventEmitter],
    ['instance', expect.objectContaining({ name: 'vault', secret: 'kept' }), Object],
    ['class', expect.any(Function), Function],
  ])('%s', (kind, expected, type) => {
    expect(values[kind]).toStrictEqual(expected);
    expect(values[kind]).toBeInstanceOf(type);
  });

  it('also within others', () => {
    const { list, map } = values['nested object'] as { list: { at: unknown }[]; map: Map<string, { b: unknown }> };
    expect(list).toBeInstanceOf(Array);
    expect(list[0]?.at).toBeInstanceOf(Date);
    expect(map.get('a')?.b).toBeInstanceOf(Array);
    const { cause } = values['error with a cause'] as Error;
    expect(cause).toBeInstanceOf(TypeError);
    expect((values['AggregateError'] as AggregateError).errors).toEqual([expect.any(TypeError), expect.any(Error)]);
    const { inner } = values['circle'] as typeof circle;
    expect(inner.outer).toBe(values['circle']);
    const hidden = values['object with a member that is not enumerable'] as { readonly a: unknown };
    expect(hidden.a).toStrictEqual({ b: 1 });
  });

  it('prints, clones and serializes as one', () => {
    expect(inspect(values['nested object'])).toBe(
      "{\n  list: [ { at: 1970-01-01T00:00:00.005Z } ],\n  map: Map(1) { 'a' => { b: [Array] } }\n}",
    );
    expect(structuredClone(values['object'])).toEqual({ a: 1 });
    expect(JSON.stringify(values['list'])).toBe('[1,[2]]');
    for (const kind of ['object', 'object of others', 'list', 'object with a getter'])
      expect(Object.isFrozen(values[`frozen ${kind}`])).toBe(true);
    expect(inspect(values['instance'])).toBe("Handle { name: 'vault' }");
  });

  it('has its own members under names that every object has', () => {
    const object = values['object with names of every object'] ?? {};
    expect(Object.entries(object)).toEqual([
      ['toString', 1],
      ['constructor', 2],
      ['__proto__', [3]],
    ]);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  });

  it('is the same at each read if it is frozen, with what belongs to it', () => {
    const read = () => engine.values['frozen object of others'] as { readonly at: Date; readonly list: object[] };
    expect(read()).toBe(read());
    expect([read().at, read().list]).toEqual([new Date(5), [{ b: 1 }]]);
    expect(read().list[0]).toBe(read().list[0]);
  });

  it('settles a promise with values of the test', async () => {
    expect(await values['promise']).toBeInstanceOf(Array);
    await expect(values['rejection']).rejects.toBeInstanceOf(TypeError);
    const made = (values['async function'] as AnyFunction)(1);
    expect(made).toBeInstanceOf(Promise);
    expect(await made).toStrictEqual({ value: 1 });
  });

  it('keeps the methods of an expression of a class', () => {
    expect((values['expression of a class'] as RegExp).test('anything')).toBe(true);
  });

  it('is iterated', () => {
    expect([...(values['generator'] as Iterable<number>)]).toStrictEqual([1, 2]);
  });

  it('has the name and the length of a function', () => {
    const { function: named } = values as { readonly function: AnyFunction };
    const { name, length } = named;
    expect({ name, length, result: named(1, 2) }).toStrictEqual({ name: 'named', length: 2, result: [1, 2] });
    expect(() => Reflect.construct(named, [])).toThrow(TypeError);
  });
});

describe('a value that is read again', () => {
  it('is another one unless it is frozen, and the first stays as it was read', () => {
    const first = call('changing');
    const second = call('changing');
    expect([first, second]).toStrictEqual([{ count: 1 }, { count: 2 }]);
  });

  it('is another one if the test changed it, since the engine is not changed by that', () => {
    const first = call('same') as { list: unknown[] };
    first.list.push('more');
    expect(call('same')).toStrictEqual({ list: [{ at: new Date(5) }], map: new Map([['a', { b: [1] }]]) });
  });
});

describe('an instance', () => {
  it('has its members and methods, and is one of its class', () => {
    const handle = engine.handle();
    expect(handle).toBe(engine.handle());
    expect(handle.itself()).toBe(handle);
    expect(handle).toBeInstanceOf(engine.Handle);
    expect(Object.getPrototypeOf(handle)).toBe(engine.Handle.prototype);
    expect(handle.constructor).toBe(engine.Handle);
    expect(Object.keys(handle)).toStrictEqual(['name']);
    expect('secret' in handle).toBe(true);
  });

  it('is set, and throws an error of the test if it refuses', () => {
    const handle = engine.Handle.make('other');
    handle.secret = 'new';
    expect(handle.secret).toBe('new');
    expect(() => {
      handle.secret = 5;
    }).toThrow(new TypeError('secret number is no text'));
    expect(handle.secret).toBe('new');
  });

  it('is spied on, and restored', () => {
    const handle = engine.Handle.make('spied');
    const spy = jest.spyOn(handle, 'itself');
    expect(handle.itself()).toBe(handle);
    expect(handle.itself).toBe(spy);
    expect(spy).toHaveBeenCalledTimes(1);
    spy.mockRestore();
    expect(handle.itself()).toBe(handle);
    const read = jest.spyOn(handle, 'secret', 'get').mockReturnValue('spied');
    expect(handle.secret).toBe('spied');
    read.mockRestore();
    expect(handle.secret).toBe('kept');
  });

  it('is not constructed by the test', () => {
    expect(() => new engine.Handle('made')).toThrow(new TypeError('engine.Handle is not a constructor'));
    expect(() => Reflect.apply(engine.Handle as unknown as AnyFunction, undefined, ['made'])).toThrow(/without 'new'/);
  });
});

describe('an error that the engine throws', () => {
  const stackOf = (act: () => unknown) => String((thrownBy(act) as Error).stack);

  it('has the frames of the test alone, if a call was wrong', () => {
    const [head, first = ''] = stackOf(() => call('throwType')).split('\n');
    expect(head).toBe('TypeError: wrong');
    expect(first).toContain('kinds.test.ts');
    const below = (depth: number): unknown => (depth === 0 ? call('throwType') : below(depth - 1));
    expect(stackOf(() => below(20)).split('\n').length).toBeGreaterThan(20);
  });

  it('keeps its own frames, if it is a bug', () => {
    const stack = stackOf(() => call('throwOwn'));
    expect(stack).toMatch(/^RangeError: own\n +at .*kinds\.cjs/);
    expect(() => call('throwOwn')).toThrow(RangeError);
  });

  it('rejects with the frames of the call', async () => {
    const error = await (call('reject') as Promise<never>).catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error.stack).split('\n')[1]).toContain('kinds.test.ts');
  });

  it('is the only one for which the lines of a stack are written', async () => {
    const { Error: OfProcess } = outside;
    const { prepareStackTrace } = OfProcess;
    const write = jest.fn((_error: unknown, _sites: unknown) => 'written');
    OfProcess.prepareStackTrace = write;
    try {
      await call('callAsync', () => 1);
      expect(write).not.toHaveBeenCalled();
      await (call('reject') as Promise<never>).catch(() => {});
      expect(write).toHaveBeenCalled();
    } finally {
      OfProcess.prepareStackTrace = prepareStackTrace;
    }
  });
});

describe('an object of the test on which a function of the engine is called', () => {
  const read = engine['readOfSelf'] as (this: object, name?: string) => unknown;

  it('is not looked at, unless the function reads it', () => {
    const asked = jest.fn((_name: string) => 1);
    const self = {
      read,
      get first() {
        return asked('first');
      },
      get second() {
        return asked('second');
      },
    };
    const listNames = jest.spyOn(outside.Reflect, 'ownKeys');
    const listMembers = jest.spyOn(outside.Object, 'getOwnPropertyDescriptors');
    self.read();
    const lists = [...listNames.mock.calls, ...listMembers.mock.calls].filter(([holder]) => holder === self);
    listNames.mockRestore();
    listMembers.mockRestore();
    expect(lists).toEqual([]);
    expect(asked).not.toHaveBeenCalled();
    expect(self.read('first')).toBe(1);
    expect(asked.mock.calls).toEqual([['first']]);
  });

  it('gives the engine what the engine knows, and takes what was changed', () => {
    const self = { read, handle: engine.handle(), on: (value: unknown) => value, count: 1 };
    expect(self.read('handle')).toBe(self.handle);
    expect(self.read('on')).toBe(self.on);
    self.count = 2;
    expect(self.read('count')).toBe(2);
  });
});

describe('a value of the test', () => {
  it.each<[string, unknown]>([
    ['an object', { a: [1] }],
    ['a list', [1]],
    ['a date', new Date(5)],
    ['a map', new Map()],
    ['an error', new TypeError('of the test')],
    ['a promise', Promise.resolve()],
    ['an instance', new (class Own {})()],
    ['a proxy', new Proxy({}, {})],
    ['a buffer', Buffer.from('a')],
  ])('reaches the engine as it is, and comes back as itself: %s', (_kind, value) => {
    expect(call('giveBack', value)).toBe(value);
    expect((call('giveBackIn', value) as { list: unknown[] }).list[0]).toBe(value);
    expect(call('kindOf', value)).toBe(Object.prototype.toString.call(value));
  });

  it('that came from the engine is the engine’s again, also within others', () => {
    expect(call('isHandle', engine.handle())).toBe(true);
    expect(call('isHandleIn', { list: [engine.handle()] })).toBe(true);
  });

  it('is not looked into if it is a proxy, and no getter is called', () => {
    const asked = jest.fn();
    const get = () => asked();
    call('giveBack', new Proxy({}, { get, ownKeys: () => [asked() as string], getPrototypeOf: () => asked() as null }));
    call('giveBack', Object.defineProperty({ on: () => {} }, 'a', { get, enumerable: true }));
    // Whether it is a matcher is asked by name.
    expect(asked.mock.calls.length).toBeLessThanOrEqual(1);
  });

  it('may be nested deeper than the stack allows, and contain itself', () => {
    const deep: { on?: unknown } = {};
    let at: { on?: unknown } = deep;
    for (let depth = 0; depth < 100_000; depth += 1) at = at.on = {};
    at.on = () => 'deep';
    expect(call('giveBackIn', deep)).toBeDefined();
    const circle: { self?: unknown; on: () => void } = { on: () => {} };
    circle.self = circle;
    expect(call('kindOf', circle)).toBe('[object Object]');
  });
});

describe('a function of the test', () => {
  it('is given values of the test, also within an object', () => {
    const given = jest.fn((..._given: unknown[]) => {});
    call('callWith', given);
    const [[date, list, handle] = []] = given.mock.calls;
    expect([date, list]).toStrictEqual([new Date(5), [1]]);
    expect(date).toBeInstanceOf(Date);
    expect(handle).toBe(engine.handle());
    const event = jest.fn((..._given: unknown[]) => {});
    call('callIn', { on: { event } });
    const on = {
      get event() {
        return event;
      },
    };
    call('callIn', { on });
    expect(event.mock.calls).toStrictEqual([[{ a: [1] }], [{ a: [1] }]]);
    for (const [one] of event.mock.calls) expect(one).toBeInstanceOf(Object);
  });

  it('returns what it returns, and throws what it throws', () => {
    const own = new TypeError('of the test');
    const thrown = { any: 'value' };
    const fail = () => {
      throw thrown;
    };
    expect(call('call', () => own)).toBe(own);
    expect(call('call', () => thrownBy(() => call('call', fail)) === thrown)).toBe(true);
  });

  it('comes back as itself, and has its name', () => {
    const callback = () => {};
    expect(call('giveBack', callback)).toBe(callback);
    expect(call('isSame', callback, callback)).toBe(true);
  });
});

describe('an error that the test throws within a call', () => {
  it.each<[string, () => unknown]>([
    ['an error of the test', () => new TypeError('of the test')],
    ['an error of node:assert', () => new AssertionError({ message: 'of the test' })],
    ['an error of Node', () => thrownBy(() => readFileSync(undefined as never))],
    ['one that is frozen', () => Object.freeze(new AssertionError({ message: 'frozen' }))],
  ])('is itself, with its own frames: %s', (_kind, make) => {
    const own = make() as Error;
    const { stack } = own;
    const fail = () => {
      throw own;
    };
    expect(thrownBy(() => call('call', fail))).toBe(own);
    expect(thrownBy(() => call('ask', { asymmetricMatch: fail }, 1))).toBe(own);
    const failing = {
      get member() {
        return fail();
      },
    };
    expect(thrownBy(() => call('readIn', { given: failing }, 'member'))).toBe(own);
    expect(own.stack).toBe(stack);
  });

  it('is itself if a promise of the test rejects with it, also an error of Node', async () => {
    const own = thrownBy(() => readFileSync(undefined as never));
    const late = async () => {
      await null;
      throw own;
    };
    await expect(call('callAsync', late)).rejects.toBe(own);
  });

  it('of node:assert that the engine makes has values of the test', () => {
    const error = thrownBy(() => call('assert', { list: [2] })) as AssertionError;
    expect(error).toBeInstanceOf(AssertionError);
    expect(error.expected).toStrictEqual({ list: [1] });
    expect(error.expected).toBeInstanceOf(Object);
  });
});

describe('an instance of a class of the test', () => {
  class Own {
    readonly #secret = 'kept';
    readonly matcher = expect.any(Date);
    readonly handle = engine.handle();
    readonly list = [expect.any(Date)];
    get secret() {
      return this.#secret;
    }
    on(given: unknown) {
      return [this.#secret, given instanceof Date];
    }
  }

  it('has members that reach the engine as those of an object do', () => {
    const own = new Own();
    expect(call('giveBack', own)).toBe(own);
    expect((call('giveBackIn', { own }) as { list: [{ own: unknown }] }).list[0].own).toBe(own);
    expect(call('read', own, 'secret')).toBe('kept');
    expect(call('isHandle', call('read', own, 'handle'))).toBe(true);
    expect(call('ask', call('readIn', { given: own }, 'matcher'), values['date'])).toBe(true);
    expect(call('holdsHandle', own)).toBe(true);
    expect(call('callOn', own)).toStrictEqual(['kept', true]);
    expect(call('callOnIn', { given: new Own() })).toStrictEqual(['kept', true]);
    expect((call('read', own, 'on') as AnyFunction).call(own, values['date'])).toStrictEqual(['kept', true]);
  });
});

describe('a class of the engine', () => {
  it('cannot be changed by a test, since all test files of the process share it', () => {
    const { prototype } = engine.Handle as unknown as { prototype: Record<string, unknown> };
    expect(() => {
      prototype['itself'] = () => 'changed';
    }).toThrow(TypeError);
    expect(Reflect.defineProperty(prototype, 'added', { value: 'added' })).toBe(false);
    expect(Reflect.deleteProperty(prototype, 'secret')).toBe(false);
    const { added, secret } = engine.handle() as Handle & { added?: unknown };
    expect({ added, secret }).toEqual({ added: undefined, secret: 'kept' });
  });
});

describe('a matcher of the test', () => {
  it('may have private members', () => {
    class Private {
      readonly #expected = 'a';
      asymmetricMatch(other: unknown) {
        return other === this.#expected;
      }
      override() {
        return this.#expected;
      }
    }
    const matcher = new Private();
    expect(call('ask', matcher, 'a')).toBe(true);
    expect((call('read', matcher, 'override') as AnyFunction).call(matcher)).toBe('a');
    expect(call('giveBack', matcher)).toBe(matcher);
  });

  it('is asked about values of the test', () => {
    expect(call('ask', expect.any(Date), values['date'])).toBe(true);
    expect(call('askIn', { matchers: [expect.any(Date)] })).toBe(true);
    expect(call('giveBack', expect.any(Date))).toEqual(new Date(5));
  });
});
