import { isArray, memberOf } from '../../text/value-kinds';
import { writeValue } from '../../text/values';
import type { Asked, Hint } from '../hint';
import { withBody } from './wire';

/** The upload has the parts, and code has completed it without their ETags. */
export const tryPartsWithETags: Hint = {
  tries: 'CompleteMultipartUpload with the ETags that its parts have',
  of: 'refused requests',
  changes: (asked) => {
    const { entry, wire } = asked;
    if (entry.operation !== 'CompleteMultipartUpload' || entry.error?.code !== 'MalformedXML') return [];
    const numbers = listNumbers(entry.input);
    const tags = readTags(asked);
    const [first] = numbers;
    const tag = first === undefined ? undefined : tags.get(first);
    if (tag === undefined || !numbers.every((number) => tags.has(number))) return [];
    const parts = numbers.map(
      (number) => `<Part><PartNumber>${number}</PartNumber><ETag>${tags.get(number)}</ETag></Part>`,
    );
    const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
    return [
      {
        wire: withBody(wire, Buffer.from(body)),
        says: () =>
          `it would have been answered if each of Parts had the ETag that UploadPart answered, such as { PartNumber: ${first}, ETag: ${writeValue(tag)} }.`,
      },
    ];
  },
};

/** The numbers of the parts that a completion names, if none of them has an ETag. */
function listNumbers(input: unknown): readonly number[] {
  const list = memberOf(memberOf(input, 'MultipartUpload'), 'Parts');
  const parts = isArray(list) ? list : [];
  return parts.some((part: unknown) => memberOf(part, 'ETag') !== undefined)
    ? []
    : parts.map((part: unknown) => Number(memberOf(part, 'PartNumber')));
}

/** The ETags of the parts of an upload, by the answers of the test. */
function readTags({ entry, entries }: Asked): ReadonlyMap<number, string> {
  const id = memberOf(entry.input, 'UploadId');
  return new Map(
    entries.flatMap(({ operation, input, output }) => {
      const tag = memberOf(output, 'ETag');
      const isPart = operation === 'UploadPart' && memberOf(input, 'UploadId') === id;
      return isPart && typeof tag === 'string' ? [[Number(memberOf(input, 'PartNumber')), tag] as const] : [];
    }),
  );
}
