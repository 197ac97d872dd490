import { describe, expect, it } from '@jest/globals';
import type { CallerName, SceneOptions } from '../../support/access-scene';
import { sceneMock } from '../../support/scene-mock';
import type { WireCall } from '../../support/wire-client';

const { play, ask, why } = sceneMock();

const open = { Sid: 'Open', Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::vault/*' };
const deny = { ...open, Sid: 'Deny', Effect: 'Deny' };
const docs = { Sid: 'Docs', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/docs/*' };
const refused = 'nothing allows user ann of account 111111111111 to do';
const byDeny = 'denied by statement Deny of the bucket policy of vault:';

describe('the journal has the reason of a refusal by what the request has', () => {
  it.each<[situation: string, options: SceneOptions, caller: CallerName, call: WireCall, reason: string]>([
    [
      'a header that is absent',
      { bucket: [{ ...deny, Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } } }] },
      'root',
      { method: 'PUT', path: '/vault/a' },
      `${byDeny} s3:PutObject on arn:aws:s3:::vault/a, because s3:x-amz-server-side-encryption is absent, as the request has no such header (StringNotEquals "aws:kms" holds without it)`,
    ],
    [
      'a header with another value',
      { bucket: [{ ...deny, Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } } }] },
      'root',
      { method: 'PUT', path: '/vault/a', headers: { 'x-amz-server-side-encryption': 'AES256' } },
      `${byDeny} s3:PutObject on arn:aws:s3:::vault/a, because s3:x-amz-server-side-encryption is "AES256" (StringNotEquals "aws:kms")`,
    ],
    [
      'a session without MFA',
      { bucket: [{ ...deny, Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }] },
      'session of ann',
      { path: '/vault/a' },
      `${byDeny} s3:GetObject on arn:aws:s3:::vault/a, because aws:MultiFactorAuthPresent is "false", since only GetSessionToken with a code makes it true, and AssumeRole passes that on (BoolIfExists "false")`,
    ],
    [
      'permanent keys',
      { bucket: [{ ...deny, Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }] },
      'ann',
      { path: '/vault/a' },
      `${byDeny} s3:GetObject on arn:aws:s3:::vault/a, because aws:MultiFactorAuthPresent is absent, as the caller is not a session with MFA (BoolIfExists "false" holds without it)`,
    ],
    [
      'a version by its id outside the allowed prefix',
      { identity: [docs] },
      'ann',
      { path: '/vault/logs/a?versionId=null' },
      `${refused} s3:GetObjectVersion on arn:aws:s3:::vault/logs/a; statement Docs of the policy of user ann came nearest, which allows s3:GetObject and not s3:GetObjectVersion, and which is about arn:aws:s3:::vault/docs/*; a request with a version id needs s3:GetObjectVersion`,
    ],
    [
      'a version by its id in the allowed prefix',
      { identity: [docs] },
      'ann',
      { path: '/vault/docs/a?versionId=null' },
      `${refused} s3:GetObjectVersion on arn:aws:s3:::vault/docs/a; statement Docs of the policy of user ann came nearest, which allows s3:GetObject and not s3:GetObjectVersion; a request with a version id needs s3:GetObjectVersion`,
    ],
    [
      'the list of a bucket whose objects alone are allowed',
      { identity: [{ ...docs, Action: 's3:*', Resource: 'arn:aws:s3:::vault/*' }] },
      'ann',
      { path: '/vault' },
      `${refused} s3:ListBucket on arn:aws:s3:::vault; statement Docs of the policy of user ann came nearest; s3:ListBucket is about the bucket: its resource is arn:aws:s3:::vault, not arn:aws:s3:::vault/*`,
    ],
  ])('%s', async (_, options, caller, call, reason) => {
    play(options, ['a']);
    expect((await ask(caller, call)).status).toBe(403);
    expect(why()).toBe(reason);
  });
});
