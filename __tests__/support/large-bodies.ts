/** Two bodies of 1 MB that differ in one byte, and the assertions that fail because of it. */
export const cases = `
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
const MEGABYTE = 1024 * 1024;
const bodies = {
  bytes: [Buffer.alloc(MEGABYTE, Buffer.from([0, 1, 2])), Buffer.alloc(MEGABYTE, Buffer.from([0, 1, 2])).fill(7, 500_000, 500_001)],
  lines: ['a line\\n'.repeat(150_000), 'a line\\n'.repeat(149_999) + 'another\\n'],
};
exports.options = { buckets: { vault: { versioning: 'Enabled' } } };
exports.put = (kind) => new S3Client({}).send(new PutObjectCommand({ Bucket: 'vault', Key: 'report.pdf', Body: bodies[kind][0] }));
exports.kinds = Object.keys(bodies);
exports.onRequests = {
  expect: (s3, kind) => s3.requests.expect('PutObject', { Body: bodies[kind][1] }),
  expectNone: (s3, kind) => s3.requests.expectNone('PutObject', { Body: bodies[kind][0] }),
  expectTimes: (s3, kind) => s3.requests.expectTimes('PutObject', 2, { Body: bodies[kind][0] }),
  waitFor: (s3, kind) => s3.requests.waitFor('PutObject', { Body: bodies[kind][1] }, { timeout: 1 }),
};
exports.withExpect = (expect) => ({
  ...exports.onRequests,
  toHaveReceived: (s3, kind) => expect(s3).toHaveReceived('PutObject', { Body: bodies[kind][1] }),
  'not.toHaveReceived': (s3, kind) => expect(s3).not.toHaveReceived('PutObject', { Body: bodies[kind][0] }),
  toHaveObject: (s3, kind) => expect(s3.bucket('vault')).toHaveObject('report.pdf', { body: bodies[kind][1] }),
  toHaveVersions: (s3, kind) => expect(s3.bucket('vault')).toHaveVersions('report.pdf', [bodies[kind][1]]),
});
`;

export const testsOf = (assertions: string) => `for (const kind of kinds)
  for (const [name, assertion] of Object.entries(${assertions}))
    test(kind + ' ' + name, async () => { await put(kind); await assertion(s3, kind); });`;

export const required = "const { kinds, onRequests, options, put, withExpect } = require('./cases.cjs');";

/** The tests of a runner without our hooks. The file names `after`, `beforeEach` and `test`. */
export const plainTests = `${required}
const { mockS3 } = require('s3-versioning-mock');
const s3 = mockS3(options);
beforeEach(() => s3.reset());
after(() => s3.stop());
${testsOf('onRequests')}`;

/** The numbers of tests, all of which fail: one for each assertion and kind of body. */
export const failing = { plain: 8, withMatchers: 16 } as const;
