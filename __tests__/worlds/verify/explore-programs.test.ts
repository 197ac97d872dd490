import { describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../../src';
import { planted } from '../programs/planted';
import type { Program } from '../programs/program';
import { right } from '../programs/right';

async function explored({ buckets, exploration }: Program, act: (result: Promise<unknown>) => Promise<void>) {
  const s3 = mockS3({ buckets });
  try {
    await act(s3.explore({ timeout: 60_000, ...exploration }));
  } finally {
    await s3.stop();
  }
}

describe('an exploration finds the mistake', () => {
  it.each(Object.entries(planted))(
    '%s',
    async (_, program) => {
      await explored(program, async (result) => {
        await expect(result).rejects.toMatchObject({
          name: 'S3MockError',
          code: 'WAY_FAILED',
          message: expect.stringMatching(program.finds ?? /^$/),
        });
      });
    },
    120_000,
  );
});

describe('an exploration finds nothing', () => {
  it.each(Object.entries(right))(
    '%s',
    async (_, program) => {
      await explored(program, async (result) => {
        expect(await result).toMatchObject({ ways: expect.any(Number), tried: expect.any(Number) });
      });
    },
    120_000,
  );
});
