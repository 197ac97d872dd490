import { describe, expect, it } from '@jest/globals';
import type { MockS3Options } from 's3-versioning-mock';
import { allowing } from '../support/policy';
import { startedMocks } from '../support/started-mocks';

const start = startedMocks();

const unknown = (kind: 'user' | 'role', given: string, known: string, hint = '') =>
  new TypeError(
    `account 'default': there is no ${kind} '${given}'.${hint} The ${kind}s are: ${known}. s3.account.${kind}('${given}', { policy }) or the option ${kind}s declares another; with {} nothing limits it.`,
  );

// A role that is created by its name alone may do everything, so a test of rights would pass for the wrong reason.
describe.each(['user', 'role'] as const)('the name of a %s alone', (kind) => {
  const options = (names: object): MockS3Options => ({ [`${kind}s`]: names });

  it('is a TypeError if the options declared others', () => {
    const s3 = start(options({ purger: allowing('s3:GetObject'), 'division/ann': {} }));
    const error = unknown(kind, 'purgr', 'purger, division/ann', ' Did you mean purger?');
    expect(() => s3.account[kind]('purgr')).toThrow(error);
    expect(() => s3.account[kind]('cleaner')).toThrow(unknown(kind, 'cleaner', 'purger, division/ann'));
    expect(s3.account.toJSON()[`${kind}s`]).toEqual(['purger', 'division/ann']);
    expect(s3.account[kind]('ann').name).toBe('ann');
  });

  it('is a TypeError if a call declared another, until the reset', () => {
    const s3 = start();
    s3.account[kind]('purger', {});
    expect(() => s3.account[kind]('purgr')).toThrow(unknown(kind, 'purgr', 'purger', ' Did you mean purger?'));
    s3.reset();
    expect(s3.account[kind]('purgr').name).toBe('purgr');
  });

  it('creates one while none was declared', () => {
    const s3 = start({ [kind === 'user' ? 'roles' : 'users']: { other: {} } });
    expect({ first: s3.account[kind]('first').name, second: s3.account[kind]('second').name }).toEqual({
      first: 'first',
      second: 'second',
    });
  });

  it('is looked up in its own account', () => {
    const s3 = start(options({ purger: {} }));
    const partner = s3.createAccount('partner', { [`${kind}s`]: { auditor: {} } });
    const known = `there is no ${kind} 'auditr'. Did you mean auditor? The ${kind}s are: auditor.`;
    expect(() => partner[kind]('auditr')).toThrow(`account 'partner': ${known}`);
    expect(s3.createAccount('other')[kind]('anybody').name).toBe('anybody');
  });

  it('does not create one beside those that the JSON of a mock declares', async () => {
    const first = start(options({ purger: {} }));
    const declared = JSON.parse(JSON.stringify(first)) as MockS3Options;
    await first.stop();
    expect(() => start(declared).account[kind]('purgr')).toThrow(`there is no ${kind} 'purgr'. Did you mean purger?`);
  });
});

it('actAs names the call that creates a user beside those that were declared', () => {
  const s3 = start({ users: { reader: {} } });
  expect(() => s3.actAs('reeder')).toThrow(
    "actAs: there is no user 'reeder'. The users are: reader; s3.account.user('reeder', { policy }) creates it. Did you mean reader?",
  );
});
