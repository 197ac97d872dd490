import { createHash } from 'node:crypto';
import { type Client, CopyDestinationOptions, CopySourceOptions } from 'minio';
import type { TestKey } from '../customer-keys';
import {
  bare,
  given,
  type KeyedClient,
  type ListedVersion,
  type ObjectClient,
  type ObjectPage,
  pagesOf,
} from './object-client';
import { deleteXml, elementsOf, textOf } from './wire-xml';

export function objectsOf(client: Client, ask: <Answer>(call: Promise<Answer>) => Promise<Answer>): ObjectClient {
  return {
    putObject: async (bucket, key, body, ifNoneMatch) => {
      const headers = given({ 'if-none-match': ifNoneMatch });
      const { versionId, etag } = await ask(client.putObject(bucket, key, Buffer.from(body), undefined, headers));
      return { versionId: versionId ?? undefined, etag };
    },
    getObject: async (bucket, key, versionId) => {
      const stream = await ask(client.getObject(bucket, key, given({ versionId })));
      const body = Buffer.concat(await stream.toArray()).toString();
      // The id of the version that was read is only in the answer to statObject.
      const known = await ask(client.statObject(bucket, key, given({ versionId })));
      return { body, versionId: known.versionId ?? undefined };
    },
    getRange: async (bucket, key, versionId, first, last) => {
      const stream = await ask(client.getPartialObject(bucket, key, first, last - first + 1, { versionId }));
      return Buffer.concat(await stream.toArray()).toString();
    },
    headObject: async (bucket, key, version) => {
      const { versionId, etag, size } = await ask(client.statObject(bucket, key, given({ versionId: version })));
      return { versionId: versionId ?? undefined, etag, size };
    },
    // minio's own calls do not send x-amz-mfa; the general call below them does.
    deleteObject: async (bucketName, objectName, versionId, mfa) => {
      if (mfa === undefined) {
        await ask(client.removeObject(bucketName, objectName, given({ versionId })));
        return undefined;
      }
      const query = versionId === undefined ? '' : `versionId=${versionId}`;
      const request = { method: 'DELETE', bucketName, objectName, query, headers: { 'x-amz-mfa': mfa } };
      await ask(client.makeRequestAsyncOmit(request, '', [204]));
      return undefined;
    },
    deleteObjects: async (bucketName, objects, mfa) => {
      if (mfa === undefined) {
        // An object without a version id would be sent with an empty one (F71).
        const named = objects.map(({ key, versionId }) => (versionId === undefined ? key : { name: key, versionId }));
        const refused = await ask(client.removeObjects(bucketName, named as string[])); // its type has no mixed lists
        return refused.map((one) => Object(one).Key); // its type is wrong: the list has the errors themselves
      }
      const body = deleteXml(objects);
      const headers = { 'x-amz-mfa': mfa, 'content-md5': createHash('md5').update(body).digest('base64') };
      const request = { method: 'POST', bucketName, query: 'delete', headers };
      const answer = await ask(client.makeRequestAsync(request, body));
      const xml = Buffer.concat(await answer.toArray()).toString();
      return elementsOf(xml, 'Error').map((error) => textOf(error, 'Key') ?? '');
    },
    copyObject: async (bucket, { key, versionId }, to) => {
      const from = new CopySourceOptions({ Bucket: bucket, Object: key, VersionID: versionId });
      const answer = await ask(client.copyObject(from, new CopyDestinationOptions({ Bucket: bucket, Object: to })));
      const told = answer as { readonly VersionId?: string | null }; // as this call returns it
      // It reads the entity tag from the headers, where CopyObject has none.
      const { etag } = await ask(client.statObject(bucket, to));
      return { versionId: told.VersionId ?? undefined, etag };
    },
    upload: async (bucketName, objectName, bodies) => {
      const uploadID = await ask(client.initiateNewMultipartUpload(bucketName, objectName, {}));
      const parts = await Promise.all(
        bodies.map((body, index) => {
          const part = { bucketName, objectName, uploadID, partNumber: index + 1, headers: {} };
          return ask(client.uploadPart(part, body));
        }),
      );
      const whole = await ask(client.completeMultipartUpload(bucketName, objectName, uploadID, parts));
      return { versionId: whole.versionId ?? undefined, etag: bare(whole.etag) };
    },
    putTags: (bucket, key, versionId, tags) => ask(client.setObjectTagging(bucket, key, { ...tags }, { versionId })),
    getTags: async (bucket, key, versionId) => {
      const tags = await ask(client.getObjectTagging(bucket, key, given({ versionId })));
      return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
    },
    ...listingsOf(client, ask),
    withCustomerKey: (key) => keyedObjectsOf(client, ask, key),
  };
}

