import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import type { MockControl } from '../../src/mock/create-mock';
import { screenOf } from '../support/failed-tests';
import { send } from '../support/wire-client';

let control: MockControl;
let s3: MockS3;

beforeEach(() => {
  control = createMock({ buckets: { vault: {} } }, mockS3);
  control.setRunner({ testIsRunning: () => true });
  control.start();
  control.beginTest();
  s3 = control.mock;
});
afterEach(async () => {
  await control.stop();
  control.restoreEnvironment();
});

const put = (key: string) => send({ method: 'PUT', host: 'vault.s3.amazonaws.com', path: `/${key}`, body: 'data' });
const compared = 'expect(received).toBe(expected)\n\nExpected: 1\nReceived: 2';
const fails = () => Promise.reject(new Error(compared));
const outcome = (key: string) => `  1. PutObject  vault/${key}  200  { Body: 'data' }`;

describe('the screen of a test', () => {
  it('shows the requests of its world, if the function of the world has failed', async () => {
    const forked = s3.fork(async () => {
      await put('inside');
      return fails();
    });
    await forked.catch(() => {});
    expect(screenOf(control, compared)).toBe(`The request of its world, which was not refused:\n${outcome('inside')}`);
  });

  it('says how many requests went to the mock outside, and shows them', async () => {
    const outside = { put };
    const begun = { go: () => {} };
    const isBegun = new Promise<void>((resolve) => {
      begun.go = resolve;
    });
    const lost = isBegun.then(() => outside.put('outside'));
    const forked = s3.fork(async () => {
      begun.go();
      await lost;
      return fails();
    });
    await forked.catch(() => {});
    expect(screenOf(control, compared)?.split('\n\n')).toEqual([
      'While its world ran, one request came from code that belongs to no world, and the mock outside answered it. ' +
        'Code loses its world in a queue that was made outside and calls back. docs/limits.md has examples.',
      `The request of this test, which was not refused:\n${outcome('outside')}`,
    ]);
  });

  it('leaves out the world of another test, whose error is another one', async () => {
    const forked = s3.fork(async () => {
      await put('inside');
      throw new Error('of another test');
    });
    await forked.catch(() => {});
    expect(screenOf(control, compared)).toBeUndefined();
  });

  it('shows a world that still runs, if the test has timed out', async () => {
    const held: { end?: () => void } = {};
    const forked = s3.fork(async (world) => {
      world.on('PutObject').fail('SlowDown', { times: 1 });
      await put('inside');
      await new Promise<void>((resolve) => {
        held.end = resolve;
      });
    });
    while (held.end === undefined) await put('meanwhile');
    expect(screenOf(control, 'timed out', { isTimedOut: true })).toContain('1 request of its world');
    held.end();
    await forked;
  });
});
