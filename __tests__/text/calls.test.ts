import { expect, it } from '@jest/globals';
import { Code, call, nameCall, writeCall } from '../../src/text/calls';

const handler = new Code('handler');
const policy = new Code('policy');

it.each([
  [nameCall('s3.clock.advance(...)'), 's3.clock.advance'],
  [call('s3.clock.advance(...)', { '...': { days: 31 } }), 's3.clock.advance({ days: 31 })'],
  [call('s3.mfa.header()', {}), 's3.mfa.header()'],
  [call('s3.account(account).mfa.header()', { account: 'partner' }), "mfa.header() of account 'partner'"],
  [call('s3.account(account).mfa.header()', { account: "it's" }), "mfa.header() of account 'it\\'s'"],
  [
    call('s3.account(account).user(user).mfa.nextCode()', { account: 'default', user: 'ann' }),
    "s3.account.user('ann').mfa.nextCode()",
  ],
  [
    call('s3.account(account).user(user).mfa.serial', { account: 'partner', user: 'ann' }),
    "user('ann').mfa.serial of account 'partner'",
  ],
  [
    call('s3.account(account).user(name, ...)', { name: 'ann', '...': { policy } }),
    "s3.account.user('ann', { policy })",
  ],
  [
    call('s3.account(account).role(name, ...)', { account: 'partner', name: 'reader' }),
    "role('reader') of account 'partner'",
  ],
  [nameCall('s3.bucket(bucket).usage(...)'), 's3.bucket(name).usage'],
  [
    call('s3.bucket(bucket).versioning = versioning', { bucket: 'vault', versioning: 'Enabled' }),
    "s3.bucket('vault').versioning = 'Enabled'",
  ],
  [call('s3.on(operation, input)', { operation: 'PutObject' }), "s3.on('PutObject')"],
  [
    call('s3.on(operation, input).reply(reply, ...)', { operation: 'GetObject', reply: { status: 200, body: '...' } }),
    "s3.on('GetObject').reply({ status: 200, body: '...' })",
  ],
  [
    call('s3.on(operation, input).failEntries(failEntries.entries, failEntries.error, ...)', {
      operation: 'DeleteObjects',
      'failEntries.entries': { Key: 'a' },
      'failEntries.error': 'AccessDenied',
    }),
    "s3.on('DeleteObjects').failEntries({ Key: 'a' }, 'AccessDenied')",
  ],
  [call('delay(delay)', { delay: { milliseconds: new Code('60_000', 60_000) } }), 'delay({ milliseconds: 60_000 })'],
  [
    call('s3.deliverTo(arn, ...)', { arn: 'arn:a', '...': { handler, timeout: { seconds: 120 } } }),
    "s3.deliverTo('arn:a', { handler, timeout: { seconds: 120 } })",
  ],
  [
    call('s3.actAs(user)', { user: new Code("s3.account.role('x').session()") }),
    "s3.actAs(s3.account.role('x').session())",
  ],
  [call('mockS3(...)', { '...': { conditions: new Code('…') } }), 'mockS3({ conditions: … })'],
  [call('mockS3(...)', { '...': { hosts: ['a.test'] } }), "mockS3({ hosts: ['a.test'] })"],
  [call('mockS3(...)', { '...': { conditions: { 'aws:x': 1 } } }), "mockS3({ conditions: { 'aws:x': 1 } })"],
])('%j is written as a test writes it: %s', (given, written) => {
  expect(writeCall(given)).toBe(written);
});
