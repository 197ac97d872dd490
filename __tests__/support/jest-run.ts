import type { Ended } from './project';

export interface JestRun extends Ended {
  /** The status and the messages of each test, under a name such as `11-after: outside`; a file that threw is 'broken' under its own name. */
  readonly tests: Readonly<Record<string, readonly [status: string, message: string]>>;
}

export const passed = ['passed', ''] as const;

export function readJestRun(ended: Ended): JestRun {
  const { testResults } = JSON.parse(ended.stdout.slice(ended.stdout.indexOf('{')));
  const tests: Record<string, readonly [string, string]> = {};
  for (const { name, message, assertionResults } of testResults) {
    const file = name.replace(/^.*\/|\.\w+\.[jt]s$/g, '');
    if (assertionResults.length === 0) tests[file] = ['broken', message];
    for (const { title, status, failureMessages } of assertionResults)
      tests[`${file}: ${title}`] = [status, failureMessages.join('\n')];
  }
  return { ...ended, tests };
}

/** The types of the open handles that jest reports with --detectOpenHandles. */
export function openHandles(stderr: string): readonly string[] {
  const types = [...stderr.matchAll(/^ *●\s+([\w,]+)$/gm)].map(([, type = '']) => type);
  // undici's own mark of a request, which keeps nothing open, lasts until it is collected, and so on a busy machine beyond jest's look.
  return types.filter((type) => type !== 'UNDICI_REQUEST');
}
