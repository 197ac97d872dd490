import { type ListObject, S3mini } from 's3mini';
import { bare, type ListedVersion, type ObjectClient, pagesOf } from './object-client.js';
import type { Scene, StoryClient, Versioning } from './story-client.js';
import { asked, cosHost, type ErrorLike, Refusal } from './story-client.js';
import { elementsOf, taggingXml, textOf } from './wire-xml.js';

/** s3mini, a client for one bucket. */
export function openS3mini({ dialect, credentials }: Scene): StoryClient {
  const cos = dialect === 'ibm-cos';
  const client = (bucket: string) =>
    new S3mini({
      ...credentials,
      endpoint: `https://${cos ? cosHost : 's3.eu-west-1.amazonaws.com'}/${bucket}`,
      region: cos ? 'us-south-standard' : 'eu-west-1',
    });
  return {
    putVersioning: (bucket, { Status }) => ask(client(bucket).setBucketVersioning(Status ?? 'Enabled')),
    getVersioning: async (bucket) => {
      const status = await ask(client(bucket).getBucketVersioning());
      return (status === 'Off' ? {} : { Status: status }) as Versioning; // its types allow any text
    },
    createBucket: (bucket) => ask(client(bucket).createBucket()),
    headBucket: (bucket) => ask(client(bucket).bucketExists()),
    presign: (method, bucket, key, versionId) => {
      if (method !== 'GET' && method !== 'PUT') throw new TypeError('s3mini presigns GET and PUT alone');
      return client(bucket).getPresignedUrl(method, key, 900, versionOption(versionId));
    },
    ...objectsOf(client),
  };
}

function objectsOf(client: (bucket: string) => S3mini): ObjectClient {
  return {
    putObject: async (bucket, key, body, ifNoneMatch) =>
      written(
        ifNoneMatch === undefined
          ? await ask(client(bucket).putObject(key, body))
          : await putByUrl(client(bucket), key, body, {}, { 'if-none-match': ifNoneMatch }),
      ),
    getObject: async (bucket, key, versionId) => {
      const answer = await ask(client(bucket).getObjectRaw(key, true, 0, undefined, versionOption(versionId)));
      return { body: await answer.text(), versionId: header(answer, 'x-amz-version-id') };
    },
    getRange: async (bucket, key, versionId, first, last) =>
      (await ask(client(bucket).getObjectRaw(key, false, first, last + 1, { versionId }))).text(),
    headObject: async (bucket, key, versionId) => {
      const etag = await ask(client(bucket).getEtag(key, versionOption(versionId)));
      if (etag === null) throw new Refusal('NotFound', 'no such object', 404);
      return { etag };
    },
    deleteObject: async (bucket, key, versionId) => {
      const told = await ask(client(bucket).deleteObject({ key, ...versionOption(versionId) }, { versionInfo: true }));
      const { deleteMarker = false, deleteMarkerVersionId = told.versionId } = told;
      return { versionId: deleteMarkerVersionId, deleteMarker };
    },
    deleteObjects: async (bucket, objects) => {
      const deleted = await ask(client(bucket).deleteObjects([...objects]));
      return objects.filter((_, index) => deleted[index] !== true).map(({ key }) => key);
    },
    copyObject: async (bucket, { key, versionId }, to) => {
      const copied = await ask(client(bucket).copyObject(key, to, { versionId }));
      return { versionId: copied.versionId, etag: copied.etag };
    },
    upload: async (bucket, key, bodies) => {
      const uploadId = await ask(client(bucket).getMultipartUploadId(key));
      const parts = await Promise.all(
        bodies.map((body, index) => ask(client(bucket).uploadPart(key, uploadId, body, index + 1))),
      );
      const { etag } = await ask(client(bucket).completeMultipartUpload(key, uploadId, parts));
      return { etag };
    },
    putTags: (bucket, key, versionId, tags) =>
      putByUrl(client(bucket), key, taggingXml(tags), { tagging: '', versionId }),
    getTags: async (bucket, key, versionId) => {
      const xml = await ask(client(bucket).getObject(key, { tagging: '', ...versionOption(versionId) }));
      const tags = elementsOf(xml ?? '', 'Tag').map((tag) => [textOf(tag, 'Key') ?? '', textOf(tag, 'Value') ?? '']);
      return Object.fromEntries(tags);
    },
    listVersions: (bucket, { delimiter, limit }) =>
      pagesOf(async (from: string | undefined) => {
        const { listed, prefixes, next } = await page(client(bucket), { versions: true, delimiter }, limit, from);
        const versions = listed.filter((item) => item.IsDeleteMarker !== true).map(versionOf);
        const deleteMarkers = listed.filter((item) => item.IsDeleteMarker === true).map(versionOf);
        return { page: { versions, deleteMarkers, prefixes }, next };
      }),
    listObjectsV2: (bucket, { delimiter, limit }) =>
      pagesOf(async (from: string | undefined) => {
        const { listed, prefixes, next } = await page(client(bucket), { delimiter }, limit, from);
        return { page: { keys: listed.map(({ Key }) => Key), prefixes }, next };
      }),
  };
}

/** The parameter that s3mini calls delimiter is another one, so the options have it. */
async function page(
  client: S3mini,
  { delimiter, ...options }: { readonly versions?: true; readonly delimiter: string | undefined },
  limit: number,
  from: string | undefined,
): Promise<{ listed: readonly ListObject[]; prefixes: readonly string[]; next: string | undefined }> {
  const asOptions = { ...options, ...(delimiter !== undefined && { delimiter }) };
  const answer = await ask(client.listObjectsPaged('/', '', limit, from, asOptions));
  const items = answer?.objects ?? [];
  // It lists prefixes among the objects, without an entity tag. Delete markers have none either, but they have an id.
  const isPrefix = ({ ETag, VersionId }: ListObject) => ETag === '' && VersionId === undefined;
  return {
    listed: items.filter((item) => !isPrefix(item)),
    prefixes: items.filter(isPrefix).map(({ Key }) => Key),
    next: answer?.nextContinuationToken,
  };
}

async function putByUrl(
  client: S3mini,
  key: string,
  body: string,
  query: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const url = await client.getPresignedUrl('PUT', key, 900, query, headers);
  const answer = await fetch(url, { method: 'PUT', headers, body });
  if (answer.ok) return answer;
  const xml = await answer.text();
  throw new Refusal(textOf(xml, 'Code'), textOf(xml, 'Message') ?? '', answer.status);
}

function versionOption(versionId: string | undefined): { versionId?: string } {
  return versionId === undefined ? {} : { versionId };
}

function versionOf({ Key, VersionId = '', IsLatest = false }: ListObject): ListedVersion {
  return { key: Key, versionId: VersionId, isLatest: IsLatest };
}

function written(answer: Response): { versionId: string | undefined; etag: string } {
  return { versionId: header(answer, 'x-amz-version-id'), etag: bare(header(answer, 'etag')) };
}

function header({ headers }: Response, name: string): string | undefined {
  return headers.get(name) ?? undefined;
}

function ask<Answer>(call: Promise<Answer>): Promise<Answer> {
  return asked(
    call,
    ({ code, status, body = '' }: ErrorLike) =>
      new Refusal(code ?? textOf(body, 'Code'), textOf(body, 'Message') ?? '', status),
  );
}
