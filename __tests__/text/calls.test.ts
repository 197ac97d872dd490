import { describe, expect, it } from '@jest/globals';
import { doorSurface } from '../../src/door/surface';
import { mockS3 } from '../../src/index';
import { membersOfMock, type Surface, translateCalls, type WrittenCall } from '../../src/text/calls';

const throughDoor = doorSurface();
const told = (sentence: string) => translateCalls(sentence, throughDoor);
const withoutCalls = (sentence: string) => translateCalls(sentence, { call: () => undefined, option: () => undefined });

function callsIn(sentence: string): readonly WrittenCall[] {
  const asked: WrittenCall[] = [];
  const surface: Surface = {
    call: (call) => {
      asked.push(call);
      return 'it';
    },
    option: () => 'it',
  };
  translateCalls(sentence, surface);
  return asked;
}

describe('a call in a sentence', () => {
  it.each<{ sentence: string; steps: unknown }>`
    sentence                                                                   | steps
    ${'the clock, which s3.clock.advance moves.'}                              | ${[['clock'], ['advance']]}
    ${'after s3.clock.advance({ days: 31, hours: 1_0.5 })'}                    | ${[['clock'], ['advance', { days: 31, hours: 10.5 }]]}
    ${"write s3.bucket('vault').usage({ prefix: \"a'b\", 'at': null })."}      | ${[['bucket', 'vault'], ['usage', { prefix: "a'b", at: null }]]}
    ${"s3.on('PutObject', { Key: 'it\\'s \\u{e9}\\n' }).fail('SlowDown')"}     | ${[['on', 'PutObject', { Key: "it's é\n" }], ['fail', 'SlowDown']]}
    ${"s3.deliverTo('arn', handler) sends it"}                                 | ${[['deliverTo', 'arn', undefined]]}
    ${"s3.actAs(s3.account.user('writer')) does"}                              | ${[['actAs', undefined]]}
    ${"s3.outage({ region, until: …, ...rest, as: 'refused' })"}               | ${[['outage', { region: undefined, until: undefined, as: 'refused' }]]}
    ${"s3.account.user('a long name…' (90 characters), { policy }) makes one"} | ${[['account'], ['user', undefined]]}
    ${"for it, user('ann').mfa.nextCode() of account 'partner'"}               | ${[['account', 'partner'], ['user', 'ann'], ['mfa'], ['nextCode']]}
    ${'(await s3.events.settled() waits)'}                                     | ${[['events'], ['settled']]}
    ${'s3.clock.advance: invalid days'}                                        | ${[['clock'], ['advance']]}
    ${"createBucket: there is no option 'x'"}                                  | ${[['createBucket']]}
    ${"It is one of a connection: disconnect({ when: 'before' }) makes one."}  | ${[['disconnect', { when: 'before' }]]}
  `('is read: $sentence', ({ sentence, steps }) => {
    const read = callsIn(sentence).map((call) => call.steps.map(({ name, given = [] }) => [name, ...given]));
    expect(read).toEqual([steps]);
  });

  it('is read with the value that a member is set to', () => {
    expect(callsIn("Set s3.bucket('vault').lifecycle = { Rules: [{ Status: 'Enabled' }, …] }.")).toEqual([
      {
        steps: [
          { name: 'bucket', given: ['vault'] },
          { name: 'lifecycle', given: undefined },
        ],
        assigned: { value: { Rules: [{ Status: 'Enabled' }] } },
      },
    ]);
  });

  it.each([
    "the key 's3.reset()' is not there",
    'the policy is "s3.reset()"; a second sentence',
    'vault.s3.test and s3.amazonaws.com are hosts',
    'arn:aws:s3:::vault allows s3:GetObject',
    "the bucket's owner, whose s3.stranger() nobody knows",
    'Parameters are inconsistent with previous request(s).',
    "call s3.reset('never closed",
    'its user(s) and mfa.devices',
    'the option restore of the bucket: it is of a version',
  ])('is not one that only looks so: %s', (sentence) => {
    expect(callsIn(sentence)).toEqual([]);
    expect(told(sentence)).toBe(sentence);
  });

  it('names a member of the mock', async () => {
    await using s3 = mockS3({ hosts: { only: [] } });
    const members = [...Object.getOwnPropertyNames(Object.getPrototypeOf(s3)), ...Object.keys(s3)];
    expect(members.filter((name) => name !== 'constructor').toSorted()).toEqual([...membersOfMock].toSorted());
  });
});

describe('a sentence for a surface without a call', () => {
  it.each<{ sentence: string; left: string }>`
    sentence                                                                                  | left
    ${'it is ready at noon, after s3.clock.advance({ minutes: 15 })'}                         | ${'it is ready at noon'}
    ${'no header; send MFA: s3.mfa.header()'}                                                 | ${'no header'}
    ${"no rule; expect(s3.bucket('a, b; c')).toHaveReplicated('d') says why. The rest"}       | ${'no rule. The rest'}
    ${"there are no roles; s3.account.role('NAME') makes one. Did you mean b?"}               | ${'there are no roles. Did you mean b?'}
    ${'It is done. Write s3.reset(). It goes on.'}                                            | ${'It is done. It goes on.'}
    ${'s3.reset() helps; the key is a'}                                                       | ${'the key is a'}
    ${"use the keys of a user, or name one as the caller: s3.actAs('NAME'); it is over"}      | ${'use the keys of a user; it is over'}
    ${'first, s3.reset() and s3.toJSON(); last, s3.snapshot()'}                               | ${'first; last'}
    ${"it blocks SSE-C, as on S3; mockS3({ sseC: 'allowed' }), or the encryption, allows it"} | ${'it blocks SSE-C, as on S3'}
    ${'one\ns3.reset() is two\nthree'}                                                        | ${'one\nthree'}
    ${'s3.clock.advance: invalid days 5'}                                                     | ${'s3.clock.advance: invalid days 5'}
    ${'mockS3: invalid region 5'}                                                             | ${'invalid region 5'}
    ${'Write s3.reset().'}                                                                    | ${'Write s3.reset().'}
  `('goes without its clause: $sentence', ({ sentence, left }) => {
    expect(withoutCalls(sentence)).toBe(left);
  });
});

it('is written in a moment, however long it is and whatever is in it', () => {
  for (const part of ["s3.on('", 's3.reset(', "'", '{ a: ', 's3.on({ a: [', 'role(', '\\'])
    for (const length of [9_000, 1_000_000]) {
      const text = part.repeat(length / part.length);
      expect(told(text).length).toBeGreaterThan(0);
      expect(withoutCalls(text).length).toBeGreaterThan(0);
    }
});
