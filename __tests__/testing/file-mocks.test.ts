import { expect, it } from '@jest/globals';
import type { MockControl } from '../../src/mock/create-mock';
import { FileMocks } from '../../src/testing/file-mocks';

it('after a test only the mocks that are running forget its requests, and one that stops forgets those of its last hooks', async () => {
  const asked: string[] = [];
  const controlOf = (name: string) =>
    ({
      mock: { stop: async () => asked.push(`${name} stops`) },
      lifetime: {
        start: () => asked.push(`${name} starts`),
        endRequestsOfTest: () => asked.push(`${name} forgets`),
      },
    }) as unknown as MockControl; // what a file asks of a mock here
  const mocks = new FileMocks({ isCollecting: () => false, isOver: () => false });
  const [first, second] = [controlOf('first'), controlOf('second')];
  mocks.start(first);
  mocks.start(second);
  await mocks.stop(first, false);
  mocks.endRequestsOfTest();
  expect(asked).toEqual(['first starts', 'second starts', 'first forgets', 'first stops', 'second forgets']);
});