function keyedObjectsOf(
  client: Client,
  ask: <Answer>(call: Promise<Answer>) => Promise<Answer>,
  { headers, text, md5 }: TestKey,
): KeyedClient {
  const sse = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: text, SSECustomerKeyMD5: md5 };
  return {
    putObject: async (bucket, key, body) => {
      const { versionId, etag } = await ask(client.putObject(bucket, key, Buffer.from(body), undefined, headers));
      return { versionId: versionId ?? undefined, etag };
    },
    getObject: async (bucket, key, versionId) => {
      const stream = await ask(client.getObject(bucket, key, { ...given({ versionId }), ...sse }));
      return Buffer.concat(await stream.toArray()).toString();
    },
    // Its own call for copies sends no key for the source.
    copyObject: (bucketName, from, objectName, { sourceHeaders }) => {
      const source = `/${bucketName}/${encodeURIComponent(from.key)}?versionId=${from.versionId}`;
      const named = { 'x-amz-copy-source': source, ...headers, ...sourceHeaders };
      return ask(client.makeRequestAsyncOmit({ method: 'PUT', bucketName, objectName, headers: named }));
    },
    upload: async (bucketName, objectName, bodies) => {
      const uploadID = await ask(client.initiateNewMultipartUpload(bucketName, objectName, headers));
      const parts = await Promise.all(
        bodies.map((body, index) => {
          // minio writes into them.
          const part = { bucketName, objectName, uploadID, partNumber: index + 1, headers: { ...headers } };
          return ask(client.uploadPart(part, body));
        }),
      );
      return ask(client.completeMultipartUpload(bucketName, objectName, uploadID, parts));
    },
  };
}

function listingsOf(
  client: Client,
  ask: <Answer>(call: Promise<Answer>) => Promise<Answer>,
): Pick<ObjectClient, 'listVersions' | 'listObjects' | 'listObjectsV2'> {
  return {
    listVersions: (bucket, { delimiter = '', limit }) =>
      pagesOf(async (from: Markers | undefined) => {
        const options = { Delimiter: delimiter, MaxKeys: limit, IncludeVersion: true, ...from };
        const answer = await ask(client.listObjectsQuery(bucket, '', '', options));
        const items: readonly Item[] = answer.objects;
        const listed = items.filter(({ prefix }) => prefix === undefined);
        const page = {
          versions: listed.filter(({ isDeleteMarker }) => !isDeleteMarker).map(versionOf),
          deleteMarkers: listed.filter(({ isDeleteMarker }) => isDeleteMarker).map(versionOf),
          prefixes: prefixesOf(items),
        };
        const next = given({ keyMarker: answer.keyMarker, versionIdMarker: answer.versionIdMarker });
        return { page, next: answer.isTruncated ? next : undefined };
      }),
    listObjects: (bucket, { delimiter = '', limit }) =>
      pagesOf(async (from: string | undefined) => {
        const options = { Delimiter: delimiter, MaxKeys: limit };
        const answer = await ask(client.listObjectsQuery(bucket, '', from, options));
        return { page: pageOf(answer.objects), next: answer.nextMarker };
      }),
    listObjectsV2: (bucket, { delimiter = '', limit }) =>
      pagesOf(async (from: string | undefined) => {
        const answer = await ask(client.listObjectsV2Query(bucket, '', from ?? '', delimiter, limit, ''));
        return { page: pageOf(answer.objects), next: answer.nextContinuationToken || undefined };
      }),
  };
}

interface Markers {
  readonly keyMarker?: string;
  readonly versionIdMarker?: string;
}

/** An item of its listings; its types have no versions. */
interface Item {
  readonly name?: string;
  readonly prefix?: string;
  readonly versionId?: string;
  readonly isLatest?: unknown;
  readonly isDeleteMarker?: boolean;
}

function versionOf({ name = '', versionId = '', isLatest }: Item): ListedVersion {
  return { key: name, versionId, isLatest: String(isLatest) === 'true' };
}

function pageOf(items: readonly Item[]): ObjectPage {
  return { keys: items.flatMap(({ name }) => (name === undefined ? [] : [name])), prefixes: prefixesOf(items) };
}

function prefixesOf(items: readonly Item[]): readonly string[] {
  return items.flatMap(({ prefix }) => (prefix === undefined ? [] : [prefix]));
}
