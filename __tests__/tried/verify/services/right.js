/** Small services that do what is right, with tests that look at all of it. */
const s3 = require('@aws-sdk/client-s3');

const client = new s3.S3Client({});
const Bucket = 'reports';
const send = (Command, input) => client.send(new Command({ Bucket, ...input }));
const put = (Key, Body) => send(s3.PutObjectCommand, { Key, Body });

exports.publish = async (key, body) => {
  await put(key, body);
  await put('index.json', JSON.stringify([key]));
};
exports.count = async () => {
  let count = 0;
  for await (const { Contents = [] } of s3.paginateListObjectsV2({ client }, { Bucket })) count += Contents.length;
  return count;
};
exports.purge = async (keys) => {
  const { Errors = [] } = await send(s3.DeleteObjectsCommand, { Delete: { Objects: keys.map((Key) => ({ Key })) } });
  if (Errors.length > 0) throw new Error(`not deleted: ${Errors.map(({ Key }) => Key)}`);
};
exports.move = async (from, to) => {
  await send(s3.CopyObjectCommand, { Key: to, CopySource: `${Bucket}/${from}` });
  await send(s3.DeleteObjectCommand, { Key: from });
};
exports.readText = async (Key) => (await send(s3.GetObjectCommand, { Key })).Body.transformToString();
exports.find = async (Key) => {
  try {
    return await exports.readText(Key);
  } catch (error) {
    if (error.name === 'NoSuchKey') return undefined;
    throw error;
  }
};
exports.thumbnail = async ({ Records }) => {
  for (const {
    s3: { object },
  } of Records)
    await put(`small/${object.key}`, 'small');
};
exports.createOnce = async (Key, Body) => {
  try {
    await send(s3.PutObjectCommand, { Key, Body, IfNoneMatch: '*' });
    return true;
  } catch (error) {
    if (error.name === 'PreconditionFailed') return false;
    throw error;
  }
};
exports.tag = (Key, team) =>
  send(s3.PutObjectTaggingCommand, { Key, Tagging: { TagSet: [{ Key: 'team', Value: team }] } });
exports.saveAll = (files) => Promise.all(Object.entries(files).map(([key, body]) => put(key, body)));
exports.put = put;
