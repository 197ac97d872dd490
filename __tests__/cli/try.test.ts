import { describe, expect, it } from '@jest/globals';
import { tryCommand, tryHelp, tryOptions } from '../../src/cli/try';
import { kinds } from '../../src/tried/kinds';

async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly printed: string }> {
  const printed: string[] = [];
  const code = await tryCommand(args, { print: (text) => printed.push(text), tell: () => {} });
  return { code, printed: printed.join('\n') };
}

it.each(['--help', '-h'])('%s prints the options', async (flag) => {
  expect(await run(flag)).toEqual({ code: 0, printed: tryHelp.trimEnd() });
});

it('has a line of the help for each option', () => {
  const named = [...tryHelp.matchAll(/^ {2}(?:-h, )?--([\w-]+)/gm)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(Object.keys(tryOptions).toSorted());
});

it('has a help of 80 columns at most', () => {
  expect(tryHelp.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

it('prints each kind with what is right', async () => {
  const { printed } = await run('--kinds');
  expect(printed.split('\n\n').map((text) => text.split('\n')[0])).toEqual(kinds.map(({ name }) => name));
  expect(printed).toContain(
    'pages of one\n  S3 answered with pages of one entry.\n  Judged as daily: the test has to pass.\n',
  );
});

describe('a mistake', () => {
  it.each([
    [
      ['--pases', '3'],
      "try: Unknown option '--pases'. Did you mean --passes? try --help lists the options. The command of your tests comes after --, as in: s3-versioning-mock try -- npx jest",
    ],
    [
      ['jest'],
      "try: Unexpected argument 'jest'. try --help lists the options. The command of your tests comes after --, as in: s3-versioning-mock try -- npx jest",
    ],
    [[], 'try: give the command that runs your tests after --, such as: try -- npx jest'],
    [['--passes', '0', '--', 'jest'], '--passes 0: expected a whole number from 1 to 9999'],
    [
      ['--fail-on', 'not-notced', '--', 'jest'],
      '--fail-on not-notced: expected not-noticed or does-not-survive. Did you mean not-noticed?',
    ],
    [['--fail-on', 'arguable', '--', 'jest'], '--fail-on arguable: expected not-noticed or does-not-survive.'],
    [
      ['--also', 'versioning,ksm', '--', 'jest'],
      '--also ksm: expected versioning, retention or kms. Did you mean kms?',
    ],
    [['--', 'npx', 'jest', '--watch'], 'try: --watch watches files, and never ends. Leave it out.'],
    [
      ['--accept', '/nowhere.json', '--', 'jest'],
      '--accept /nowhere.json: there is no such file. Give a list as JSON, such as [{ "way": "PutObject reports/cache.json, AccessDenied", "reason": "…" }].',
    ],
  ])('of %j says what is right', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(new Error(message));
  });
});
