import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument, errorDocument } from '../../support/documents';
import { send } from '../../support/wire-client';

const s3 = mockS3({
  buckets: {
    vault: { objects: { 'report.pdf': 'data' } },
    fast: { accelerate: 'Enabled', objects: { 'report.pdf': 'data' } },
    slow: { accelerate: 'Suspended', objects: { 'report.pdf': 'data' } },
    'my.vault': {},
  },
});

const configurationOf = (status: string) =>
  `<AccelerateConfiguration><Status>${status}</Status></AccelerateConfiguration>`;
const putTo = (bucket: string, body: string) => send({ method: 'PUT', path: `/${bucket}?accelerate`, body });

// F330
describe('PutBucketAccelerateConfiguration', () => {
  it('is enabled and suspended, and never unset', async () => {
    for (const status of ['Enabled', 'Suspended'] as const) {
      expect((await putTo('vault', configurationOf(status))).status).toBe(200);
      expect((await send({ path: '/vault?accelerate' })).text).toBe(
        answerDocument('AccelerateConfiguration', `<Status>${status}</Status>`),
      );
      expect(s3.bucket('vault').accelerate).toBe(status);
    }
    expect((await putTo('vault', '<AccelerateConfiguration/>')).text).toContain('<Code>MalformedXML</Code>');
  });

  it.each(['Enabled', 'Disabled'])('refuses a name with periods before it reads the Status %s', async (status) => {
    const answer = await putTo('my.vault', configurationOf(status));
    const message = 'S3 Transfer Acceleration is not supported for buckets with periods (.) in their names';
    expect([answer.status, answer.text]).toEqual([400, errorDocument('InvalidRequest', message)]);
    expect((await send({ path: '/my.vault?accelerate' })).text).toBe(answerDocument('AccelerateConfiguration', ''));
  });

  it('is refused to a fixture of such a name in the same words', () => {
    expect(() => s3.createBucket('an.other', { accelerate: 'Enabled' })).toThrow(
      "bucket 'an.other': accelerate: S3 Transfer Acceleration is not supported for buckets with periods (.) in their names",
    );
  });
});
