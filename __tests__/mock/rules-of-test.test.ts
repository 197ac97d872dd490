import { afterEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import type { MockS3Options } from '../../src/mock/options';
import { put } from '../support/objects';

const messageOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

let running: MockS3 | undefined;
let control: MockControl | undefined;
afterEach(async () => {
  running?.reset();
  await running?.stop();
  await control?.mock.stop();
  control?.lifetime.restoreEnvironment();
  [running, control] = [undefined, undefined];
});

const start = (options: MockS3Options = {}) => {
  running = mockS3({ buckets: { vault: {} }, ...options });
  return running;
};

/** As an entry of a test runner makes one. */
const startUnderRunner = (options: MockS3Options = {}) => {
  control = createMock({ buckets: { vault: {} }, ...options }, mockS3);
  control.lifetime.setRunner({ testIsRunning: () => true });
  control.lifetime.start();
  return { s3: control.mock, control };
};

const withoutStep = (rule: string) =>
  `s3.${rule} has no step, so it changes nothing. Say what should happen, such as s3.${rule}.fail('SlowDown').`;

describe('a rule with an asymmetric matcher that answers with a promise', () => {
  it('does not match, and its mistake is thrown after the request', async () => {
    const s3 = start();
    s3.on('PutObject', { Key: { asymmetricMatch: () => Promise.resolve(false) } as never }).fail('SlowDown');
    await put('/vault/a');
    expect(s3.requests.last()?.error?.code).not.toBe('SlowDown');
    expect(messageOf(() => s3.reset())).toContain(
      'asymmetricMatch: invalid result <promise>; expected true or false: nothing awaits it',
    );
  });
});

describe('a rule without a step', () => {
  it('is thrown by the reset, or by the stop, after the test that made it', async () => {
    const s3 = start();
    s3.on('PutObject', { Bucket: 'vault' });
    expect(s3.unusedRules()).toMatchObject([{ note: 'it has no step, so it changes nothing' }]);
    const { message, code } = errorOf(() => s3.reset());
    expect({ message, code }).toEqual({
      message: withoutStep("on('PutObject', { Bucket: 'vault' })"),
      code: 'RULE_WITHOUT_STEP',
    });
    expect(messageOf(() => s3.reset())).toBeUndefined();
    s3.on('ReplicateObject');
    await expect(s3.stop()).rejects.toThrow(withoutStep("on('ReplicateObject')"));
  });

  it('is not thrown once it has a step, or is removed', () => {
    const s3 = start();
    s3.on('PutObject').fail('SlowDown');
    s3.on('GetObject').remove();
    expect(messageOf(() => s3.reset())).toBeUndefined();
  });

  it('is thrown if a request met it, though it has a step by now', async () => {
    const s3 = start();
    const rule = s3.on('PutObject');
    await put('/vault/a');
    rule.fail('SlowDown');
    expect(messageOf(() => s3.reset())).toBe(
      "s3.on('PutObject').fail('SlowDown') had no step when a request met it, so it changed nothing. Give the rule its steps before the call.",
    );
  });

  it('fails a test of a runner, and only the first time', () => {
    const { s3, control } = startUnderRunner();
    control.lifetime.beginTest();
    s3.on('PutObject');
    expect(messageOf(() => control.lifetime.endTest())).toBe(withoutStep("on('PutObject')"));
    expect(messageOf(() => control.lifetime.endTest())).toBeUndefined();
  });

  it('of a whole file only fails a test that meets it', async () => {
    const { s3, control } = startUnderRunner();
    s3.on('PutObject');
    control.lifetime.beginTest();
    expect(messageOf(() => control.lifetime.endTest())).toBeUndefined();
    control.lifetime.beginTest();
    await put('/vault/a');
    expect(messageOf(() => control.lifetime.endTest())).toBe(withoutStep("on('PutObject')"));
  });

  it('does not add to a test that has failed', () => {
    const { s3, control } = startUnderRunner({ unusedRules: 'fail' });
    control.lifetime.beginTest();
    s3.on('PutObject');
    s3.on('GetObject').fail('SlowDown');
    expect(messageOf(() => control.lifetime.endTest(true))).toBeUndefined();
  });
});

describe("unusedRules: 'fail'", () => {
  it('fails a test whose rule no request met, with its requests of that operation', async () => {
    const s3 = start({ unusedRules: 'fail' });
    s3.on('PutObject', { Key: 'b' }).fail('SlowDown');
    await put('/vault/a');
    const message = messageOf(() => s3.reset()) ?? '';
    expect(message.replaceAll(/\d\d:\d\d:\d\d\S*/g, 'TIME')).toBe(
      "No request met s3.on('PutObject', { Key: 'b' }).fail('SlowDown'), and mockS3 has unusedRules: 'fail'. " +
        "No request matched; the nearest, PutObject vault/a, differs in Key: expected 'b', received 'a'.\n\n" +
        "The last PutObject requests of this test:\n  1. TIME  PutObject  vault/a  200  { Body: 'data' }",
    );
  });

  it('says that none came, and what came in its place', async () => {
    const s3 = start({ unusedRules: 'fail' });
    s3.on('GetObject').fail('SlowDown');
    s3.outage({ region: 'eu-west-1' });
    await put('/vault/a');
    const message = messageOf(() => s3.reset()) ?? '';
    expect(message).toContain(
      "No request met s3.on('GetObject').fail('SlowDown'), and mockS3 has unusedRules: 'fail'.\n\nNo GetObject request came in this test.",
    );
    expect(message).toContain("No request met s3.outage({ region: 'eu-west-1' }), and mockS3 has unusedRules: 'fail'.");
  });

  it('is content with a rule that a request met, and with one that the test removed', async () => {
    const s3 = start({ unusedRules: 'fail' });
    s3.on('PutObject').fail('SlowDown');
    s3.on('GetObject').fail('SlowDown').remove();
    await put('/vault/a');
    expect(messageOf(() => s3.reset())).toBeUndefined();
  });

  it.each([true, false])('counts the rules of the test alone, with reset: %s', async (reset) => {
    const { s3, control } = startUnderRunner({ unusedRules: 'fail', reset });
    s3.on('GetObject').fail('SlowDown');
    control.lifetime.beginTest();
    expect(messageOf(() => control.lifetime.endTest())).toBeUndefined();
    control.lifetime.beginTest();
    s3.on('PutObject').fail('SlowDown');
    expect(messageOf(() => control.lifetime.endTest())).toContain("No request met s3.on('PutObject').fail('SlowDown')");
    control.lifetime.beginTest();
    expect(messageOf(() => control.lifetime.endTest())).toBeUndefined();
  });

  it('is not the default', () => {
    const s3 = start();
    s3.on('GetObject').fail('SlowDown');
    expect(messageOf(() => s3.reset())).toBeUndefined();
  });
});

function errorOf(act: () => unknown): { readonly message?: string; readonly code?: string } {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  return {};
}
