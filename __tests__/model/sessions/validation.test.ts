import { describe, expect, it } from '@jest/globals';
import { getAccessKeyInfo } from '../../../src/model/sessions/get-access-key-info';
import { getFederationToken } from '../../../src/model/sessions/get-federation-token';
import { getSessionToken } from '../../../src/model/sessions/get-session-token';
import type { AssumeRoleInput } from '../../../src/model/sessions/inputs';
import { answerOf, facts, StsScene } from '../../support/sts-scene';

const scene = new StsScene();
const ann = scene.user('ann');
const word = '[\\w+=,.@-]*';
const ofArn = '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+';

function problem(value: string, at: string, reason: string): string {
  return `Value '${value}' at '${at}' failed to satisfy constraint: Member must ${reason}`;
}

// F700
describe('AssumeRole refuses', () => {
  it.each<[string, AssumeRoleInput, string]>([
    [
      'no role',
      { RoleArn: undefined },
      "Value null at 'roleArn' failed to satisfy constraint: Member must not be null",
    ],
    [
      'no session name',
      { RoleSessionName: undefined },
      "Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a short role',
      { RoleArn: 'arn:aws:iam::1:r/x' },
      problem('arn:aws:iam::1:r/x', 'roleArn', 'have length greater than or equal to 20'),
    ],
    [
      'a short session name',
      { RoleSessionName: 'x' },
      problem('x', 'roleSessionName', 'have length greater than or equal to 2'),
    ],
    [
      'a long session name',
      { RoleSessionName: 'x'.repeat(65) },
      problem('x'.repeat(65), 'roleSessionName', 'have length less than or equal to 64'),
    ],
    [
      'a blank in the session name',
      { RoleSessionName: 'a b' },
      problem('a b', 'roleSessionName', `satisfy regular expression pattern: ${word}`),
    ],
    [
      'a letter that is not ASCII',
      { RoleSessionName: 'caf\u00e9' },
      problem('caf\u00e9', 'roleSessionName', `satisfy regular expression pattern: ${word}`),
    ],
    [
      'a short time',
      { DurationSeconds: 899 },
      problem('899', 'durationSeconds', 'have value greater than or equal to 900'),
    ],
    [
      'a long time',
      { DurationSeconds: 43_201 },
      problem('43201', 'durationSeconds', 'have value less than or equal to 43200'),
    ],
    [
      'a negative time',
      { DurationSeconds: -1 },
      problem('-1', 'durationSeconds', 'have value greater than or equal to 900'),
    ],
    ['a short external id', { ExternalId: 'x' }, problem('x', 'externalId', 'have length greater than or equal to 2')],
    [
      'a blank in the external id',
      { ExternalId: 'a b' },
      problem('a b', 'externalId', 'satisfy regular expression pattern: [\\w+=,.@:\\/-]*'),
    ],
    [
      'a short serial number',
      { SerialNumber: 'GAHT1234' },
      problem('GAHT1234', 'serialNumber', 'have length greater than or equal to 9'),
    ],
    [
      'a code of five digits',
      { TokenCode: '12345' },
      problem('12345', 'tokenCode', 'have length greater than or equal to 6'),
    ],
    [
      'a code of seven digits',
      { TokenCode: '1234567' },
      problem('1234567', 'tokenCode', 'have length less than or equal to 6'),
    ],
    [
      'a code with letters',
      { TokenCode: '12345x' },
      problem('12345x', 'tokenCode', 'satisfy regular expression pattern: [\\d]*'),
    ],
    [
      'a source identity with a colon',
      { SourceIdentity: 'aws:x' },
      problem('aws:x', 'sourceIdentity', `satisfy regular expression pattern: ${word}`),
    ],
    ['an empty policy', { Policy: '' }, ''],
    [
      'a tag without a value',
      { Tags: [{ Key: 'team' }] },
      "Value null at 'tags.1.member.value' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a long key of a tag',
      { Tags: [{ Key: 'k'.repeat(129), Value: '' }] },
      problem('k'.repeat(129), 'tags.1.member.key', 'have length less than or equal to 128'),
    ],
    [
      'a short ARN of a policy',
      { PolicyArns: [{ arn: 'arn:aws:iam::aws:po' }] },
      problem('arn:aws:iam::aws:po', 'policyArns.1.member.arn', 'have length greater than or equal to 20'),
    ],
  ])('%s', (_what, input, expected) => {
    const { status, code, message } = scene.refused(ann, input);
    expect({ status, code }).toEqual({ status: 400, code: 'ValidationError' });
    if (expected === '')
      expect(message).toMatch(
        /^2 validation errors detected: Value '' at 'policy' .*pattern.*; Value '' at 'policy' .*length/,
      );
    else expect(message).toBe(`1 validation error detected: ${expected}`);
  });

  it('several mistakes of one parameter, the pattern first', () => {
    expect(scene.refused(ann, { RoleSessionName: '!' }).message).toBe(
      `2 validation errors detected: ${problem('!', 'roleSessionName', `satisfy regular expression pattern: ${word}`)}; ${problem('!', 'roleSessionName', 'have length greater than or equal to 2')}`,
    );
  });

  it('mistakes of several parameters in the order of the model', () => {
    expect(scene.refused(ann, { TokenCode: '1', RoleArn: 'x' }).message).toBe(
      `2 validation errors detected: ${problem('x', 'roleArn', 'have length greater than or equal to 20')}; ${problem('1', 'tokenCode', 'have length greater than or equal to 6')}`,
    );
  });

  it('an ARN beyond U+FFFF by its pattern, though the printed pattern has those letters', () => {
    const RoleArn = `arn:aws:iam::111111111111:role/\u{1F600}`;
    expect(scene.refused(ann, { RoleArn }).message).toBe(
      `1 validation error detected: ${problem(RoleArn, 'roleArn', `satisfy regular expression pattern: ${ofArn}`)}`,
    );
  });

  it('more than fifty tags', () => {
    const Tags = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));
    expect(scene.refused(ann, { Tags }).message).toMatch(/at 'tags' .* length less than or equal to 50$/);
  });

  // F701
  it.each([
    'arn::b:::something/test-role',
    'arn:a::::something/test-role',
    'arn:aws:iam::role/test-role',
    'arn:aws:iam::111111111111:',
    'x'.repeat(20),
  ])('the text %s as a role', (RoleArn) => {
    expect(scene.refused(ann, { RoleArn })).toMatchObject({
      status: 400,
      code: 'ValidationError',
      message: `${RoleArn} is invalid`,
    });
  });
});

