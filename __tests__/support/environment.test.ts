import hooks from 'node:async_hooks';
import { expect, it } from '@jest/globals';
import Environment from './environment';

const projectConfig = { globals: {}, testEnvironmentOptions: {}, fakeTimers: {} };
type Options = ConstructorParameters<typeof Environment>;

it('the end of a test file disables the storage of jest-circus, and no other', async () => {
  const made = hooks.AsyncLocalStorage;
  const environment = new Environment(
    // Jest's environment reads no more of its configuration.
    { projectConfig, globalConfig: {} } as Options[0],
    { console, docblockPragmas: {}, testPath: __filename },
  );
  await environment.setup();
  const ofCircus = new hooks.AsyncLocalStorage<string>();
  environment.handleTestEvent({ name: 'setup' });
  expect(hooks.AsyncLocalStorage).toBe(made);
  const ofTest = new hooks.AsyncLocalStorage<string>();
  ofCircus.enterWith('circus');
  ofTest.enterWith('test');
  await environment.teardown();
  expect({ ofCircus: ofCircus.getStore(), ofTest: ofTest.getStore() }).toEqual({ ofCircus: undefined, ofTest: 'test' });
  ofTest.disable();
});
