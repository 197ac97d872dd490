import { changeVersioning } from '../../model/versioning-change';
import { element, unlessEmpty } from '../../shapes/elements';
import { payload } from '../../shapes/places';
import { words } from '../../shapes/values';
import { makeMfaRequest, mfaMember } from '../members/mfa';
import { operation } from '../operation';

const status = words('Enabled', 'Suspended');
const mfaDelete = words('Enabled', 'Disabled');

export const putBucketVersioning = operation('PUT /{Bucket}?versioning', {
  action: 's3:PutBucketVersioning',
  input: {
    ...mfaMember,
    VersioningConfiguration: payload(
      { Status: unlessEmpty(element(status)), MFADelete: unlessEmpty(element(mfaDelete, 'MfaDelete')) },
      { maxBytes: 1024 },
    ),
  },
  handle(context, { MFA, VersioningConfiguration }) {
    const { store, bucket } = context;
    changeVersioning(store, bucket, { ...VersioningConfiguration, ...makeMfaRequest(context, MFA) });
  },
});

export const getBucketVersioning = operation('GET /{Bucket}?versioning', {
  action: 's3:GetBucketVersioning',
  root: 'VersioningConfiguration',
  output: { Status: element(status), MFADelete: element(mfaDelete, 'MfaDelete') },
  // A bucket whose versioning was never set answers an empty element, since undefined is left out.
  handle: ({ bucket }) => bucket.versioning,
});
