/** Small services, each with one mistake that its tests do not show. */
const s3 = require('@aws-sdk/client-s3');

const client = new s3.S3Client({});
const once = new s3.S3Client({ maxAttempts: 1 });
const Bucket = 'reports';
const put = (Key, Body, by = client) => by.send(new s3.PutObjectCommand({ Bucket, Key, Body }));
const get = async (Key) => {
  const { Body } = await client.send(new s3.GetObjectCommand({ Bucket, Key }));
  return Body.transformToString();
};
const ignore = () => {};

// The writes that fail in silence.
exports.publishWithIndex = async (key, body) => {
  await put(key, body);
  await put('index.json', JSON.stringify([key])).catch(ignore);
};
exports.saveAll = async (files) => {
  await Promise.allSettled(Object.entries(files).map(([key, body]) => put(key, body)));
};
exports.saveLater = async (key, body) => {
  put('audit.log', key).catch(ignore);
  await put(key, body);
};
exports.tag = async (key, team) => {
  const Tagging = { TagSet: [{ Key: 'team', Value: team }] };
  await client.send(new s3.PutObjectTaggingCommand({ Bucket, Key: key, Tagging })).catch(ignore);
};
exports.move = async (from, to) => {
  await client.send(new s3.CopyObjectCommand({ Bucket, Key: to, CopySource: `${Bucket}/${from}` })).catch(ignore);
  await client.send(new s3.DeleteObjectCommand({ Bucket, Key: from }));
};
exports.archive = async (from) => {
  try {
    await client.send(new s3.CopyObjectCommand({ Bucket, Key: `archive/${from}`, CopySource: `${Bucket}/${from}` }));
  } catch (error) {
    console.log('could not archive', error.name);
  }
};
exports.rotate = async (body) => {
  await client.send(new s3.DeleteObjectCommand({ Bucket, Key: 'latest' }));
  await put('latest', body).catch(ignore);
};
exports.remove = async (key) => {
  await client.send(new s3.DeleteObjectCommand({ Bucket, Key: key })).catch(ignore);
};

// The batches whose errors nobody reads.
exports.purge = async (keys) => {
  const Delete = { Objects: keys.map((Key) => ({ Key })) };
  await client.send(new s3.DeleteObjectsCommand({ Bucket, Delete }));
};
exports.purgeAndCount = async (keys) => {
  const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true };
  await client.send(new s3.DeleteObjectsCommand({ Bucket, Delete }));
  return keys.length;
};

// The refusals that are taken for an absence.
exports.ensureSettings = async () => {
  const settings = await get('settings.json').catch(() => undefined);
  if (settings === undefined) await put('settings.json', '{}');
};
exports.createOnce = async (key, body) => {
  const isThere = await client.send(new s3.HeadObjectCommand({ Bucket, Key: key })).then(
    () => true,
    () => false,
  );
  if (!isThere) await put(key, body);
};

// The first page that is taken for the whole listing.
exports.count = async () => {
  const { Contents = [] } = await client.send(new s3.ListObjectsV2Command({ Bucket }));
  return Contents.length;
};
exports.folders = async () => {
  const { CommonPrefixes = [] } = await client.send(new s3.ListObjectsV2Command({ Bucket, Delimiter: '/' }));
  return CommonPrefixes.map(({ Prefix }) => Prefix);
};
exports.history = async (Prefix) => {
  const { Versions = [] } = await client.send(new s3.ListObjectVersionsCommand({ Bucket, Prefix }));
  return Versions.length;
};

// What comes in pieces, or twice.
exports.readText = async (Key) => {
  const { Body } = await client.send(new s3.GetObjectCommand({ Bucket, Key }));
  let text = '';
  for await (const chunk of Body) text += chunk;
  return text;
};
exports.appendWithRetry = async (line) => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const log = await get('log.txt');
      await put('log.txt', `${log}${line}\n`, once);
      return;
    } catch (error) {
      if (attempt === 2) throw error;
    }
  }
};
exports.countEvent = async () => {
  const count = await get('count').catch(() => '0');
  await put('count', String(Number(count) + 1));
};

// What holds for most buckets, and for most orders of events.
exports.isSame = async (Key, md5) => {
  const { ETag } = await client.send(new s3.HeadObjectCommand({ Bucket, Key }));
  return ETag === `"${md5}"`;
};
exports.mirrorEvent = async (event) => {
  await put('last.txt', event.Records[0].s3.object.key);
};
exports.put = put;
