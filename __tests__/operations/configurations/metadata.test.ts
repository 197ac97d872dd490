import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { declaration, errorDocument } from '../../support/documents';
import { answered } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: {} } });
const undeclared = (document: string) => document.replace(declaration, '');

// F388
describe('a metadata configuration', () => {
  it.each(['GET', 'DELETE'])('is answered to a %s as one that was never set', async (method) => {
    const answer = await send({ method, path: '/vault?metadataConfiguration' });
    expect({ status: answer.status, text: answer.text, contentType: answer.header('content-type') }).toEqual({
      status: 404,
      text: undeclared(
        errorDocument(
          'MetadataConfigurationNotFound',
          'The metadata configuration was not found',
          '<BucketName>vault</BucketName>',
        ),
      ),
      contentType: 'application/xml',
    });
  });

  it('of the first version is closed to accounts', async () => {
    expect(await answered(send({ path: '/vault?metadataTable' }))).toEqual({
      status: 405,
      text: undeclared(
        errorDocument(
          'V1APIsNotAllowed',
          "The V1 GetBucketMetadataTableConfiguration API operation isn't available for this account. Use the corresponding V2 GetBucketMetadataConfiguration API operation instead.",
          '<Method>GET</Method>',
        ),
      ),
    });
  });

  it('needs a bucket', async () => {
    const answers = [
      await send({ path: '/nowhere?metadataConfiguration' }),
      await send({ path: '/nowhere?metadataTable' }),
    ];
    expect(answers.map(({ status, text }) => [status, text.includes('NoSuchBucket')])).toEqual([
      [404, true],
      [404, true],
    ]);
    expect(s3.requests).toHaveLength(2);
  });
});
