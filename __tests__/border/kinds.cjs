/** An engine of one value of each kind, and functions that say what they were given. It is loaded in the context of the process. */
class Handle {
  #secret = 'kept';
  constructor(name) {
    this.name = name;
  }
  get secret() {
    return this.#secret;
  }
  set secret(value) {
    if (typeof value !== 'string') throw new TypeError(`secret ${typeof value} is no text`);
    this.#secret = value;
  }
  itself() {
    return this;
  }
  static make(name) {
    return new Handle(name);
  }
}
class OwnError extends RangeError {
  constructor(message, details) {
    super(message);
    this.details = details;
  }
}
const deep = { list: [{ at: new Date(5) }], map: new Map([['a', { b: [1] }]]) };
const circle = { name: 'circle', inner: {} };
circle.inner.outer = circle;
const changing = { count: 0 };
const handle = new Handle('vault');

exports.open = () => ({
  values: {
    text: 'text',
    number: 1,
    bigint: 1n,
    boolean: true,
    nothing: null,
    missing: undefined,
    symbol: Symbol.for('a symbol'),
    object: { a: 1 },
    'object without a prototype': Object.assign(Object.create(null), { a: 1 }),
    'frozen object': Object.freeze({ a: 1 }),
    'frozen object of others': Object.freeze({ at: new Date(5), list: [{ b: 1 }], none: undefined }),
    'frozen list': Object.freeze([{ a: 1 }]),
    'object with names of every object': { toString: 1, constructor: 2, ['__proto__']: [3] },
    'frozen object with a getter': Object.freeze({
      get a() {
        return [1];
      },
    }),
    'object with a getter': {
      get a() {
        return [1];
      },
    },
    'object with a member that is not enumerable': Object.defineProperty({}, 'a', { value: { b: 1 } }),
    'object with a symbol': { [Symbol.for('a symbol')]: [1] },
    'nested object': deep,
    circle,
    list: [1, [2]],
    'list with a hole': Object.assign(new Array(2), { 1: 'second' }),
    date: new Date(5),
    'invalid date': new Date(Number.NaN),
    map: new Map([[{ a: 1 }, [2]]]),
    set: new Set([[1]]),
    expression: /a+/giu,
    'expression of a class': new (class Own extends RegExp {
      test() {
        return true;
      }
    })('never'),
    buffer: Buffer.from('bytes'),
    bytes: new Uint8Array([1, 2]),
    'other numbers': new Float64Array([1.5]),
    'array buffer': new ArrayBuffer(2),
    url: new URL('https://vault.s3.amazonaws.com/'),
    error: new Error('plain'),
    TypeError: new TypeError('wrong'),
    RangeError: new RangeError('far'),
    SyntaxError: new SyntaxError('malformed'),
    'error with a cause': new Error('outer', { cause: new TypeError('inner') }),
    'error with members': Object.assign(new Error('coded'), { code: 'CODED', list: [1] }),
    AggregateError: new AggregateError([new TypeError('one'), new Error('two')], 'several'),
    'error of a class': new OwnError('own', { a: [1] }),
    promise: Promise.resolve([1]),
    rejection: Object.assign(Promise.reject(new TypeError('rejected')), { catch: undefined }),
    function: function named(one, other) {
      return [one, other];
    },
    'async function': async (value) => ({ value }),
    generator: [1, 2][Symbol.iterator](),
    'error of the DOM': new DOMException('aborted', 'AbortError'),
    emitter: new (require('node:events'))(),
    instance: handle,
    class: Handle,
  },
  changing: () => {
    changing.count += 1;
    return changing;
  },
  same: () => deep,
  handle: () => handle,
  Handle,
  throwOwn: () => {
    throw new OwnError('own', {});
  },
  throwType: () => {
    throw new TypeError('wrong');
  },
  reject: async () => {
    await null;
    throw new TypeError('wrong');
  },
  readOfSelf(name) {
    return name === undefined ? undefined : this[name];
  },
  /** What the engine sees of a value. */
  kindOf: (value) => Object.prototype.toString.call(value),
  isSame: (one, other) => one === other,
  giveBack: (value) => value,
  giveBackIn: (value) => ({ list: [value] }),
  isHandle: (value) => value === handle,
  isHandleIn: ({ list: [value] }) => value === handle,
  call: (callback, ...given) => callback(...given),
  callIn: ({ on: { event } }) => event({ a: [1] }),
  ask: (matcher, value) => matcher.asymmetricMatch(value),
  askIn: ({ matchers: [matcher] }) => matcher.asymmetricMatch(new Date(5)),
  read: (value, name) => value[name],
  holdsHandle: (value) => value.handle === handle,
  callOn: (value) => value.on(new Date(5)),
  callOnIn: ({ given }) => given.on(new Date(5)),
  readIn: ({ given }, name) => given[name],
  callAsync: async (callback) => await callback(),
  assert: (actual) => require('node:assert').deepStrictEqual(actual, { list: [1] }),
  callWith: (callback) => callback(new Date(5), [1], handle),
});
