import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type BunModule, explainFailuresOfBun } from '../../src/testing/bun-tests';

type Callable = (...values: unknown[]) => unknown;

interface Registered {
  readonly by: string;
  readonly values: readonly unknown[];
}

const registered: Registered[] = [];

/** bun's functions ask that they are called on what has them. */
class Registering {
  static make(by: string): Callable {
    const register = (...values: unknown[]) => void registered.push({ by, values });
    return Object.setPrototypeOf(register, Registering.prototype);
  }

  get serial(): Callable {
    return Registering.make('serial');
  }

  get only(): Callable {
    throw new Error('bun has no such member');
  }

  each(this: unknown, rows: readonly unknown[]): Callable {
    if (!(this instanceof Registering)) throw new TypeError('Expected this to be instanceof ScopeFunctions');
    if (!Array.isArray(rows)) throw new TypeError('Expected array');
    return (...values) => void registered.push({ by: `each of ${rows.length}`, values });
  }
}
Object.setPrototypeOf(Registering.prototype, Function.prototype);

type Registers = Callable & { readonly serial: Callable; each(...rows: readonly unknown[]): Callable };

let bun: BunModule;
let replaced: Record<'test' | 'it', Registers>;
let isRunning = true;
const print = jest.fn<(value: unknown) => string>();
const explain = jest.fn<Parameters<typeof explainFailuresOfBun>[1]['explain']>();

beforeEach(() => {
  registered.length = 0;
  isRunning = true;
  print.mockReset().mockReturnValue('error: no\n      at <anonymous> (a.test.ts:1:1)');
  explain.mockReset().mockReturnValue(['S3 refused 1 request of this test.', 'It would have been answered.']);
  const mock = {
    module(_name: string, make: () => object) {
      replaced = make() as typeof replaced; // which has `test` and `it`
    },
  };
  bun = { mock, test: Registering.make('test'), it: Registering.make('it') };
  explainFailuresOfBun(bun, { print, isRunning: () => isRunning, explain });
});

/** Calls the function of the only test that was registered, as bun does. */
const runTest = (...values: unknown[]): unknown => {
  const [run] = registered.flatMap((one) => one.values.filter((value) => typeof value === 'function'));
  return (run as Callable)(...values);
};

/** A list, since what is thrown can have a `then`. */
const caughtOf = async (result: unknown): Promise<readonly unknown[]> => {
  try {
    await result;
    return [];
  } catch (error) {
    return [error];
  }
};

const failed = (error: unknown) => () => {
  throw error;
};

