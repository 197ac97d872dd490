import { describe, expect, it } from '@jest/globals';
import { commandLineSurface } from '../../src/cli/surface';
import { translateCalls } from '../../src/text/calls';

const door = 'http://127.0.0.1:9000/_mock';
const inLog = commandLineSurface({ process: 4711, door });
const withoutDoor = commandLineSurface({ process: 4711, door: undefined });

describe('a call of the library, in the log of the command line', () => {
  it.each<{ sentence: string; open: string; closed: string }>`
    sentence                                                              | open                                                                                     | closed
    ${'no code; send MFA: s3.mfa.header()'}                               | ${`no code; send MFA: kill -USR2 4711, or curl -X POST ${door}/mfa/code`}                | ${'no code; send MFA: kill -USR2 4711'}
    ${"no code; send MFA: mfa.header() of account 'it\\'s'"}              | ${`no code; send MFA: curl ${door}/mfa/code -d '{"account":"it'\\''s"}'`}                | ${'no code'}
    ${"no user, so name one: s3.actAs('ann')"}                            | ${`no user, so name one: --caller ann, or curl ${door}/act-as -d '{"user":"ann"}'`}      | ${'no user, so name one: --caller ann'}
    ${'it is due, after s3.clock.advance({ hours: 3 })'}                  | ${`it is due, after curl ${door}/clock/advance -d '{"hours":3}'`}                        | ${'it is due'}
    ${'it is due by the clock, which s3.clock.advance sets'}              | ${`it is due by the clock, which POST ${door}/clock/advance sets`}                       | ${'it is due by the clock'}
    ${"it has much; s3.bucket('vault').usage({ at: 'x' })"}               | ${`it has much; curl '${door}/usage?bucket=vault&at=x'`}                                 | ${'it has much'}
    ${"it is; s3.bucket('vault').versioning = 'Enabled'"}                 | ${`it is; curl -X PATCH ${door}/buckets/vault -d '{"versioning":"Enabled"}'`}            | ${'it is'}
    ${"blocked; mockS3({ sseC: 'allowed' }) allows it"}                   | ${'blocked; --sse-c allowed allows it'}                                                  | ${'blocked; --sse-c allowed allows it'}
    ${'no; mockS3({ verifySignatures: true }) checks it'}                 | ${'no; --verify-signatures checks it'}                                                   | ${'no; --verify-signatures checks it'}
    ${'late; mockS3({ replicationDelay: { minutes: 5 } }) is'}            | ${'late; --replication-delay minutes=5 is'}                                              | ${'late; --replication-delay minutes=5 is'}
    ${'late; mockS3({ propagation: { seconds: 900 } }) is'}               | ${'late; --propagation 900 is'}                                                          | ${'late; --propagation 900 is'}
    ${"old; mockS3({ events: { version: '2.1', duplicates: true } }) is"} | ${'old; --events version=2.1,duplicates=true is'}                                        | ${'old; --events version=2.1,duplicates=true is'}
    ${'no key; mockS3({ conditions: … }) gives it'}                       | ${'no key; --conditions gives it'}                                                       | ${'no key; --conditions gives it'}
    ${"no host; mockS3({ hosts: ['a.test'] }) adds it"}                   | ${'no host'}                                                                             | ${'no host'}
    ${"no account; s3.createAccount({ name: 'NAME' }) makes one"}         | ${`no account; --account NAME, or curl ${door}/accounts -d '{"name":"NAME"}' makes one`} | ${'no account; --account NAME makes one'}
    ${'no; mockS3({ sts: false }) makes it so'}                           | ${'no; --no-sts makes it so'}                                                            | ${'no; --no-sts makes it so'}
    ${"it FAILED; expect(s3.bucket('a')).toBe('b') says it"}              | ${'it FAILED'}                                                                           | ${'it FAILED'}
  `('$sentence', ({ sentence, open, closed }) => {
    expect({ open: translateCalls(sentence, inLog), closed: translateCalls(sentence, withoutDoor) }).toEqual({
      open,
      closed,
    });
  });
});
