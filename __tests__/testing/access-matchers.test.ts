import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { matchers } from '../../src/testing/matchers';
import { allowing } from '../support/policy';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({
    users: { writer: allowing('s3:PutObject') },
    accounts: { partner: {} },
    buckets: { vault: { objects: { 'report.pdf': 'first' } } },
  });
});
afterEach(() => s3.stop());

const put = ['s3:PutObject', 'vault/report.pdf'] as const;
const get = ['s3:GetObject', 'vault/report.pdf'] as const;
const writer = 'arn:aws:iam::000000000000:user/writer';
const allowed = 'allowed by statement 1 of the policy of user writer: s3:PutObject on arn:aws:s3:::vault/report.pdf';
const denied =
  'nothing allows user writer of account 000000000000 to do s3:GetObject on arn:aws:s3:::vault/report.pdf; the policy of user writer was evaluated';

describe('both matchers', () => {
  it.each([
    ['toAllow', put, true, `not to be allowed s3:PutObject on vault/report.pdf, but it is allowed:\n${allowed}`],
    ['toAllow', get, false, `to be allowed s3:GetObject on vault/report.pdf, but it is denied:\n${denied}`],
    ['toDeny', get, true, `not to be denied s3:GetObject on vault/report.pdf, but it is denied:\n${denied}`],
    ['toDeny', put, false, `to be denied s3:PutObject on vault/report.pdf, but it is allowed:\n${allowed}`],
  ] as const)('say what allows or denies: %s of %j is %s', (matcher, asked, pass, text) => {
    const result = matchers[matcher](s3.account.user('writer'), ...asked);
    expect({ pass: result.pass, message: result.message() }).toEqual({ pass, message: `Expected ${writer} ${text}` });
  });

  it('also take accounts, roles and sessions', () => {
    const role = s3.account.role('deployer');
    for (const caller of [s3.account, role, role.session(), s3.account.session()])
      expect({ toAllow: matchers.toAllow(caller, ...get).pass, toDeny: matchers.toDeny(caller, ...get).pass }).toEqual({
        toAllow: true,
        toDeny: false,
      });
    const { pass, message } = matchers.toDeny(s3.account, ...get);
    expect({ pass, firstLine: message().split('\n')[0] }).toEqual({
      pass: false,
      firstLine: "Expected account 'default' to be denied s3:GetObject on vault/report.pdf, but it is allowed:",
    });
  });

  it('take conditions', () => {
    const conditions = { 'aws:SourceIp': '10.0.0.1' };
    expect(matchers.toAllow(s3.account.user('writer'), ...put, conditions).pass).toBe(true);
    expect(() => matchers.toDeny(s3.account.user('writer'), ...put, { ip: '10.0.0.1' })).toThrow(
      "there is no condition key 'ip'",
    );
  });

  it.each([
    ['toAllow', undefined, 'undefined'],
    ['toDeny', { name: 'writer' }, "{ name: 'writer' }"],
    ['toAllow', 'writer', "'writer'"],
  ] as const)('%s of %j is a TypeError', (name, given, written) => {
    expect(() => matchers[name](given, ...put)).toThrow(
      new TypeError(
        `${name} takes a user, a role, a session or an account: expect(s3.account.user('writer')).${name}('s3:PutObject', 'vault/report.pdf'). It was given ${written}.`,
      ),
    );
  });

  it('refuse wrong actions and resources', () => {
    expect(() => matchers.toAllow(s3.account.user('writer'), 's3:putobject', 'vault/report.pdf')).toThrow(
      /^user 'writer': may: there is no action 's3:putobject'\. .* Did you mean s3:PutObject\?$/,
    );
    expect(() => matchers.toDeny(s3.account.user('writer'), 's3:PutObject', 7)).toThrow(TypeError);
  });
});
