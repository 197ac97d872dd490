import { changeVersioning } from '../../model/versioning-change';
import { header, payload } from '../../protocol/document/binding';
import { element, unlessEmpty } from '../../protocol/document/elements';
import { oneOf } from '../../protocol/document/values';
import { operation } from '../operation';

const status = oneOf('Enabled', 'Suspended');
const mfaDelete = oneOf('Enabled', 'Disabled');

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export const putBucketVersioning = operation('PUT /{Bucket}?versioning', {
  input: {
    MFA: header('x-amz-mfa'),
    VersioningConfiguration: payload(
      { Status: unlessEmpty(element(status)), MFADelete: unlessEmpty(element(mfaDelete, 'MfaDelete')) },
      { maxBytes: 1024 },
    ),
  },
  handle({ store, bucket, caller }, { MFA, VersioningConfiguration }) {
    changeVersioning(store, bucket, { ...VersioningConfiguration, caller, mfa: MFA });
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export const getBucketVersioning = operation('GET /{Bucket}?versioning', {
  root: 'VersioningConfiguration',
  output: { Status: element(status), MFADelete: element(mfaDelete, 'MfaDelete') },
  // A bucket whose versioning was never set answers an empty element, since undefined is left out.
  handle: ({ bucket }) => bucket.versioning,
});
