import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Exploration, mockS3, type Way } from '../../../src';
import { Bucket, copy, get, list, nameOf, put, remove } from '../programs/objects';

const s3 = mockS3({ buckets: { [Bucket]: { objects: { draft: 'text' } } } });
// A way takes milliseconds, and on a busy machine a hundred times as long.
jest.setTimeout(60_000);
beforeEach(() => s3.reset());
afterAll(() => s3.stop());

function explore(exploration: Exploration) {
  return s3.explore({ timeout: 60_000, ...exploration });
}

async function failureOf(exploration: Exploration): Promise<string> {
  const error: unknown = await explore(exploration).catch((thrown: unknown) => thrown);
  return error instanceof Error ? error.message : 'no failure';
}

function textIn({ world }: Way, key: string): string | undefined {
  const vault = world.bucket(Bucket);
  return vault.keys.includes(key) ? vault.object(key).text() : undefined;
}

async function move() {
  await copy('draft', 'final');
  await remove('draft');
}

describe('orders', () => {
  const add = async () => {
    const { text } = await get('count');
    await put('count', String(Number(text) + 1));
  };
  const check = (way: Way) => {
    const text = textIn(way, 'count');
    if (text !== '2') throw new Error(`the count is ${text}`);
  };
  beforeEach(() => {
    s3.bucket(Bucket).put('count', '0');
  });

  it('lets callers ask until something changes', async () => {
    const locked = async (name: string) => {
      const isMine = () =>
        put('lock', name, { IfNoneMatch: '*' }).then(
          () => true,
          () => false,
        );
      while (!(await isMine()));
      await add();
      await remove('lock');
    };
    const run = { first: () => locked('first'), second: () => locked('second') };
    expect(await failureOf({ run, check, callers: 'share nothing' })).toContain(
      'A caller asked the same again, often in a row, while nothing changed: what it does if it has to ask longer was not tried.',
    );
    const result = await explore({ run, check, callers: 'share nothing', incomplete: true });
    expect(result).toMatchObject({ complete: false, tried: result.ways, judged: result.ways });
  });

  it('finds what a caller does that asks a bounded number of times', async () => {
    const lockAtLast = async () => {
      for (let asked = 0; asked < 6; asked += 1)
        try {
          return await put('lock', 'mine', { IfNoneMatch: '*' });
        } catch {
          // Somebody else has the lock.
        }
      return put('lock', 'broken');
    };
    const locked = async () => {
      await lockAtLast();
      await add();
      await remove('lock');
    };
    expect(await failureOf({ run: { first: locked, second: locked }, check })).toContain('the count is 1');
  });
});

describe('two failures', () => {
  it('a restart in which the second one comes is followed by one more', async () => {
    const moveIfThere = async () => {
      if ((await list('draft')).length > 0) await move();
    };
    const again = { run: moveIfThere, again: true, pairs: true, failures: ['deny', 'crash after'] } as const;
    const check = ({ world }: Way) => expect(world.bucket(Bucket).keys).toEqual(['final']);
    expect(await explore({ ...again, check })).toMatchObject({ complete: true });
  });
});

describe('the restart of one of several callers', () => {
  const lock = async (name: string) => {
    for (;;) {
      const isMine = await put('lock', name, { IfNoneMatch: '*' }).then(
        () => true,
        (error: unknown) => {
          if (nameOf(error) === 'PreconditionFailed') return false;
          throw error;
        },
      );
      if (isMine) return;
      const holder = await get('lock').then(
        ({ text }) => text,
        () => undefined,
      );
      if (holder === name) return;
    }
  };
  const work = (name: string) => async () => {
    await lock(name);
    await put(`work/${name}`, 'done');
    await remove('lock');
  };

  it('takes turns with the others', async () => {
    s3.bucket(Bucket).delete('draft');
    const check = ({ world }: Way) => expect(world.bucket(Bucket).keys).toEqual(['work/a', 'work/b']);
    const result = await s3.explore({
      run: { a: work('a'), b: work('b') },
      ...{ again: true, failures: ['crash after'], of: ['PutObject', { Key: 'lock' }] },
      ...{ incomplete: true, limit: 8, callers: 'share nothing', check },
    });
    expect(result.judged).toBeGreaterThan(2);
  });
});
