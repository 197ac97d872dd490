import { memberOf } from '../text/value-kinds';
import { writeValue } from '../text/values';
import type { RequestEntry } from './entry';
import { writeCall } from './entry-text';

/** A member of a request that S3 ignores, without a word in its answer. */
export interface IgnoredMember {
  readonly operation: string;
  readonly member: string;
  readonly isIgnored: (entry: RequestEntry) => boolean;
  /** What to send, as the end of a sentence. */
  readonly cure: string | ((entry: RequestEntry) => string);
}

const ofSource = { operation: 'CopyObject' } as const;

const replacesMetadata = {
  ...ofSource,
  isIgnored: ({ input }: RequestEntry) => memberOf(input, 'MetadataDirective') !== 'REPLACE',
  cure: "MetadataDirective: 'REPLACE'; without it, S3 copies the metadata and the headers of the source",
};

const headersOfObject = [
  'ContentType',
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'Expires',
] as const;

export const ignoredMembers: readonly IgnoredMember[] = [
  { ...replacesMetadata, member: 'Metadata' },
  ...headersOfObject.map((member) => ({ ...replacesMetadata, member })),
  {
    ...ofSource,
    member: 'Tagging',
    isIgnored: ({ input }) => memberOf(input, 'TaggingDirective') !== 'REPLACE',
    cure: "TaggingDirective: 'REPLACE'; without it, S3 copies the tags of the source",
  },
  {
    operation: 'GetObject',
    member: 'Range',
    // A range of an object without bytes has none, and is answered as a whole.
    isIgnored: ({ status, output }) => status === 200 && memberOf(output, 'ContentLength') !== 0,
    cure: ({ input }) =>
      `it as ${writeRange(memberOf(input, 'Range'))}; S3 ignores a range in another form, and answers the whole object`,
  },
];

/** The numbers that were sent, in the form that S3 reads, or an example if they are no range. */
function writeRange(sent: unknown): string {
  // A first byte alone is the beginning of a range that is open.
  const [, only] = /^[a-z]*=?(\d+)$/.exec(String(sent)) ?? [];
  if (only !== undefined) return `bytes=${only}-`;
  const [numbers, first, last] = /(?<!\d)(\d+)-(\d*)|-\d+/.exec(String(sent)) ?? [];
  const isBackwards = Boolean(last) && Number(first) > Number(last);
  return `bytes=${numbers === undefined || isBackwards ? '0-99' : numbers}`;
}

/** The members of a request that S3 has ignored. */
export function findIgnored(entry: RequestEntry): readonly IgnoredMember[] {
  return ignoredMembers.filter(
    ({ operation, member, isIgnored }) =>
      entry.operation === operation && memberOf(entry.input, member) !== undefined && isIgnored(entry),
  );
}

export function writeIgnored(entry: RequestEntry, { member, cure }: IgnoredMember): string {
  const sent = typeof cure === 'string' ? cure : cure(entry);
  return `${writeCall(entry)} was sent with ${member}: ${writeValue(memberOf(entry.input, member))}, which S3 ignored: send ${sent}.`;
}
