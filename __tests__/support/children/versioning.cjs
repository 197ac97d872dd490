// Reads the versioning of the bucket `vault` with a client without any option, and reports it by each way that a child or a worker has.
const { GetBucketVersioningCommand, S3Client } = require('@aws-sdk/client-s3');
const { parentPort } = require('node:worker_threads');

new S3Client({}).send(new GetBucketVersioningCommand({ Bucket: 'vault' })).then(({ Status }) => {
  parentPort?.postMessage(Status);
  if (process.send !== undefined) process.send(Status, () => process.disconnect());
  if (parentPort === null) process.stdout.write(String(Status));
});
