import { describe, expect, it } from '@jest/globals';
import { checkLimits } from '../../src/sts/limits';
import { stsOperations } from '../../src/sts/table';
import { answerOf, own, roleArn } from '../support/sts-scene';
import { thrownBy } from '../support/thrown';

const session = { RoleArn: roleArn, RoleSessionName: 'build-7' };
const valid = {
  AssumeRole: session,
  GetSessionToken: {},
  GetFederationToken: { Name: 'visitor' },
  AssumeRoleWithWebIdentity: { ...session, WebIdentityToken: 'text' },
  GetAccessKeyInfo: { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
};
const word = '[\\w+=,.@-]*';
const ofArn = '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+';

function check(operation: keyof typeof valid, input: object): void {
  checkLimits(stsOperations[operation].input, { ...valid[operation], ...input });
}

function refused(operation: keyof typeof valid, input: object): ReturnType<typeof answerOf> {
  return answerOf(() => check(operation, input));
}

function reasonOf(operation: keyof typeof valid, input: object): string | undefined {
  const thrown = thrownBy(() => check(operation, input));
  return thrown === 'nothing'
    ? undefined
    : /Member must (have (?:length|value) .*)$/.exec(refused(operation, input).message)?.[1];
}

function problem(value: string, at: string, reason: string): string {
  return `Value '${value}' at '${at}' failed to satisfy constraint: Member must ${reason}`;
}

// F700
describe('AssumeRole refuses', () => {
  it.each<[string, object, string]>([
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
      'a blank in the external id',
      { ExternalId: 'a b' },
      problem('a b', 'externalId', 'satisfy regular expression pattern: [\\w+=,.@:\\/-]*'),
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
      'a short ARN of a policy',
      { PolicyArns: [{ arn: 'arn:aws:iam::aws:po' }] },
      problem('arn:aws:iam::aws:po', 'policyArns.1.member.arn', 'have length greater than or equal to 20'),
    ],
  ])('%s', (_what, input, expected) => {
    const { status, code, message } = refused('AssumeRole', input);
    expect({ status, code }).toEqual({ status: 400, code: 'ValidationError' });
    if (expected === '')
      expect(message).toMatch(
        /^2 validation errors detected: Value '' at 'policy' .*pattern.*; Value '' at 'policy' .*length/,
      );
    else expect(message).toBe(`1 validation error detected: ${expected}`);
  });

  it('several mistakes of one parameter, the pattern first', () => {
    expect(refused('AssumeRole', { RoleSessionName: '!' }).message).toBe(
      `2 validation errors detected: ${problem('!', 'roleSessionName', `satisfy regular expression pattern: ${word}`)}; ${problem('!', 'roleSessionName', 'have length greater than or equal to 2')}`,
    );
  });

  it('mistakes of several parameters in the order of the model', () => {
    expect(refused('AssumeRole', { TokenCode: '1', RoleArn: 'x' }).message).toBe(
      `2 validation errors detected: ${problem('x', 'roleArn', 'have length greater than or equal to 20')}; ${problem('1', 'tokenCode', 'have length greater than or equal to 6')}`,
    );
  });

  it('an ARN beyond U+FFFF by its pattern, though the printed pattern has those letters', () => {
    const RoleArn = `arn:aws:iam::111111111111:role/\u{1F600}`;
    expect(refused('AssumeRole', { RoleArn }).message).toBe(
      `1 validation error detected: ${problem(RoleArn, 'roleArn', `satisfy regular expression pattern: ${ofArn}`)}`,
    );
  });
});

describe('a text is measured', () => {
  it('in code points', () => {
    const Tags = [{ Key: 'k', Value: '\u{10400}'.repeat(256) }];
    expect(reasonOf('AssumeRole', { Tags })).toBeUndefined();
  });
});

describe('another operation refuses', () => {
  it('GetFederationToken: no name, a long policy', () => {
    const Policy = ' '.repeat(2049);
    expect(refused('GetFederationToken', { Name: undefined, Policy }).message).toMatch(
      /^2 validation errors detected: Value null at 'name' .*; Value ' +' at 'policy' .* length less than or equal to 2048$/,
    );
  });

  it('AssumeRoleWithWebIdentity: no session name, a short token', () => {
    expect(refused('AssumeRoleWithWebIdentity', { WebIdentityToken: 'abc', RoleSessionName: undefined }).message).toBe(
      "2 validation errors detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null; Value 'abc' at 'webIdentityToken' failed to satisfy constraint: Member must have length greater than or equal to 4",
    );
  });
});

