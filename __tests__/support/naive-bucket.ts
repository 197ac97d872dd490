import { createHash } from 'node:crypto';
import type { Answer, Call, Entry, VersionName } from './history-calls';
import { groupsAndRows, listVersions, objectRows } from './naive-listing';

/** A version or delete marker. */
export interface Written {
  readonly key: string;
  readonly id: VersionName;
  /** The number of the write that made it. */
  readonly write: number;
  readonly marker: boolean;
  readonly body: string;
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly note: string | undefined;
  tags: readonly string[];
}

interface Upload {
  readonly key: string;
  readonly body: string;
  readonly begun: number;
  state: 'open' | 'completed' | 'aborted';
  answer: Answer;
}

/** The refusal of a call. */
class Refused extends Error {
  constructor(readonly answer: Answer) {
    super();
  }
}

/**
 * S3's rules of objects with versions again, written from its documentation as simply as possible: one array of all versions that
 * exist, in the order of the writes, which every rule reads from one end to the other.
 */
export class NaiveBucket {
  versions: Written[] = [];
  /** The ids that were issued, with the numbers of their writes. */
  readonly issued: { readonly id: VersionName; readonly write: number }[] = [];
  readonly uploads: Upload[] = [];
  #writes = 0;

  constructor(
    readonly name: string,
    public status: 'Enabled' | 'Suspended' | undefined,
    public now: number,
  ) {}

  /** A key's versions, newest first. */
  stack(key: string): readonly Written[] {
    return this.versions.filter((version) => version.key === key).reverse();
  }

  /** Makes a call, and returns S3's answer. */
  answer(call: Call): Answer {
    try {
      return this.#answer(call);
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      throw error;
    }
  }

