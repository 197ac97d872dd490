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
