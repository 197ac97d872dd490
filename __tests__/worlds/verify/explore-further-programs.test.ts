import { describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../../src';
import type { FurtherProgram } from '../programs/further';
import { furtherPlanted } from '../programs/further-planted';
import { furtherRight } from '../programs/further-right';

async function explored(
  { options, exploration }: FurtherProgram,
  act: (result: Promise<unknown>) => Promise<void>,
  timeout = 60_000,
) {
  const s3 = mockS3(options);
  try {
    await act(s3.explore({ timeout, ...exploration }));
  } finally {
    await s3.stop();
  }
}

describe('an exploration finds the mistake', () => {
  it.each(Object.entries(furtherPlanted))(
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
  it.each(Object.entries(furtherRight))(
    '%s',
    async (_, program) => {
      // All ways are tried, which takes 60 s on a busy machine.
      const act = async (result: Promise<unknown>) =>
        expect(await result).toMatchObject({ complete: program.exploration.incomplete !== true });
      await explored(program, act, 280_000);
    },
    300_000,
  );
});
