/** A service with three mistakes, which every runner shows in the same way. */
const s3 = require('@aws-sdk/client-s3');

const client = new s3.S3Client({});
const Bucket = 'reports';

exports.publish = async (key, body) => {
  await client.send(new s3.PutObjectCommand({ Bucket, Key: key, Body: body }));
  const index = new s3.PutObjectCommand({ Bucket, Key: 'index.json', Body: JSON.stringify([key]) });
  await client.send(index).catch(() => {});
};
exports.count = async () => {
  const { Contents = [] } = await client.send(new s3.ListObjectsV2Command({ Bucket }));
  return Contents.length;
};
exports.purge = async (keys) => {
  const Delete = { Objects: keys.map((Key) => ({ Key })) };
  await client.send(new s3.DeleteObjectsCommand({ Bucket, Delete }));
};
