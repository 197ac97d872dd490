import type { Answer, Call, Entry, SourceCall, VersionName } from './history-calls';
import type { Secret } from './history-encryption';
import {
  checkCompletion,
  checkPart,
  checkRead,
  checkSource,
  type Encrypted,
  NaiveEncryption,
  secretOf,
} from './naive-encryption';
import { groupsAndRows, listVersions, objectRows } from './naive-listing';
import { invented, markerRefused, Refused } from './naive-refusals';
import { md5, NaiveVersions, type Written } from './naive-versions';

interface Upload {
  readonly key: string;
  readonly encrypted: Encrypted;
  readonly begun: number;
  readonly write: number;
  body: string;
  etag: string;
  state: 'open' | 'completed' | 'aborted';
  /** Undefined until an answer tells it. */
  id?: VersionName;
  made?: Written;
}

/** S3's rules of objects with versions again, written from its documentation as simply as possible. */
export class NaiveBucket extends NaiveVersions {
  readonly uploads: Upload[] = [];
  readonly #encryption = new NaiveEncryption();

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
        return this.#put(call);
      case 'set encryption':
        this.#encryption.configure(call.byDefault, call.blocked);
        return {};
      case 'delete encryption':
        this.#encryption.configure({}, undefined);
        return {};
      case 'delete':
        return this.#delete(call.key, call.match);
      case 'delete version':
        if (call.version === 'invented') throw invented('versionId');
        return this.deleteVersion(call.key, call.version);
      case 'delete objects':
        return this.#deleteObjects(call.entries, call.quiet);
      case 'copy':
        return this.#copy(call);
      case 'begin upload':
        return this.#beginUpload(call);
      case 'upload part':
        return this.#uploadPart(call);
      case 'copy part':
        return this.#copyPart(call);
      case 'complete upload':
        return this.#complete(call.upload, call.secret);
      case 'abort upload':
        return this.#abort(call.upload);
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

