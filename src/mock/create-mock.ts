import type { CallSite, TestFile } from '../test-file';
import type { Screens } from './failed-test';
import { Lifetime } from './lifetime';
import { type MockParts, MockS3 } from './mock-s3';
import type { MockS3Options } from './options';
import type { TriedSuite } from './tried-suite';

/** A mock as the entries of test runners and the command line have it; users have `MockS3`. */
export interface MockControl {
  readonly mock: MockS3;
  readonly lifetime: Lifetime;
}

interface PartsOfEngine extends Pick<MockParts, 'openDoor' | 'worlds'> {
  readonly loadScreens: () => Screens;
  readonly suite: TriedSuite | undefined;
}

export function createMock(
  file: TestFile,
  options: MockS3Options | undefined,
  findCallSite: () => CallSite,
  { loadScreens, suite, ...parts }: PartsOfEngine,
): MockControl {
  const given = options === undefined ? {} : options;
  const lifetime = new Lifetime(given, findCallSite, file, loadScreens, undefined, suite);
  const mock = MockS3.of({ lifetime, ...parts, makeMock: MockS3.of });
  return { mock, lifetime };
}
