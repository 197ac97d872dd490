import '../support/in-place';
import timers from 'node:timers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startHostGuard } from '../../src/capture';
import { mockS3, S3MockError } from '../../src/index';

describe('under workerd, which calls itself Node', () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  beforeEach(() => {
    const value = { userAgent: 'Cloudflare-Workers' };
    Object.defineProperty(globalThis, 'navigator', { value, configurable: true });
  });
  afterEach(() => {
    if (before === undefined) Reflect.deleteProperty(globalThis, 'navigator');
    else Object.defineProperty(globalThis, 'navigator', before);
  });

  const refused = (what: string) =>
    new S3MockError(
      'CANNOT_CAPTURE',
      `${what}, but workerd does not connect through the functions of Node that this replaces, so calls would ` +
        'reach the network. Create the mock in a file of globalSetup, where Node runs, with mockS3({ hosts: { only: [] } }) and await s3.listen(), and ' +
        'give its url to the tests by provide and inject of vitest. docs/runners.md#cloudflares-workers has an example.',
    );

  it('a mock throws, and says where it can run', () => {
    expect(() => mockS3()).toThrow(refused('mockS3() captures the S3 calls of the process'));
  });

  it('a mock says so also if the timers are not as in Node, which workerd has otherwise', () => {
    Object.assign(timers.setImmediate, { clock: {} });
    try {
      expect(() => mockS3()).toThrow(refused('mockS3() captures the S3 calls of the process'));
    } finally {
      Reflect.deleteProperty(timers.setImmediate, 'clock');
    }
  });

  it('the option guard and the guard of all files throw', () => {
    const guarded = () => mockS3({ hosts: { only: [] }, guard: true });
    expect(guarded).toThrow(refused('The option guard refuses connections of the process'));
    const testFile = { global: globalThis, process };
    const guard = () => startHostGuard({ whyRefused: () => undefined, fileIsOver: () => false, testFile });
    expect(guard).toThrow(refused('The guard of the test file refuses the S3 calls of the process'));
  });
});
