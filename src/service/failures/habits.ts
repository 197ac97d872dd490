import { type Habits, sameCure } from '../../text/closed-members';

interface Named {
  readonly operation: string;
}

const times = "How often it applies is an option of the step: fail('SlowDown', { times: 1 }).";

const habitsOfRules: Habits<Named> = {
  ...sameCure(['times', 'once', 'twice', 'thrice', 'persist', 'optionally'], times),
  ...sameCure(['restore', 'reset', 'mockRestore', 'mockReset', 'stop'], 'Write remove().'),
  ...sameCure(['isDone', 'done', 'called', 'callCount'], 'Write used, the number of times that it applied.'),
  on: 'Each rule begins with s3.on.',
  ...sameCure(
    ['get', 'keys', 'put', 'delete', 'object', 'objects', 'versions'],
    "A rule only makes something fail. The state is in s3.bucket('vault').",
  ),
};

export const habitsOfRequests: Habits<Named> = {
  ...habitsOfRules,
  ...sameCure(
    ['resolves', 'resolvesOnce', 'resolvesStream', 'callsFake', 'callsFakeOnce', 'replyOnce', 'returns', 'callsArg'],
    'S3 answers from its buckets: put what it should answer into the fixture. reply({ status, body }) sends an answer of your own.',
  ),
  ...sameCure(
    ['mockResolvedValue', 'mockResolvedValueOnce', 'mockReturnValue', 'mockImplementation', 'mockImplementationOnce'],
    'A rule is not a spy: S3 answers from its buckets. reply({ status, body }) sends an answer of your own.',
  ),
  ...sameCure(
    ['rejects', 'throws', 'mockRejectedValue'],
    "Write fail('SlowDown'), or disconnect({ when: 'before' }) for a lost connection.",
  ),
  ...sameCure(['rejectsOnce', 'mockRejectedValueOnce'], "Write fail('SlowDown', { times: 1 })."),
  replyWithError: "Write disconnect({ when: 'before' }).",
  ...sameCure(['hang', 'freeze', 'pause'], 'Write stall({ after: 1024 }), or delay({ milliseconds: 60_000 }).'),
  ...sameCure(['delayConnection', 'delayBody', 'wait', 'timeout'], 'Write delay({ milliseconds: 100 }).'),
  ...sameCure(
    ['commandCalls', 'commandCall', 'calls', 'call'],
    ({ operation }: Named) =>
      `Write requests, which the rule affected${operation === '*' ? '' : `, or s3.requests.of('${operation}') for all`}.`,
  ),
};

export const habitsOfOutages: Habits<object> = {
  ...sameCure(['stop', 'close', 'finish', 'reset', 'restore'], 'Write end().'),
  ...sameCure(
    ['fail', 'disconnect', 'delay', 'reply', 'corrupt', 'stall'],
    "The option 'as' says how clients see the outage: s3.outage({ as: 'refused' }).",
  ),
  ...sameCure(['commandCalls', 'commandCall', 'calls', 'call'], 'Write requests.'),
};

export const habitsOfAttempts: Habits<Named> = {
  ...habitsOfRules,
  ...sameCure(['rejects', 'rejectsOnce', 'throws', 'mockRejectedValue'], "Write fail('SlowDown', { times: 1 })."),
  ...sameCure(
    ['commandCalls', 'commandCall', 'calls', 'call', 'requests'],
    'Write s3.requests.serviceActions; used is the number of attempts that the rule made fail.',
  ),
};
