/** Something that was written: an object by a PUT or an upload, or a delete marker. */
interface Made {
  /** Its place: the moment of the write, or that at which its upload began. */
  readonly number: number;
  /** Whether it is the null version of its key. */
  readonly isNull: boolean;
  /** The id of its version, as it was answered. */
  readonly id: string;
  /** Its ETag; of a delete marker, `marker`. */
  readonly shows: string;
}

interface NaiveUpload {
  readonly number: number;
  readonly etag: string;
  state: 'open' | 'aborted' | 'completed';
}

/** The state of versioning of a bucket. */
export type NaiveStatus = 'Enabled' | 'Suspended' | undefined;

/**
 * S3's rules of versions and uploads of one key once more, as plainly as possible (F51, F80, F84, F86): all that was ever written, with the
 * moments at which something was deleted. What the key has is asked of that.
 */
export class NaiveKey {
  readonly #uploads: NaiveUpload[] = [];
  readonly #made: Made[] = [];
  /** The moments at which the null version was deleted. */
  readonly #nullDeletions: number[] = [];
  readonly #deleted = new Set<string>();
  #now = 0;

  #tick(): number {
    this.#now += 1;
    return this.#now;
  }

  /** Whether a null version was overwritten by one with a later number, or deleted after it. */
  #isOvertaken({ number }: Made): boolean {
    const later = this.#made.some((other) => other.isNull && other.number > number);
    return later || this.#nullDeletions.some((moment) => moment > number);
  }

  /** The versions of the key, newest first. */
  stack(): readonly Made[] {
    const present = this.#made.filter((one) => (one.isNull ? !this.#isOvertaken(one) : !this.#deleted.has(one.id)));
    return present.toSorted((one, other) => other.number - one.number);
  }

  put(status: NaiveStatus, id: string, etag: string): void {
    this.#made.push({ number: this.#tick(), isNull: status !== 'Enabled', id, shows: etag });
  }

  delete(status: NaiveStatus, id: string): void {
    if (status === undefined) this.#nullDeletions.push(this.#tick());
    else this.put(status, id, 'marker');
  }

  deleteVersion(id: string): void {
    if (id === 'null' && this.stack().some(({ isNull }) => isNull)) this.#nullDeletions.push(this.#tick());
    this.#deleted.add(id);
  }

  begin(etag: string): void {
    this.#uploads.push({ number: this.#tick(), etag, state: 'open' });
  }

  /** Completes an upload for the first or another time. Returns the status of the answer. */
  complete(upload: number, status: NaiveStatus, id: string): 200 | 404 {
    const named = this.#uploads[upload];
    if (named?.state !== 'open') return this.stack().some(({ number }) => number === named?.number) ? 200 : 404;
    named.state = 'completed';
    this.#made.push({ number: named.number, isNull: status !== 'Enabled', id, shows: named.etag });
    return 200;
  }

  /** Aborts an upload. That changes nothing after its end. */
  abort(upload: number): void {
    const named = this.#uploads[upload];
    if (named?.state === 'open') named.state = 'aborted';
  }
}
