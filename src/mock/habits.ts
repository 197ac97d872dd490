import { type Habits, sameCure } from '../text/closed-members';

const noClient = 'The mock is not a client: it answers those of the code under test.';

export const habitsOfMock: Habits<object> = {
  ...sameCure(
    ['resolves', 'resolvesOnce', 'resolvesStream', 'callsFake', 'callsFakeOnce', 'reply', 'returns'],
    "S3 answers from its buckets: put what it should answer into the fixture. s3.on('GetObject').reply({ status, body }) sends an answer of your own.",
  ),
  ...sameCure(
    ['mockResolvedValue', 'mockResolvedValueOnce', 'mockReturnValue', 'mockImplementation', 'mockImplementationOnce'],
    "The mock is not a spy: S3 answers from its buckets. s3.on('GetObject').reply({ status, body }) sends an answer of your own.",
  ),
  ...sameCure(
    ['rejects', 'rejectsOnce', 'throws', 'mockRejectedValue', 'mockRejectedValueOnce', 'fail'],
    "Write s3.on('PutObject').fail('SlowDown', { times: 1 }).",
  ),
  ...sameCure(
    ['commandCalls', 'commandCall', 'calls', 'call', 'history', 'received'],
    "Write s3.requests.of('PutObject').",
  ),
  ...sameCure(['of', 'last', 'expect', 'explain'], 'It is a member of s3.requests.'),
  ...sameCure(['waitFor', 'settled'], "Write s3.requests.waitFor('PutObject'), or s3.events.settled()."),
  ...sameCure(
    ['isDone', 'pendingMocks', 'done'],
    'Write s3.unusedRules(), which returns the rules that no request met.',
  ),
  onAnyCommand: "Write s3.on('*'), or s3.outage() if everything is to fail.",
  intercept: "Write s3.on('PutObject'), with the name of an operation.",
  ...sameCure(['resetHistory', 'mockClear'], 'Write s3.requests.clear().'),
  ...sameCure(['resetBehavior', 'mockReset', 'mockRestore'], 'Write s3.reset(), or the remove() of a rule.'),
  ...sameCure(['advance', 'now', 'tick', 'setSystemTime'], 'Write s3.clock.advance({ days: 1 }), or s3.clock.now().'),
  ...sameCure(['plan'], 'Write s3.lifecycle.plan(), or s3.replication.plan().'),
  ...sameCure(['user', 'role'], "Write s3.account.user('writer'), or s3.account.role('deployer')."),
  send: `${noClient} Send the command with new S3Client({}).`,
  ...sameCure(['config', 'middlewareStack'], `${noClient} Give the code under test new S3Client({}).`),
  ...sameCure(
    ['get', 'object', 'getObject', 'headObject', 'current'],
    "Write s3.bucket('vault').object('report.pdf').",
  ),
  ...sameCure(['put', 'set', 'putObject'], "Write s3.bucket('vault').put('report.pdf', 'first')."),
  ...sameCure(['delete', 'deleteObject'], "Write s3.bucket('vault').delete('report.pdf')."),
  keys: "Write s3.bucket('vault').keys, or s3.buckets for the handles of all buckets.",
  ...sameCure(
    ['objects', 'versions', 'entries', 'values', 'has', 'listObjects', 'listObjectVersions'],
    "Write s3.bucket('vault').versions(), or s3.buckets for the handles of all buckets.",
  ),
};
