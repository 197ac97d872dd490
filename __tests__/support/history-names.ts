import { createHash } from 'node:crypto';
import type { Answer, SourceCall } from './history-calls';
import { type AnsweredEncryption, EncryptionNames, sourceSecretMembers } from './history-encryption';

interface AboutVersion extends AnsweredEncryption {
  readonly VersionId?: string | undefined;
  readonly ETag?: string | undefined;
}

/** 32 characters that are not the id of a version of this bucket. */
const inventedId = 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD';

/** Names for the values of answers that S3 chooses, in the order in which they came. */
export class HistoryNames {
  readonly #ids: string[] = [];
  readonly #encryptions = new EncryptionNames();
  readonly #etags = new Map<string, string>();
  #hidden = 0;

  id(id: string | undefined): string | undefined {
    if (id === undefined || id === 'null') return id;
    if (id === inventedId) return 'invented';
    if (!this.#ids.includes(id)) this.#ids.push(id);
    return `v${this.#ids.indexOf(id) + 1}`;
  }

  realId(name: string | undefined): string | undefined {
    if (name === 'invented') return inventedId;
    return name?.startsWith('v') ? this.#ids[Number(name.slice(1)) - 1] : name;
  }

  learnBody(body: string): void {
    this.#learn(md5(body), md5(body));
  }

  /** Returns the name of an ETag: itself if it is the MD5 of known bytes or made of it. */
  etag(quoted: string | undefined): string | undefined {
    const etag = quoted?.replaceAll('"', '');
    if (etag === undefined) return undefined;
    if (!this.#etags.has(etag)) {
      this.#hidden += 1;
      this.#learn(etag, `hidden ${this.#hidden}`);
    }
    return this.#etags.get(etag);
  }

  realEtag(name: string | undefined): string | undefined {
    return [...this.#etags].find(([, known]) => known === name)?.[0] ?? name;
  }

  encryption(answer: AnsweredEncryption): string {
    return this.#encryptions.named(answer);
  }

  version(told: AboutVersion): Answer {
    return { VersionId: this.id(told.VersionId), ETag: this.etag(told.ETag), encryption: this.encryption(told) };
  }

  source(bucket: string, { from, version, sourceSecret }: SourceCall) {
    const key = `${bucket}/${encodeURIComponent(from)}`;
    const CopySource = version === undefined ? key : `${key}?versionId=${this.realId(version)}`;
    return { CopySource, ...sourceSecretMembers(sourceSecret) };
  }

  /** Learns an ETag, and that of an upload whose only part has it. */
  #learn(etag: string, name: string): void {
    const whole = `${md5(Buffer.from(etag, 'hex'))}-1`;
    this.#etags.set(etag, name).set(whole, name === etag ? whole : `whole of ${name}`);
  }
}

function md5(bytes: string | Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
