/** Operations in the SDKs that S3 itself does not answer, each with the host that does. */
export const ofOtherHosts: Readonly<Record<string, string>> = {
  CreateSession: "a directory bucket's host answers it (S3 Express)",
  ListDirectoryBuckets: 'the control host of directory buckets, s3express-control, answers it',
  WriteGetObjectResponse: "an Object Lambda access point's host answers it",
};
