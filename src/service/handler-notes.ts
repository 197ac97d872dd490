/** The most notes of a handler that are written: a batch may have one for each entry. */
const WRITTEN = 5;

/** The remarks of a handler on one request. */
export class HandlerNotes {
  readonly #written: string[] = [];
  #more = 0;

  /** One note too many is only counted, since to write it may take a search. */
  add(write: () => string): void {
    if (this.#written.length < WRITTEN) this.#written.push(write());
    else this.#more += 1;
  }

  lines(): readonly string[] {
    return this.#more > 0 ? [...this.#written, `and ${this.#more} more`] : this.#written;
  }
}

/** Adds a remark to those of a request, most of which have none. */
export function addNote(call: { handlerNotes: HandlerNotes | undefined }, write: () => string): void {
  call.handlerNotes ??= new HandlerNotes();
  call.handlerNotes.add(write);
}
