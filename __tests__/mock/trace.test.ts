import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../capture/scene';
import { startedMocks } from '../support/started-mocks';

const start = startedMocks();
const url = 'https://vault.s3.amazonaws.com/a.txt';
/** What was printed: the modules of src are no modules of jest here, and print to stderr. */
let lines: unknown[];

beforeEach(() => {
  lines = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(text) > 0);
});
afterEach(() => {
  delete process.env['S3_MOCK_TRACE'];
});

describe('a trace', () => {
  it.each<{ variable: string | undefined; trace: boolean | undefined; isPrinted: boolean }>`
    variable     | trace        | isPrinted
    ${undefined} | ${undefined} | ${false}
    ${undefined} | ${true}      | ${true}
    ${'1'}       | ${undefined} | ${true}
    ${'true'}    | ${undefined} | ${true}
    ${'1'}       | ${false}     | ${false}
    ${'0'}       | ${undefined} | ${false}
    ${'false'}   | ${undefined} | ${false}
    ${''}        | ${undefined} | ${false}
    ${'0'}       | ${true}      | ${true}
  `(
    'under S3_MOCK_TRACE=$variable and trace: $trace is printed: $isPrinted',
    async ({ variable, trace, isPrinted }) => {
      if (variable !== undefined) process.env['S3_MOCK_TRACE'] = variable;
      start({ buckets: { vault: {} }, ...(trace !== undefined && { trace }) });
      await ask(url);
      expect(lines.length).toBe(isPrinted ? 1 : 0);
    },
  );

  it('of another word in the environment is refused', () => {
    process.env['S3_MOCK_TRACE'] = 'yes';
    expect(() => start({})).toThrow("mockS3: invalid S3_MOCK_TRACE 'yes'; expected 1 or 0 in the environment, or none");
  });

  it('has each request as it comes, and what S3 does by itself', async () => {
    const lifecycle = { Rules: [{ ID: 'old', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }] } as const;
    const s3 = start({
      trace: true,
      now: '2026-03-01',
      buckets: { vault: { lifecycle, objects: { 'a.txt': 'text' } } },
    });
    await ask(url);
    expect(lines).toEqual([
      expect.stringMatching(/^403 {2}GetObject {2}vault\/a\.txt {2}AccessDenied: an anonymous.*\n$/),
    ]);
    s3.clock.advance({ days: 2 });
    expect(lines.slice(1)).toEqual(["2026-03-02 00:00  S3.EXPIRE.OBJECT  vault/a.txt  version null, by rule 'old'\n"]);
  });

  it('fails no request if it cannot be printed', async () => {
    const write = jest.spyOn(process.stderr, 'write').mockImplementation(() => {
      throw new Error('the stream is broken');
    });
    start({ trace: true, buckets: { vault: {} } });
    expect(await ask(url)).toMatchObject({ status: 403 });
    expect(write).toHaveBeenCalled();
  });
});