  #answer(call: Call): Answer {
    switch (call.do) {
      case 'set versioning':
        this.status = call.status;
        return {};
      case 'put':
        this.#checkCondition(call.key, call.absent, call.match);
        return this.#toldWrite(this.#write({ ...call, etag: md5(call.body) }));
      case 'delete':
        return this.#delete(call.key, call.match);
      case 'delete version':
        if (call.version === 'invented') throw invented('versionId');
        return this.#deleteVersion(call.key, call.version);
      case 'delete objects':
        return this.#deleteObjects(call.entries, call.quiet);
      case 'copy':
        return this.#copy(call);
      case 'begin upload':
        this.uploads.push({ key: call.key, body: call.body, begun: this.now, state: 'open', answer: {} });
        return { ETag: md5(call.body) };
      case 'complete upload':
        return this.#complete(call.upload);
      case 'abort upload':
        this.#openUpload(call.upload).state = 'aborted';
        return {};
      case 'get':
      case 'head':
        return this.#read(call);
      case 'get tags':
      case 'put tags':
        return this.#tags(call);
      case 'list versions':
        return listVersions(this.versions, this.issued, call);
      case 'list objects': {
        const { entries, isTruncated, end, ...page } = groupsAndRows(objectRows(this.versions), call);
        return { ...page, IsTruncated: isTruncated, NextMarker: isTruncated && call.delimiter ? end : undefined };
      }
      case 'list objects v2': {
        const { entries, isTruncated, end, ...page } = groupsAndRows(objectRows(this.versions), call);
        return { ...page, IsTruncated: isTruncated, KeyCount: entries.length, token: isTruncated };
      }
    }
  }

  #write(made: Pick<Written, 'key' | 'etag'> & Partial<Written>): Written {
    this.#writes += 1;
    const enabled = this.status === 'Enabled';
    const id = enabled ? `v${this.issued.length + 1}` : 'null';
    if (enabled) this.issued.push({ id, write: this.#writes });
    else this.versions = this.versions.filter((old) => old.key !== made.key || old.id !== 'null');
    const { key, etag, marker = false, body = '', modified = this.now, note, tags = [] } = made;
    const written: Written = { key, id, write: this.#writes, marker, body, etag, modified, note, tags };
    this.versions.push(written);
    return written;
  }

  // The answer to a write while Suspended has no id, although the version has one (F53).
  #toldWrite({ id, etag }: Written): Answer {
    return { VersionId: id === 'null' ? undefined : id, ETag: etag };
  }

  #checkCondition(key: string, absent: boolean | undefined, match: string | undefined): void {
    const [current] = this.stack(key);
    const object = current?.marker === false ? current : undefined;
    if (absent && object) throw new Refused({ status: 412, code: 'PreconditionFailed', Condition: 'If-None-Match' });
    if (match === undefined) return;
    if (!object) throw new Refused({ status: 404, code: 'NoSuchKey', Key: key });
    if (match !== '*' && match !== object.etag)
      throw new Refused({ status: 412, code: 'PreconditionFailed', Condition: 'If-Match' });
  }

  #delete(key: string, match?: string): { readonly VersionId?: VersionName; readonly DeleteMarker?: boolean } {
    this.#checkCondition(key, false, match);
    if (this.status !== undefined)
      return { VersionId: this.#write({ key, etag: '', marker: true }).id, DeleteMarker: true };
    this.versions = this.versions.filter((version) => version.key !== key);
    return {};
  }

  #deleteVersion(key: string, id: VersionName): { readonly VersionId: VersionName; readonly DeleteMarker?: boolean } {
    const version = this.stack(key).find((candidate) => candidate.id === id);
    this.versions = this.versions.filter((other) => other !== version);
    return { VersionId: id, ...(version?.marker && { DeleteMarker: true }) };
  }

  #deleteObjects(entries: readonly Entry[], quiet: boolean): Answer {
    const once = entries.filter(
      (entry, at) => entries.findIndex((other) => other.key === entry.key && other.version === entry.version) === at,
    );
    const Errors = once.flatMap(({ key, version }) =>
      version === 'invented' ? [{ Key: key, VersionId: version, Code: 'NoSuchVersion' }] : [],
    );
    const Deleted = once.flatMap(({ key, version }) => {
      if (version === 'invented') return [];
      const done = version === undefined ? this.#delete(key) : this.#deleteVersion(key, version);
      const marker = done.DeleteMarker ? { DeleteMarker: true, DeleteMarkerVersionId: done.VersionId } : {};
      return [{ Key: key, VersionId: version, ...marker }];
    });
    return { Deleted: quiet ? [] : Deleted, Errors };
  }

  /** Returns the version that a call names, which may be a delete marker. `Key` is the key in a refusal. */
  #find(key: string, version: VersionName | undefined, Key = key): Written {
    if (version === 'invented') throw invented('versionId');
    const [current] = this.stack(key);
    const found = version === undefined ? current : this.stack(key).find(({ id }) => id === version);
    if (found) return found;
    throw new Refused(
      version === undefined
        ? { status: 404, code: 'NoSuchKey', Key }
        : { status: 404, code: 'NoSuchVersion', Key, VersionId: version },
    );
  }

  #read({ do: verb, key, version }: { do: 'get' | 'head'; key: string; version: VersionName | undefined }): Answer {
    const found = this.#find(key, version);
    if (found.marker) {
      const marker = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': found.id };
      if (version === undefined) throw new Refused({ status: 404, code: 'NoSuchKey', Key: key, ...marker });
      throw new Refused({
        ...markerRefused(verb.toUpperCase()),
        ...marker,
        allow: 'DELETE',
        'last-modified': new Date(found.modified).toUTCString(),
      });
    }
    return {
      VersionId: this.status === undefined ? undefined : found.id,
      ETag: found.etag,
      LastModified: new Date(found.modified),
      ContentLength: found.body.length,
      note: found.note,
      TagCount: found.tags.length || undefined,
      ...(verb === 'get' && { body: found.body }),
    };
  }

  // S3 refuses the tags of a current delete marker as if the request had named it, but without its time (F72).
  #tags(call: Extract<Call, { readonly do: 'get tags' | 'put tags' }>): Answer {
    const { key, version } = call;
    const found = this.#find(key, version, call.do === 'get tags' ? `${this.name}/${key}` : key);
    if (found.marker) {
      const marker = version === undefined ? {} : { 'x-amz-delete-marker': 'true', 'x-amz-version-id': found.id };
      throw new Refused({ ...markerRefused(call.do === 'get tags' ? 'GET' : 'PUT'), ...marker, allow: 'DELETE' });
    }
    const VersionId = this.status === undefined ? undefined : found.id;
    if (call.do === 'get tags') return { VersionId, tags: found.tags };
    found.tags = call.values;
    return { VersionId };
  }

  #copy({ from, version, to, note }: Extract<Call, { readonly do: 'copy' }>): Answer {
    if (version === 'invented') throw new Refused({ status: 400, code: 'InvalidRequest' });
    const source = this.#find(from, version);
    if (source.marker && version !== undefined) throw new Refused({ status: 400, code: 'InvalidRequest' });
    if (source.marker) {
      const marker = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': source.id };
      throw new Refused({ status: 404, code: 'NoSuchKey', Key: from, ...marker });
    }
    if (from === to && version === undefined && note === undefined)
      throw new Refused({ status: 400, code: 'InvalidRequest' });
    const made = this.#write({
      ...source,
      modified: this.now,
      key: to,
      note: note ?? source.note,
      etag: md5(source.body),
    });
    return {
      CopySourceVersionId: source.id === 'null' ? undefined : source.id,
      // Unlike the answer to a PUT, that to a copy has the id null (F53).
      VersionId: this.status === undefined ? undefined : made.id,
      ETag: made.etag,
      LastModified: new Date(made.modified),
    };
  }

  #openUpload(upload: number): Upload {
    const found = this.uploads[upload];
    if (found?.state === 'open') return found;
    throw new Refused({ status: 404, code: 'NoSuchUpload', UploadId: `upload ${upload}` });
  }

  #complete(upload: number): Answer {
    const { key, body, begun, state, answer } = this.uploads[upload] ?? this.#openUpload(upload);
    if (state === 'completed') return answer;
    const done = this.#openUpload(upload);
    const etag = `${md5(createHash('md5').update(body).digest())}-1`;
    done.state = 'completed';
    // The version has the time of its upload, and is the newest of the key (F84).
    done.answer = this.#toldWrite(this.#write({ key, body, etag, modified: begun }));
    return done.answer;
  }
}

function md5(bytes: string | Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

function invented(ArgumentName: string): Refused {
  return new Refused({ status: 400, code: 'InvalidArgument', ArgumentName, ArgumentValue: 'invented' });
}

function markerRefused(Method: string): Answer {
  return { status: 405, code: 'MethodNotAllowed', Method, ResourceType: 'DeleteMarker' };
}
