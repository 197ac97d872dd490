import type { VitestTask } from '../border/vitest-worker';
import type { TestTeller, ToldResult, ToldTest } from '../mock/tried-suite';
import { readFailure, readStack } from '../tried-tests';

/** Tells of the tests of vitest while a suite is tried. */
export function tellVitestTests(currentTask: () => VitestTask | undefined): TestTeller {
  const known = new Set<VitestTask>();
  return {
    test: () => {
      const task = currentTask();
      if (task?.type !== 'test') return undefined;
      known.add(task);
      const { retryCount = 0, repeatCount = 0, hooks } = task.result ?? {};
      const phase = findPhase(hooks);
      return { ...tell(task), attempt: retryCount + repeatCount, phase, isConcurrent: task.concurrent === true };
    },
    stack: readStack,
    results: () =>
      [...known].flatMap((task): readonly ToldResult[] => {
        const { state, retryCount = 0, errors = [] } = task.result ?? {};
        if (state !== 'pass' && state !== 'fail') return [];
        const told = tell(task);
        if (state === 'pass' && retryCount === 0) return [{ ...told, result: 'passed', message: '', line: undefined }];
        return [{ ...told, ...readFailure(errors[0] ?? new Error('it passed when it was tried again')) }];
      }),
  };
}

function findPhase({
  beforeEach,
  afterEach,
}: NonNullable<VitestTask['result']>['hooks'] & object = {}): ToldTest['phase'] {
  if (afterEach !== undefined) return 'after';
  return beforeEach === 'pass' ? 'body' : 'before';
}

function tell(task: VitestTask): Pick<ToldTest, 'file' | 'name' | 'group' | 'index'> {
  const { file } = task;
  const name = writeName(task);
  const equals = listTests(file).filter((one) => writeName(one) === name);
  return { file: readPath(file), name, group: findGroup(task), index: Math.max(0, equals.indexOf(task)) };
}

/** The member of a file, which a test and a describe lack. */
function readPath(file: VitestTask & { readonly filepath?: string }): string {
  return file.filepath ?? file.name;
}

/** As the filter -t of vitest compares it. */
function writeName({ name, suite }: VitestTask): string {
  return suite === undefined ? name : `${writeName(suite)} ${name}`;
}

function findGroup({ suite }: VitestTask): string {
  if (suite === undefined) return '';
  return suite.suite === undefined ? suite.name : findGroup(suite);
}

function listTests({ tasks = [] }: VitestTask): readonly VitestTask[] {
  return tasks.flatMap((task) => (task.type === 'test' ? [task] : listTests(task)));
}
