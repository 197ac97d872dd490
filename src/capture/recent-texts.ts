/** The greatest number of names whose texts are kept. */
const limit = 200;

/**
 * The last text of each header. Most headers of a client are the same in each request, and the parser makes new strings each time: with
 * the earlier string in its place, the journal keeps the text once.
 */
export class RecentTexts {
  readonly #texts = new Map<string, string>();

  /** Returns the earlier string if it is the same text. */
  sameText(name: string, text: string): string {
    const recent = this.#texts.get(name);
    if (recent === text) return recent;
    if (this.#texts.size >= limit) this.#texts.clear();
    this.#texts.set(name, text);
    return text;
  }
}
