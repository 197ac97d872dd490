import { allDetails, refusal } from './refusal';

type OfBucket = { readonly BucketName: string };

/** Refusals of configurations of buckets that fit their schema, and of those that are not there. */
export const configurations = {
  /** A GET of the public access block of a bucket that has none. */
  NoSuchPublicAccessBlockConfiguration: refusal<OfBucket>(
    'NoSuchPublicAccessBlockConfiguration',
    404,
    'The public access block configuration was not found',
    { fields: allDetails, whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }) },
  ),
  /** A PUT of a public access block whose document sets no switch. */
  PublicAccessBlockEmpty: refusal('InvalidRequest', 400, 'Must specify at least one configuration.'),
  /** A GET of the ownership controls of a bucket that has none. */
  OwnershipControlsNotFoundError: refusal<OfBucket>(
    'OwnershipControlsNotFoundError',
    404,
    'The bucket ownership controls were not found',
    { fields: allDetails, whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }) },
  ),
};
