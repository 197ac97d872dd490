import assert from 'node:assert';
import { describe, expect, it, jest } from '@jest/globals';
import type { MockS3 } from '../../src/mock/mock-s3';
import { Warnings } from '../../src/mock/warnings';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    users: {
      writer: { policy: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } } },
    },
    buckets: {
      jobs: { objects: { 'j1.json': 'old', 'j2.json': 'two' } },
      vault: {
        objectLock: true,
        objects: {
          c1: { body: 'signed', retention: { Mode: 'COMPLIANCE', RetainUntilDate: new Date('2030-01-01') } },
          c2: 'draft',
        },
      },
      wiki: { versioning: 'Enabled', objects: { lock: 'old' } },
      shared: {
        objects: { lock: 'old' },
        policy: {
          Version: '2012-10-17',
          Statement: { Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::shared/*' },
        },
      },
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

const write = (Bucket: string, Key: string, more: object = {}) =>
  send('PutObject', { Bucket, Key, Body: 'new', ...more });
const failed = { name: 'PreconditionFailed' };
const unconditional = 'it named no condition';

tryAll(
  'a write that a test expects to be refused, and that replaced an object',
  [
    {
      of: 'an object of a fixture, where jest does not name the error',
      test: () => expect(write('jobs', 'j1.json')).rejects.toMatchObject(failed),
      says: "PutObject jobs/j1.json: it named no condition, so S3 carried it out, although the key had an object. If the test waits for PreconditionFailed: with IfNoneMatch: '*' it would have been refused: 412 PreconditionFailed.",
    },
    {
      of: 'an object of a fixture in a bucket with versions',
      test: () => expect(write('wiki', 'lock')).rejects.toThrow(),
      says: 'although the key had an object. If the test waits for PreconditionFailed: with',
    },
    {
      of: 'an object of a fixture, where the error has its name',
      test: () => assert.rejects(write('jobs', 'j1.json'), failed),
      says: "although the key had an object. With IfNoneMatch: '*' it would have been refused: 412 PreconditionFailed.",
    },
    {
      of: 'an object of a fixture, where the test waits for the conflict of two writes',
      test: () => assert.rejects(write('jobs', 'j1.json'), { name: 'ConditionalRequestConflict' }),
      says: "although the key had an object. With IfNoneMatch: '*' it would have been refused: 412 PreconditionFailed.",
    },
    {
      of: 'an object that a request wrote',
      async test() {
        await write('jobs', 'j3.json');
        await expect(write('jobs', 'j3.json')).rejects.toThrow();
      },
      says: "although PutObject jobs/j3.json had written the key before. If the test waits for PreconditionFailed: with IfNoneMatch: '*'",
    },
  ],
  [
    {
      of: 'a key without an object',
      test: () => expect(write('jobs', 'j3.json')).rejects.toThrow(),
      hides: unconditional,
    },
    {
      of: 'an object that was deleted before',
      async test() {
        s3.bucket('jobs').delete('j1.json');
        await expect(write('jobs', 'j1.json')).rejects.toThrow();
      },
      hides: unconditional,
    },
    {
      of: 'a condition that held',
      test: () => expect(write('jobs', 'j3.json', { IfNoneMatch: '*' })).rejects.toThrow(),
      hides: unconditional,
    },
    {
      of: 'a read that came after the write',
      async test() {
        await write('jobs', 'j1.json');
        await expect(send('GetObject', { Bucket: 'jobs', Key: 'j2.json' })).rejects.toThrow();
      },
      hides: unconditional,
    },
    {
      of: 'another error that the test names',
      test: () => assert.rejects(write('jobs', 'j1.json'), { name: 'AccessDenied' }),
      hides: unconditional,
    },
    {
      of: 'a bucket with a policy, which can be meant',
      test: () => expect(write('shared', 'lock')).rejects.toThrow(),
      hides: unconditional,
    },
    {
      of: 'a user, whose policy can be meant',
      async test() {
        s3.actAs('writer');
        await expect(write('jobs', 'j1.json')).rejects.toThrow();
      },
      hides: unconditional,
    },
    {
      of: 'tags that a request put before',
      async test() {
        await send('PutObjectTagging', { Bucket: 'jobs', Key: 'j1.json', Tagging: { TagSet: [] } });
        await expect(write('jobs', 'j1.json')).rejects.toThrow();
      },
      hides: 'the key had an object',
    },
    {
      of: 'an assertion on another value',
      async test() {
        await write('jobs', 'j1.json');
        expect(1).toBe(2);
      },
      hides: unconditional,
    },
  ],
);

const remove = (Key: string) => send('DeleteObject', { Bucket: 'vault', Key });
const untried = 'which neither MFA Delete nor a lock prevents';

tryAll(
  'a delete that a test expects to be refused',
  [
    {
      of: 'a locked version',
      test: () => expect(remove('c1')).rejects.toMatchObject({ name: 'AccessDenied' }),
      says: 'DeleteObject vault/c1: it named no version, so it added a delete marker; the locked version',
    },
    {
      of: 'a locked version, where the error has its name',
      test: () => assert.rejects(remove('c1'), { name: 'AccessDenied' }),
      says: 'DeleteObject vault/c1: it named no version, so it added a delete marker; the locked version',
    },
    {
      of: 'a version without a lock, of which no trial knows more',
      test: () => expect(remove('c2')).rejects.toMatchObject({ name: 'AccessDenied' }),
      says: `DeleteObject vault/c2 has no VersionId, so it adds a delete marker, ${untried}`,
    },
    {
      of: 'a version without a lock, beside a delete that a trial explains',
      async test() {
        await remove('c1');
        await expect(remove('c2')).rejects.toMatchObject({ name: 'AccessDenied' });
      },
      says: `DeleteObject vault/c2 has no VersionId, so it adds a delete marker, ${untried}`,
    },
  ],
  [
    {
      of: 'a delete that a trial has explained',
      test: () => expect(remove('c1')).rejects.toMatchObject({ name: 'AccessDenied' }),
      hides: untried,
    },
    {
      of: 'a locked version, where the test waits for another error',
      test: () => assert.rejects(remove('c1'), { name: 'NoSuchKey' }),
      hides: 'A lock refuses the delete of a version',
    },
  ],
);

describe('an object that is missing', () => {
  const destination = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
  const messageOf = () => {
    try {
      s3.bucket('jobs').object('thumbnail');
      return 'nothing was thrown';
    } catch (error) {
      return String(error);
    }
  };
  const ofAbsence = 'If it should not exist, write';

  it('is not meant to be absent while a handler of events can write it', async () => {
    s3.bucket('jobs').notification = {
      LambdaFunctionConfigurations: [{ LambdaFunctionArn: destination, Events: ['s3:ObjectCreated:*'] }],
    };
    s3.deliverTo(destination, async () => {});
    expect(messageOf()).toContain(ofAbsence);
    await write('jobs', 'cat.jpg');
    expect(messageOf()).toContain("there is no object 'thumbnail' in bucket 'jobs'");
    expect(messageOf()).not.toContain(ofAbsence);
    await s3.events.settled();
    expect(messageOf()).toContain(ofAbsence);
  });
});

describe('a request after the end of its test', () => {
  const late = (isOfHandler: boolean) => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const warnings = new Warnings({} as never, () => ({ place: 'here' }) as never);
    warnings.ofLate({ text: 'PUT /a', isOfHandler }, 'saves');
    const [[text = ''] = []] = warn.mock.calls;
    warn.mockRestore();
    return { warnings, text: String(text) };
  };
  const settled =
    'Await s3.events.settled() in that test: it waits for the handlers, and for the calls that they await.';

  it('is awaited by the call, or by settled if a handler of events sent it', () => {
    expect(late(false).text).toContain("PUT /a was answered after its test 'saves' had ended");
    expect(late(false).text).toContain('Await the call in that test');
    expect(late(true).text).toContain("PUT /a of a handler of events was answered after its test 'saves' had ended");
    expect(late(true).text).toContain(settled);
    expect(late(true).text).not.toContain('forEach');
  });

  it('is told beside an error that came after the end, as well', () => {
    const { warnings } = late(false);
    const ended = 'The test had ended before PUT /a was answered, and before this error came. ';
    const ofPromise = 'An expect(…).rejects is a promise itself: write await expect(…).rejects, or return it.';
    expect(warnings.explainLate('saves', 'expect(received).rejects.toThrow()')).toBe(`${ended}${ofPromise}`);
    expect(warnings.explainLate('saves', 'NoSuchKey')).toContain(`${ended}Await the call in that test`);
    expect(warnings.explainLate('reads', 'NoSuchKey')).toBeUndefined();
    expect(late(true).warnings.explainLate('saves', 'expect(received).rejects.toThrow()')).toBe(
      `The test had ended before PUT /a of a handler of events was answered, and before this error came. ${settled}`,
    );
  });
});
