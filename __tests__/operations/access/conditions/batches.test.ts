import { expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { allowIf, ann, equals } from '../../../support/conditions';
import { signedBy } from '../../../support/documents';
import { deleteMany } from '../../../support/objects';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { k: 'data' } } } });

// F486
it('an entry of DeleteObjects has the version that it names in s3:versionid', async () => {
  const id = s3.bucket('vault').versions('k')[0]?.versionId;
  const remove = () =>
    deleteMany('vault', `<Object><Key>k</Key><VersionId>${id}</VersionId></Object>`, {
      Authorization: signedBy(ann(s3)),
    });
  allowIf(s3, 'vault', 's3:DeleteObjectVersion', { StringNotEquals: { 's3:versionid': id } });
  expect((await remove()).body).toContain('<Code>AccessDenied</Code>');
  allowIf(s3, 'vault', 's3:DeleteObjectVersion', equals('s3:versionid', id));
  expect((await remove()).body).toContain('<Deleted>');
});
