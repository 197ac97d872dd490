import type { Upload } from './upload';

/**
 * A bucket's uploads by id; completed ones stay, since S3 answers a repeated completion again. The open ones are found by their key,
 * since every write to a key has to tell them.
 */
export class UploadTable extends Map<string, Upload> {
  // Follows from the uploads.
  readonly #open = new Map<string, Set<string>>();

  constructor(uploads: Iterable<readonly [id: string, upload: Upload]> = []) {
    super();
    for (const [id, upload] of uploads) this.set(id, upload);
  }

  /** A copy that changes on its own. */
  copy(): UploadTable {
    return new UploadTable(this);
  }

  /** The open uploads of a key. */
  openOf(key: string): readonly Upload[] {
    const ids = this.#open.get(key);
    return ids ? [...ids].flatMap((id) => this.get(id) ?? []) : [];
  }

  override set(id: string, upload: Upload): this {
    if (upload.state === 'open') this.#note(upload.key, id);
    else this.#forget(upload.key, id);
    return super.set(id, upload);
  }

  override delete(id: string): boolean {
    const upload = this.get(id);
    if (upload) this.#forget(upload.key, id);
    return super.delete(id);
  }

  #note(key: string, id: string): void {
    const ids = this.#open.get(key);
    if (ids) ids.add(id);
    else this.#open.set(key, new Set([id]));
  }

  #forget(key: string, id: string): void {
    const ids = this.#open.get(key);
    ids?.delete(id);
    if (ids?.size === 0) this.#open.delete(key);
  }
}
