import { describe, expect, it } from '@jest/globals';
import { commandLineSurface } from '../../src/cli/surface';
import { type Call, Code, call, nameCall } from '../../src/text/calls';

const door = 'http://127.0.0.1:9000/_mock';
const inLog = commandLineSurface({ process: 4711, door });
const withoutDoor = commandLineSurface({ process: 4711, door: undefined });
const option = (options: object) => call('mockS3(...)', { '...': options });

describe('a call of the library, in the log of the command line', () => {
  it.each<readonly [call: Call, open: string | undefined, closed: string | undefined]>([
    [call('s3.mfa.header()', {}), `kill -USR2 4711, or curl -X POST ${door}/mfa/code`, 'kill -USR2 4711'],
    [
      call('s3.account(account).mfa.header()', { account: "it's" }),
      `curl ${door}/mfa/code -d '{"account":"it'\\''s"}'`,
      undefined,
    ],
    [
      call('s3.actAs(user)', { user: 'ann' }),
      `--caller ann, or curl ${door}/act-as -d '{"user":"ann"}'`,
      '--caller ann',
    ],
    [call('s3.clock.advance(...)', { '...': { hours: 3 } }), `curl ${door}/clock/advance -d '{"hours":3}'`, undefined],
    [nameCall('s3.clock.advance(...)'), `POST ${door}/clock/advance`, undefined],
    [
      call('s3.bucket(bucket).usage(...)', { bucket: 'vault', '...': { at: 'x' } }),
      `curl '${door}/usage?bucket=vault&at=x'`,
      undefined,
    ],
    [
      call('s3.bucket(bucket).versioning = versioning', { bucket: 'vault', versioning: 'Enabled' }),
      `curl -X PATCH ${door}/buckets/vault -d '{"versioning":"Enabled"}'`,
      undefined,
    ],
    [option({ sseC: 'allowed' }), '--sse-c allowed', '--sse-c allowed'],
    [option({ verifySignatures: true }), '--verify-signatures', '--verify-signatures'],
    [option({ verifySignatures: false }), '--no-verify-signatures', '--no-verify-signatures'],
    [option({ replicationDelay: { minutes: 5 } }), '--replication-delay minutes=5', '--replication-delay minutes=5'],
    [option({ propagation: { seconds: 900 } }), '--propagation 900', '--propagation 900'],
    [
      option({ events: { version: '2.1', duplicates: true } }),
      '--events version=2.1,duplicates=true',
      '--events version=2.1,duplicates=true',
    ],
    [option({ conditions: new Code('…') }), '--conditions', '--conditions'],
    [option({ hosts: ['a.test'] }), undefined, undefined],
    [option({ sts: false }), '--no-sts', '--no-sts'],
    [
      call('s3.createAccount(name, ...)', { name: 'NAME' }),
      `--account NAME, or curl ${door}/accounts -d '{"name":"NAME"}'`,
      '--account NAME',
    ],
  ])('%j', (given, open, closed) => {
    expect({ open: inLog.call(given), closed: withoutDoor.call(given) }).toEqual({ open, closed });
  });
});
