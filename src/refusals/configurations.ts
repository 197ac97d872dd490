import { allDetails, refusal } from './refusal';

type OfBucket = { readonly BucketName: string };

/** Refusals of configurations of buckets that fit their schema, and of those that are not there. */
export const configurations = {
  /** A GET of the public access block of a bucket that has none. */
  NoSuchPublicAccessBlockConfiguration: refusal<OfBucket>({
    code: 'NoSuchPublicAccessBlockConfiguration',
    status: 404,
    message: 'The public access block configuration was not found',
    fields: allDetails,
    whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }),
  }),
  /** A PUT of a public access block whose document sets no switch. */
  PublicAccessBlockEmpty: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'Must specify at least one configuration.',
  }),
  /** A GET of the ownership controls of a bucket that has none. */
  OwnershipControlsNotFoundError: refusal<OfBucket>({
    code: 'OwnershipControlsNotFoundError',
    status: 404,
    message: 'The bucket ownership controls were not found',
    fields: allDetails,
    whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }),
  }),
};
