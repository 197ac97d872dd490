import { describe, expect, it } from '@jest/globals';
import { readCallers } from '../../src/screen/caller-text';
import { entry } from '../journal/entries';

const account = '000000000000';
const as = (caller: object | 'anonymous', operation = 'GetObject', facts: object = {}) =>
  entry(operation, { RoleArn: `arn:aws:iam::${account}:role/acme` }, { caller, ...facts });
const root = { account, user: undefined, accessKeyId: 'AKIA1' };
const app = { account, user: 'app', accessKeyId: 'AKIA2' };
const session = { account, user: undefined, role: 'acme', session: 'one', accessKeyId: 'ASIA1' };
const begin = (caller: object) => as(caller, 'AssumeRole', { output: { Credentials: { AccessKeyId: 'ASIA1' } } });

const callersOf = (entries: readonly ReturnType<typeof entry>[]) =>
  entries.map((_, index) => readCallers(entries)(index));

describe('the callers of a list of requests', () => {
  it('are not named if there is one', () => {
    expect(callersOf([as(app), as(app)])).toEqual(['', '']);
  });

  it('are named if they differ', () => {
    expect(callersOf([as(root), as(app), as('anonymous')])).toEqual([
      'as the root user',
      'as user app',
      'as nobody, without a signature',
    ]);
  });

  it('are named with their accounts if these differ', () => {
    expect(callersOf([as(app), as({ ...app, account: '111111111111' })])).toEqual([
      'as user app of account 000000000000',
      'as user app of account 111111111111',
    ]);
  });

  it('are named if a session signed nothing', () => {
    expect(callersOf([begin(app), as(app)])).toEqual([
      'as user app',
      'as user app (not as the session of role acme that request 1 began, whose keys signed nothing)',
    ]);
  });

  it('are those of the sessions that signed', () => {
    expect(callersOf([begin(app), as(session)])).toEqual(['as user app', 'as session one of role acme']);
  });
});
