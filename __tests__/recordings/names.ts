import { mapTexts } from '../../src/facts/texts';

/** The names of members whose values S3 makes up. */
const kinds: readonly (readonly [member: RegExp, kind: string])[] = [
  [/VersionId(?:Marker)?$|^x-amz-(?:copy-source-)?version-id$/, 'version'],
  [/UploadId(?:Marker)?$/, 'upload'],
  [/ContinuationToken$/, 'token'],
  [/^ID$/, 'id'],
];

/** Ids are at least this long; shorter texts could be parts of others. */
const shortest = 8;

const canonical = /^[\da-f]{64}$/;

/** The ids of a recording and the names that a case has for them: `$(version-1)`. A text is an id if an answer has it before any request does. */
export class RecordedIds {
  readonly #given = new Set<string>();
  readonly #names = new Map<string, string>();

  constructor(private readonly account: string) {}

  /** Learns the texts of a request: a text that comes back is not an id of S3. */
  note(input: unknown): void {
    for (const [, text] of textsIn(input)) this.#given.add(text);
  }

  /** Learns the ids of an answer. `hasOwnTags` if its entity tags are no digests of the bytes. */
  learn(answer: unknown, hasOwnTags: boolean): void {
    for (const [member, quoted] of textsIn(answer)) {
      const text = quoted.replace(/^"(.*)"$/, '$1');
      const kind = hasOwnTags && /^etag$/i.test(member) ? 'etag' : kinds.find(([name]) => name.test(member))?.[1];
      if (kind === undefined || text.length < shortest || /\$[({]/.test(text)) continue;
      if (this.#given.has(text) || this.#names.has(text)) continue;
      const isOwner = canonical.test(text) && ![...this.#names.values()].includes('owner');
      this.#names.set(text, isOwner ? 'owner' : `${kind}-${this.#names.size + 1}`);
    }
  }

  named<Value>(value: Value): Value {
    return mapTexts(value, (text) => this.#named(text)) as Value; // the same shape, with other texts
  }

  #named(text: string): string {
    const whole = this.#names.get(text);
    if (whole !== undefined) return `$(${whole})`;
    return text
      .replace(/\$\{([\w:-]+)\}/g, '$($1)')
      .replace(/[\w.-]{8,}/g, (word) => {
        const name = this.#names.get(word);
        return name === undefined ? word : `$(${name})`;
      })
      .replace(/(?<!\d)\d{12}(?!\d)/g, (digits) =>
        digits === this.account ? '$(account)' : digits === accountOfMock ? otherAccount : digits,
      );
  }
}

/** The mock's own account has an id that recordings use for somebody else. */
const accountOfMock = '000000000000';
const otherAccount = '999999999999';

export function textsIn(value: unknown, member = ''): readonly (readonly [member: string, text: string])[] {
  if (typeof value === 'string') return [[member, value]];
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, member));
  if (typeof value !== 'object' || value === null || 'base64' in value) return [];
  return Object.entries(value).flatMap(([name, one]) => textsIn(one, name));
}