describe('a text is measured', () => {
  it('in code points', () => {
    const Tags = [{ Key: 'k', Value: '\u{10400}'.repeat(256) }];
    scene.role('deployer');
    expect(scene.assume(ann, { Tags }).session.tags).toEqual(Tags);
  });
});

describe('another operation refuses', () => {
  it('GetSessionToken: more than 36 hours', () => {
    expect(answerOf(() => getSessionToken(scene.store, ann, { DurationSeconds: 129_601 }, facts)).message).toBe(
      `1 validation error detected: ${problem('129601', 'durationSeconds', 'have value less than or equal to 129600')}`,
    );
  });

  it('GetFederationToken: no name, a long policy', () => {
    const Policy = ' '.repeat(2049);
    expect(answerOf(() => getFederationToken(scene.store, ann, { Policy }, facts)).message).toMatch(
      /^2 validation errors detected: Value null at 'name' .*; Value ' +' at 'policy' .* length less than or equal to 2048$/,
    );
  });

  it('GetAccessKeyInfo: a short key', () => {
    expect(answerOf(() => getAccessKeyInfo(scene.store, ann, { AccessKeyId: 'AKIA' }, facts)).message).toBe(
      `1 validation error detected: ${problem('AKIA', 'accessKeyId', 'have length greater than or equal to 16')}`,
    );
  });
});
