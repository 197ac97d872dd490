import { DueMap } from '../revertible-map';
import type { Transactions } from '../transactions';
import { isOpen, type Upload } from './upload';

/**
 * By id. Completed uploads stay, since S3 answers a repeated completion again. Open uploads are also found by key, since every write to a key is
 * noted on them.
 */
export class UploadTable extends DueMap<Upload> {
  // An index that `set` and `delete` keep up to date.
  #open: Map<string, Set<string>> | undefined;

  copy(transactions?: Transactions): UploadTable {
    return this.copyTo(new UploadTable(transactions));
  }

  openOf(key: string): readonly Upload[] {
    const ids = this.#open?.get(key);
    return ids ? [...ids].flatMap((id) => this.get(id) ?? []) : [];
  }

  override set(id: string, upload: Upload): this {
    if (isOpen(upload)) this.#note(upload.key, id);
    else this.#forget(upload.key, id);
    return super.set(id, upload);
  }

  override delete(id: string): boolean {
    const upload = this.get(id);
    if (upload) this.#forget(upload.key, id);
    return super.delete(id);
  }

  #note(key: string, id: string): void {
    this.#open ??= new Map();
    const ids = this.#open.get(key);
    if (ids) ids.add(id);
    else this.#open.set(key, new Set([id]));
  }

  #forget(key: string, id: string): void {
    const ids = this.#open?.get(key);
    ids?.delete(id);
    if (ids?.size === 0) this.#open?.delete(key);
  }
}
