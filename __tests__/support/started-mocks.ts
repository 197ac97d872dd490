import { afterEach } from '@jest/globals';
import { type MockS3, type MockS3Options, mockS3 } from '../../src';

/** Returns a function that starts a mock of the main entry; each mock is stopped after its test. */
export function startedMocks(): (options?: MockS3Options) => MockS3 {
  let running: MockS3[] = [];
  afterEach(async () => {
    for (const s3 of running) await s3.stop().catch(() => {});
    running = [];
  });
  return (options) => {
    const s3 = mockS3(options);
    running.push(s3);
    return s3;
  };
}