const text =
  (name: string, letter = 'x') =>
  (length: number) => ({ [name]: letter.repeat(length) });
const seconds = (DurationSeconds: number) => ({ DurationSeconds });
const list = (name: string, item: (index: number) => unknown) => (length: number) => ({
  [name]: Array.from({ length }, (_, index) => item(index)),
});
const policyArn = (index: number) => ({ arn: `arn:aws:iam::${own}:policy/p${index}` });

// F700
describe.each<[keyof typeof valid, string, (size: number) => object, number | undefined, number | undefined]>([
  ['AssumeRole', 'RoleArn', text('RoleArn'), 20, 2048],
  ['AssumeRole', 'RoleSessionName', text('RoleSessionName'), 2, 64],
  ['AssumeRole', 'PolicyArns', list('PolicyArns', policyArn), undefined, 10],
  ['AssumeRole', 'Tags', list('Tags', (index) => ({ Key: `k${index}`, Value: '' })), undefined, 50],
  ['AssumeRole', 'the key of a tag', (size) => ({ Tags: [{ Key: 'k'.repeat(size), Value: '' }] }), 1, 128],
  ['AssumeRole', 'the value of a tag', (size) => ({ Tags: [{ Key: 'k', Value: 'v'.repeat(size) }] }), undefined, 256],
  ['AssumeRole', 'TransitiveTagKeys', list('TransitiveTagKeys', (index) => `k${index}`), undefined, 50],
  ['AssumeRole', 'ExternalId', text('ExternalId'), 2, 1224],
  ['AssumeRole', 'SerialNumber', text('SerialNumber'), 9, 256],
  ['AssumeRole', 'TokenCode', text('TokenCode', '0'), 6, 6],
  ['AssumeRole', 'SourceIdentity', text('SourceIdentity'), 2, 64],
  ['AssumeRole', 'DurationSeconds', seconds, 900, 43_200],
  ['GetSessionToken', 'DurationSeconds', seconds, 900, 129_600],
  ['GetFederationToken', 'Name', text('Name'), 2, 32],
  ['GetFederationToken', 'DurationSeconds', seconds, 900, 129_600],
  ['GetFederationToken', 'Policy', text('Policy'), undefined, 2048],
  ['AssumeRoleWithWebIdentity', 'WebIdentityToken', text('WebIdentityToken'), 4, 20_000],
  ['AssumeRoleWithWebIdentity', 'ProviderId', text('ProviderId'), 4, 2048],
  ['AssumeRoleWithWebIdentity', 'Policy', text('Policy'), undefined, 2048],
  ['GetAccessKeyInfo', 'AccessKeyId', text('AccessKeyId'), 16, 128],
])('%s: %s', (operation, _name, inputOf, least, most) => {
  it('is accepted within its limits, and refused beside them', () => {
    const kind = inputOf === seconds ? 'value' : 'length';
    for (const size of [least, most])
      if (size !== undefined) expect({ size, reason: reasonOf(operation, inputOf(size)) }).toEqual({ size });
    if (least !== undefined && least > 1)
      expect(reasonOf(operation, inputOf(least - 1))).toBe(`have ${kind} greater than or equal to ${least}`);
    if (most !== undefined)
      expect(reasonOf(operation, inputOf(most + 1))).toBe(`have ${kind} less than or equal to ${most}`);
  });
});

it('the reason of a refused code says that S3 takes its form, if it has a serial number in front', () => {
  const { code, why } = refused('AssumeRole', { SerialNumber: 'GAHT12345678', TokenCode: 'GAHT12345678 123456' });
  expect({ code, why }).toEqual({
    code: 'ValidationError',
    why: 'TokenCode is a serial number, a space and a code, which is the form for S3; STS takes only the code, as s3.mfa.nextCode() returns it',
  });
});

it('the reason of a refused role says that it is not an ARN, if it is a name', () => {
  expect(refused('AssumeRole', { RoleArn: 'deployer' }).why).toBe(
    "RoleArn is deployer, which is not an ARN; the ARN of a role is arn:aws:iam::ID:role/NAME, as in s3.account.role('NAME').arn",
  );
  expect(refused('AssumeRole', { RoleArn: 'arn:aws:iam::1:r/x' }).why).toBeUndefined();
});