  // The answer to a write while Suspended has no id, although the version has one (F53).
  #toldWrite({ id, etag, encrypted }: Written): Answer {
    return { VersionId: id === 'null' ? undefined : id, ETag: etag, encryption: encrypted.told };
  }

  #put({ key, body, note, absent, match, encryption }: Extract<Call, { readonly do: 'put' }>): Answer {
    this.#encryption.checkBlock(secretOf(encryption));
    const encrypted = this.#encryption.ofWrite(encryption);
    this.checkCondition(key, absent, match);
    return this.#toldWrite(this.write({ key, body, note, encrypted, etag: this.etagOf(body, encrypted) }));
  }

  #delete(key: string, match?: string): { readonly VersionId?: VersionName; readonly DeleteMarker?: boolean } {
    this.checkCondition(key, false, match);
    if (this.status !== undefined)
      return { VersionId: this.write({ key, etag: '', marker: true }).id, DeleteMarker: true };
    this.versions = this.versions.filter((version) => version.key !== key);
    this.noteNullDeletion(key);
    return {};
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
      const done = version === undefined ? this.#delete(key) : this.deleteVersion(key, version);
      const marker = done.DeleteMarker ? { DeleteMarker: true, DeleteMarkerVersionId: done.VersionId } : {};
      return [{ Key: key, VersionId: version, ...marker }];
    });
    return { Deleted: quiet ? [] : Deleted, Errors };
  }

  #read({ do: verb, key, version, secret }: Extract<Call, { readonly do: 'get' | 'head' }>): Answer {
    const found = this.find(key, version);
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
    checkRead(found.encrypted, secret);
    return {
      VersionId: this.status === undefined ? undefined : found.id,
      ETag: found.etag,
      encryption: found.encrypted.told,
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
    const found = this.find(key, version, call.do === 'get tags' ? `${this.name}/${key}` : key);
    if (found.marker) {
      const marker = version === undefined ? {} : { 'x-amz-delete-marker': 'true', 'x-amz-version-id': found.id };
      throw new Refused({ ...markerRefused(call.do === 'get tags' ? 'GET' : 'PUT'), ...marker, allow: 'DELETE' });
    }
    const VersionId = this.status === undefined ? undefined : found.id;
    if (call.do === 'get tags') return { VersionId, tags: found.tags };
    found.tags = call.values;
    return { VersionId };
  }

  /** `ofInvented` refuses an id that S3 never issued. */
  #source({ from, version, sourceSecret }: SourceCall, ofInvented: Refused): Written {
    if (version === 'invented') throw ofInvented;
    const source = this.find(from, version);
    if (source.marker && version !== undefined) throw new Refused({ status: 400, code: 'InvalidRequest' });
    if (source.marker) {
      const marker = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': source.id };
      throw new Refused({ status: 404, code: 'NoSuchKey', Key: from, ...marker });
    }
    checkSource(source.encrypted, sourceSecret);
    return source;
  }

  #copy(call: Extract<Call, { readonly do: 'copy' }>): Answer {
    const { from, version, to, note, encryption } = call;
    this.#encryption.checkBlock(secretOf(encryption));
    const source = this.#source(call, new Refused({ status: 400, code: 'InvalidRequest' }));
    const encrypted = this.#encryption.ofWrite(encryption);
    // An encryption of the bucket's own counts as a change, even if it is the one that the object has (F94).
    const isChanged = note !== undefined || encryption !== undefined || this.#encryption.isExplicit;
    if (from === to && version === undefined && !isChanged && encrypted.told === source.encrypted.told)
      throw new Refused({ status: 400, code: 'InvalidRequest' });
    const { id: _, write: _write, ...copied } = source;
    const made = this.write({
      ...copied,
      modified: this.now,
      key: to,
      note: note ?? source.note,
      encrypted,
      etag: this.etagOf(source.body, encrypted),
    });
    return {
      // The id null is answered to a copy that names it (F579).
      CopySourceVersionId: call.version === undefined && source.id === 'null' ? undefined : source.id,
      // Unlike the answer to a PUT, that to a copy has the id null (F53).
      VersionId: this.status === undefined ? undefined : made.id,
      ETag: made.etag,
      encryption: encrypted.told,
      LastModified: new Date(made.modified),
    };
  }

  #openUpload(upload: number): Upload {
    const found = this.uploads[upload];
    if (found?.state === 'open') return found;
    throw new Refused({ status: 404, code: 'NoSuchUpload', UploadId: `upload ${upload}` });
  }

  #beginUpload({ key, body, encryption }: Extract<Call, { readonly do: 'begin upload' }>): Answer {
    this.#encryption.checkBlock(secretOf(encryption));
    const encrypted = this.#encryption.ofWrite(encryption);
    const write = this.number();
    const upload: Upload = { key, encrypted, begun: this.now, write, body: '', etag: '', state: 'open' };
    this.uploads.push(upload);
    return { ...this.#putPart(upload, body), begun: encrypted.told };
  }

  /** Answers have it while versioning is enabled, and then that of the version (F1620). */
  #idOf(upload: Upload): VersionName | undefined {
    if (upload.made !== undefined) return upload.made.id === 'null' ? undefined : upload.made.id;
    if (this.status !== 'Enabled') return undefined;
    upload.id ??= this.issue(upload.write);
    return upload.id;
  }

  #putPart(upload: Upload, body: string): Answer {
    upload.body = body;
    upload.etag = this.etagOf(body, upload.encrypted);
    return { VersionId: this.#idOf(upload), ETag: upload.etag, encryption: upload.encrypted.told };
  }

  /** The upload is looked for first (F1600). */
  #uploadPart(call: Extract<Call, { readonly do: 'upload part' }>): Answer {
    const upload = this.#openUpload(call.upload);
    this.#encryption.checkBlock(call.secret);
    checkPart(upload.encrypted, call.secret);
    return this.#putPart(upload, call.body);
  }

  #copyPart(call: Extract<Call, { readonly do: 'copy part' }>): Answer {
    const upload = this.#openUpload(call.upload);
    this.#encryption.checkBlock(call.secret);
    const source = this.#source(call, invented('x-amz-copy-source'));
    checkPart(upload.encrypted, call.secret);
    return {
      // The id null is answered to a copy that names it (F579).
      CopySourceVersionId: call.version === undefined && source.id === 'null' ? undefined : source.id,
      LastModified: new Date(this.now),
      ...this.#putPart(upload, source.body),
    };
  }

  #complete(upload: number, secret: Secret | undefined): Answer {
    const named = this.uploads[upload] ?? this.#openUpload(upload);
    // The answer is repeated as long as the version is stored (F86).
    const isStored = this.versions.some(({ key, write }) => key === named.key && write === named.write);
    const done = named.made !== undefined && isStored ? named : this.#openUpload(upload);
    checkCompletion(done.encrypted, secret);
    const { key, body, encrypted, begun: modified, write } = done;
    // The version has the time and the number of its upload (F84).
    const id = this.#idOf(done);
    done.made ??= this.write({ key, body, encrypted, etag: wholeOf(done.etag), modified, write, ...(id && { id }) });
    done.state = 'completed';
    const answer = this.#toldWrite(done.made);
    // SDK v3 has no member for the customer's algorithm, which S3 answers.
    return encrypted.secret === undefined ? answer : { ...answer, encryption: '' };
  }

  /** A second abort changes nothing, and neither does one of a completed upload (F80). */
  #abort(upload: number): Answer {
    const named = this.uploads[upload] ?? this.#openUpload(upload);
    if (named.state === 'open') named.state = 'aborted';
    return { VersionId: this.#idOf(named) };
  }
}

function wholeOf(etag: string): string {
  return etag.startsWith('hidden') ? `whole of ${etag}` : `${md5(Buffer.from(etag, 'hex'))}-1`;
}