describe('a test of bun', () => {
  it.each<[string, () => void, string]>([
    ['test', () => replaced.test('fails', failed(new Error('no'))), 'test'],
    ['it', () => replaced.it('fails', failed(new Error('no'))), 'it'],
    ['test.serial', () => replaced.test.serial('fails', failed(new Error('no'))), 'serial'],
    ['test.each', () => replaced.test.each([1, 2])('fails', failed(new Error('no'))), 'each of 2'],
    ['with options', () => replaced.test('fails', { retry: 1 }, failed(new Error('no'))), 'test'],
  ])('has what the mock knows in the message of its error: %s', async (_name, register, by) => {
    register();
    expect(registered).toMatchObject([{ by, values: ['fails', ...(registered[0]?.values.slice(1) ?? [])] }]);
    await expect(runTest()).rejects.toThrow(
      /^no\n\nS3 refused 1 request of this test\.\n\nIt would have been answered\.$/,
    );
  });

  it('has it if it rejects later', async () => {
    replaced.test('fails', async () => {
      await new Promise(setImmediate);
      throw new Error('late');
    });
    await expect(runTest()).rejects.toThrow(/^late\n\nS3 refused/);
  });

  it('has it once if tests throw the same error', async () => {
    const error = new Error('no');
    replaced.test('fails', failed(error));
    for (const _again of [1, 2]) await expect(runTest()).rejects.toBe(error);
    expect(error.message.match(/S3 refused/g)).toHaveLength(1);
  });

  it('keeps an error of which the mock knows nothing', async () => {
    explain.mockReturnValue([]);
    replaced.test('fails', failed(new Error('no')));
    await expect(runTest()).rejects.toThrow(/^no$/);
  });

  it.each<[string, () => unknown]>([
    ['a text', () => 'no'],
    ['undefined', () => undefined],
    ['a frozen error', () => Object.freeze(new Error('frozen'))],
    ['an error whose getter throws', () => Object.defineProperty(new Error(), 'message', { get: failed('no') })],
    [
      'an error whose setter ignores the text',
      () => Object.defineProperty(new Error(), 'message', { get: () => 'no', set: () => {} }),
    ],
    ['a proxy that refuses everything', () => new Proxy(new Error('no'), { get: failed('no'), set: failed('no') })],
    ['an object, which bun prints with all its members', () => ({ message: 'no' })],
    ['an AggregateError, of which bun prints the errors', () => new AggregateError([new Error('one')], 'all')],
  ])('prints what it cannot add to %s', async (_name, make) => {
    const thrown = make();
    const printed = jest.spyOn(console, 'error').mockImplementation(() => {});
    replaced.test('fails', failed(thrown));
    const [caught] = await caughtOf(runTest());
    expect(caught === thrown).toBe(true);
    expect(printed.mock.calls).toEqual([['S3 refused 1 request of this test.\n\nIt would have been answered.']]);
    printed.mockRestore();
  });

  it.each([
    ['expect(received).toBe(expected)'],
    ['a message of the test, as expect(value, message) takes it'],
    ["JSON Parse error: Expected '}'"],
  ])('does not read the frames of an error, since bun then prints it without its place: %s', async (message) => {
    const error = new Error(message);
    const frames = jest.fn();
    Object.defineProperty(error, 'stack', { get: frames });
    replaced.test('fails', failed(error));
    await expect(runTest()).rejects.toBe(error);
    expect(frames).not.toHaveBeenCalled();
    expect(explain.mock.calls[0]?.[0].errors).toMatchObject([{ name: 'Error', message }]);
  });

  it('has the frames that bun prints', async () => {
    print.mockReturnValue('error: no\n      at send (/project/node_modules/@aws-sdk/client-s3/index.js:1:1)');
    replaced.test('fails', failed(new Error('no')));
    await expect(runTest()).rejects.toThrow();
    expect(explain.mock.calls[0]?.[0].errors).toMatchObject([{ isOfClient: true }]);
  });

  it('gets its values, and passes', async () => {
    const run = jest.fn<Callable>().mockReturnValue('passed');
    replaced.test.each([['a', 1]])('passes', (...values: unknown[]) => run(...values));
    await expect(runTest('a', 1)).resolves.toBeUndefined();
    expect(run.mock.calls).toEqual([['a', 1]]);
  });

  it('waits for a promise, and not for another object with a then, as bun does', async () => {
    const then = jest.fn();
    replaced.test('passes', () => ({ then }));
    await runTest();
    expect(then).not.toHaveBeenCalled();
  });

  class Named {}

  it.each<[string, (name: unknown, run: Callable) => unknown]>([
    ['test', (...values) => replaced.test(...values)],
    ['test.serial', (...values) => replaced.test.serial(...values)],
    ['test.each', (...values) => replaced.test.each([1])(...values)],
  ])('can have the name of a class: %s', async (_name, register) => {
    register(Named, failed(new Error('no')));
    expect(registered[0]?.values[0]).toBe(Named);
    const run = registered[0]?.values[1] as Callable; // the function of the test
    await expect(run()).rejects.toThrow(/^no\n\nS3 refused/);
  });

  it('gets the rows that test.each was called with', () => {
    const row = () => 'a row';
    const each = jest.spyOn(Registering.prototype, 'each');
    replaced.test.each(['a', 'b'], row);
    expect(each.mock.calls).toEqual([[['a', 'b'], row]]);
    each.mockRestore();
  });

  it('has the functions that a file requires, or has as the default export', () => {
    expect(bun).toMatchObject({ test: replaced.test, it: replaced.it });
  });

  it('is run at once while no mock runs', () => {
    isRunning = false;
    replaced.test('fails', failed(new Error('no')));
    expect(() => runTest()).toThrow(/^no$/);
  });

  it('calls back by itself, which bun sees by its length', () => {
    const run = (done: Callable) => done('done');
    replaced.test('calls back', run as Callable);
    const done = jest.fn<Callable>();
    expect(registered[0]?.values[1]).toHaveLength(1);
    runTest(done);
    expect(done).toHaveBeenCalledWith('done');
  });

  it.each<[string, () => unknown]>([
    ['a call', () => replaced.test.each('no rows')],
    ['a member', () => Reflect.get(replaced.test, 'only')],
  ])('is refused by bun without a frame of the library: %s', async (_name, call) => {
    const [error] = await caughtOf(Promise.resolve().then(call));
    const stack = error instanceof Error ? String(error.stack) : '';
    expect(stack).toContain('bun-tests.test.ts');
    expect(stack).not.toMatch(/src[\\/]testing/);
  });

  it('has the members of a function', () => {
    expect(replaced.test.serial).toBe(replaced.test.serial);
    replaced.test.call(undefined, 'fails', failed(new Error('no')));
    expect(registered).toHaveLength(1);
  });
});
