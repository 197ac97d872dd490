import { createHash } from 'node:crypto';
import type { TestKey } from '../customer-keys';
import {
  bare,
  given,
  type KeyedClient,
  type ListedVersion,
  type ObjectClient,
  type ObjectPage,
  pagesOf,
  type Written,
} from './object-client';
import { deleteXml, elementsOf, partsXml, taggingXml, textOf, textsOf } from './wire-xml';

export interface Asked {
  readonly method: string;
  readonly bucket?: string;
  readonly key?: string;
  /** A parameter without a value is sent as its name alone. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Throws a Refusal if S3 refuses the request. */
export type Ask = (asked: Asked) => Promise<WireAnswer>;

export function wireObjects(ask: Ask, xmlns: boolean): ObjectClient {
  const get = (bucket: string, key: string, versionId?: string, headers = {}) =>
    ask({ method: 'GET', bucket, key, query: given({ versionId }), headers });
  return {
    putObject: async (bucket, key, body, ifNoneMatch) =>
      written(await ask({ method: 'PUT', bucket, key, body, headers: given({ 'if-none-match': ifNoneMatch }) })),
    getObject: async (bucket, key, versionId) => {
      const answer = await get(bucket, key, versionId);
      return { body: answer.body, versionId: header(answer, 'x-amz-version-id') };
    },
    getRange: async (bucket, key, versionId, first, last) =>
      (await get(bucket, key, versionId, { range: `bytes=${first}-${last}` })).body,
    headObject: async (bucket, key, versionId) => {
      const answer = await ask({ method: 'HEAD', bucket, key, query: given({ versionId }) });
      return { ...written(answer), size: Number(header(answer, 'content-length')) };
    },
    deleteObject: async (bucket, key, versionId, mfa) => {
      const headers = given({ 'x-amz-mfa': mfa });
      const answer = await ask({ method: 'DELETE', bucket, key, query: given({ versionId }), headers });
      const deleteMarker = header(answer, 'x-amz-delete-marker') === 'true';
      return { versionId: header(answer, 'x-amz-version-id'), deleteMarker };
    },
    deleteObjects: async (bucket, objects, mfa) => {
      const body = deleteXml(objects, xmlns);
      const headers = { 'content-md5': md5(body), ...given({ 'x-amz-mfa': mfa }) };
      const answer = await ask({ method: 'POST', bucket, query: { delete: '' }, headers, body });
      return elementsOf(answer.body, 'Error').map((error) => textOf(error, 'Key') ?? '');
    },
    copyObject: async (bucket, from, key) => {
      const source = `/${bucket}/${encodeURIComponent(from.key)}?versionId=${from.versionId}`;
      const answer = await ask({ method: 'PUT', bucket, key, headers: { 'x-amz-copy-source': source } });
      return { versionId: header(answer, 'x-amz-version-id'), etag: bare(textOf(answer.body, 'ETag')) };
    },
    upload: async (bucket, key, parts) => {
      const begun = await ask({ method: 'POST', bucket, key, query: { uploads: '' } });
      const uploadId = textOf(begun.body, 'UploadId') ?? '';
      const etags = await Promise.all(
        parts.map(async (body, index) => {
          const query = { partNumber: String(index + 1), uploadId };
          return written(await ask({ method: 'PUT', bucket, key, query, body })).etag;
        }),
      );
      const answer = await ask({ method: 'POST', bucket, key, query: { uploadId }, body: partsXml(etags, xmlns) });
      return { versionId: header(answer, 'x-amz-version-id'), etag: bare(textOf(answer.body, 'ETag')) };
    },
    putTags: (bucket, key, versionId, tags) => {
      const body = taggingXml(tags, xmlns);
      const query = { tagging: '', versionId };
      return ask({ method: 'PUT', bucket, key, query, headers: { 'content-md5': md5(body) }, body });
    },
    getTags: async (bucket, key, versionId) => {
      const { body } = await ask({ method: 'GET', bucket, key, query: { tagging: '', ...given({ versionId }) } });
      const tags = elementsOf(body, 'Tag').map((tag) => [textOf(tag, 'Key') ?? '', textOf(tag, 'Value') ?? '']);
      return Object.fromEntries(tags);
    },
    ...wireListings(ask),
    withCustomerKey: (key) => keyedObjects(ask, xmlns, key),
  };
}

function keyedObjects(ask: Ask, xmlns: boolean, { headers }: TestKey): KeyedClient {
  return {
    putObject: async (bucket, key, body) => written(await ask({ method: 'PUT', bucket, key, body, headers })),
    getObject: async (bucket, key, versionId) =>
      (await ask({ method: 'GET', bucket, key, query: given({ versionId }), headers })).body,
    copyObject: (bucket, from, key, { sourceHeaders }) => {
      const source = `/${bucket}/${encodeURIComponent(from.key)}?versionId=${from.versionId}`;
      return ask({
        method: 'PUT',
        bucket,
        key,
        headers: { 'x-amz-copy-source': source, ...headers, ...sourceHeaders },
      });
    },
    upload: async (bucket, key, parts) => {
      const begun = await ask({ method: 'POST', bucket, key, query: { uploads: '' }, headers });
      const uploadId = textOf(begun.body, 'UploadId') ?? '';
      const etags = await Promise.all(
        parts.map(async (body, index) => {
          const query = { partNumber: String(index + 1), uploadId };
          return written(await ask({ method: 'PUT', bucket, key, query, body, headers })).etag;
        }),
      );
      return ask({ method: 'POST', bucket, key, query: { uploadId }, body: partsXml(etags, xmlns) });
    },
  };
}

function wireListings(ask: Ask): Required<Pick<ObjectClient, 'listVersions' | 'listObjects' | 'listObjectsV2'>> {
  const page = async (bucket: string, query: Asked['query']) =>
    (await ask({ method: 'GET', bucket, ...given({ query }) })).body;
  return {
    listVersions: (bucket, { delimiter, limit }) =>
      pagesOf(async (from: Record<string, string> | undefined) => {
        const xml = await page(bucket, { versions: '', 'max-keys': String(limit), ...given({ delimiter }), ...from });
        const listed = {
          versions: elementsOf(xml, 'Version').map(versionOf),
          deleteMarkers: elementsOf(xml, 'DeleteMarker').map(versionOf),
          prefixes: prefixesOf(xml),
        };
        const [key, version] = [textOf(xml, 'NextKeyMarker'), textOf(xml, 'NextVersionIdMarker')];
        const next = key === undefined ? undefined : { 'key-marker': key, ...given({ 'version-id-marker': version }) };
        return { page: listed, next };
      }),
    listObjects: (bucket, { delimiter, limit }) =>
      pagesOf(async (marker: string | undefined) => {
        const xml = await page(bucket, { 'max-keys': String(limit), ...given({ delimiter, marker }) });
        return { page: objectPageOf(xml), next: textOf(xml, 'NextMarker') };
      }),
    listObjectsV2: (bucket, { delimiter, limit }) =>
      pagesOf(async (token: string | undefined) => {
        const query = { 'list-type': '2', 'max-keys': String(limit), ...given({ delimiter }) };
        const xml = await page(bucket, { ...query, ...given({ 'continuation-token': token }) });
        return { page: objectPageOf(xml), next: textOf(xml, 'NextContinuationToken') };
      }),
  };
}

function written(answer: WireAnswer): Written {
  return { versionId: header(answer, 'x-amz-version-id'), etag: bare(header(answer, 'etag')) };
}

function versionOf(xml: string): ListedVersion {
  const [key = '', versionId = ''] = [textOf(xml, 'Key'), textOf(xml, 'VersionId')];
  return { key, versionId, isLatest: textOf(xml, 'IsLatest') === 'true' };
}

function objectPageOf(xml: string): ObjectPage {
  return { keys: elementsOf(xml, 'Contents').flatMap((one) => textsOf(one, 'Key')), prefixes: prefixesOf(xml) };
}

function prefixesOf(xml: string): readonly string[] {
  return elementsOf(xml, 'CommonPrefixes').flatMap((one) => textsOf(one, 'Prefix'));
}

function header({ headers }: WireAnswer, name: string): string | undefined {
  const value = headers[name];
  return value === undefined ? undefined : String(value);
}

function md5(body: string): string {
  return createHash('md5').update(body).digest('base64');
}
