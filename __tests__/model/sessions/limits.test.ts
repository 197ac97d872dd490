import { describe, expect, it } from '@jest/globals';
import { assumeRoleWithWebIdentity } from '../../../src/model/sessions/assume-role-with-web-identity';
import { getAccessKeyInfo } from '../../../src/model/sessions/get-access-key-info';
import { getFederationToken } from '../../../src/model/sessions/get-federation-token';
import { getSessionToken } from '../../../src/model/sessions/get-session-token';
import type { AssumeRoleInput } from '../../../src/model/sessions/inputs';
import { S3Error, wordRefusal } from '../../../src/refusals';
import { facts, own, roleArn, StsScene } from '../../support/sts-scene';

const scene = new StsScene();
scene.role('deployer', { maxSessionDuration: 43_200 });
const ann = scene.user('ann');
const web = { RoleArn: roleArn, RoleSessionName: 'pod', WebIdentityToken: 'text' };

const asked = {
  AssumeRole: (input: object) => scene.assume(ann, input as AssumeRoleInput),
  GetSessionToken: (input: object) => getSessionToken(scene.store, ann, input, facts),
  GetFederationToken: (input: object) => getFederationToken(scene.store, ann, { Name: 'visitor', ...input }, facts),
  AssumeRoleWithWebIdentity: (input: object) => assumeRoleWithWebIdentity(scene.store, { ...web, ...input }, facts),
  GetAccessKeyInfo: (input: object) => getAccessKeyInfo(scene.store, ann, input, facts),
};

/** The reason for which a parameter is outside its limits; undefined if it is within them, whatever else is wrong. */
function reasonOf(operation: keyof typeof asked, input: object): string | undefined {
  try {
    asked[operation](input);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    const { code, message } = wordRefusal(error, 'aws');
    if (code === 'ValidationError') return /Member must (have (?:length|value) .*)$/.exec(message)?.[1];
  }
  return undefined;
}

const text =
  (name: string, letter = 'x') =>
  (length: number) => ({ [name]: letter.repeat(length) });
const seconds = (DurationSeconds: number) => ({ DurationSeconds });
const list = (name: string, item: (index: number) => unknown) => (length: number) => ({
  [name]: Array.from({ length }, (_, index) => item(index)),
});
const policyArn = (index: number) => ({ arn: `arn:aws:iam::${own}:policy/p${index}` });

// F700
describe.each<[keyof typeof asked, string, (size: number) => object, number | undefined, number | undefined]>([
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
