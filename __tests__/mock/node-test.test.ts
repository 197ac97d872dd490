import { describe, expect, it } from '@jest/globals';
import { watchNodeTests } from '../../src/mock/node-test';

interface Test {
  readonly fullName: string;
  readonly signal: AbortSignal;
}

function startTest(fullName: string): { readonly test: Test; readonly end: () => void } {
  const controller = new AbortController();
  return { test: { fullName, signal: controller.signal }, end: () => controller.abort() };
}

/** A process whose node:test says that the present code belongs to a test. */
function processIn(present: () => object | undefined): NodeJS.Process {
  const getBuiltinModule = () => ({ getTestContext: present });
  return { moduleLoadList: ['NativeModule internal/test_runner/test'], getBuiltinModule } as never; // what is read of it
}

describe('the test of node:test that sends a request', () => {
  it('is named once it has ended', () => {
    const { test, end } = startTest('saves');
    const sender = watchNodeTests(processIn(() => test))?.sender();
    expect(sender?.()).toBeUndefined();
    end();
    expect(sender?.()).toBe('saves');
  });

  it('is unknown if the context is that of a test that has ended, as after an await of a promise that it made', () => {
    const { test, end } = startTest('saves');
    end();
    expect(watchNodeTests(processIn(() => test))?.sender()).toBeUndefined();
  });

  it.each([
    ['outside of tests', undefined],
    ['in a suite', { name: 'a suite' }],
  ])('is unknown %s', (_where, present) => {
    expect(watchNodeTests(processIn(() => present))?.sender()).toBeUndefined();
  });

  it('is unknown if nobody has loaded node:test', () => {
    expect(watchNodeTests({ moduleLoadList: [] } as never)).toBeUndefined(); // what is read of it
  });
});
