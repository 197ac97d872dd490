import { integer, text, type Value } from '../../protocol/document/values';
import { S3Error } from '../../refusals/s3-error';

/** The number of a part: 1 to 10,000. */
export const partNumberValue: Value<number> = {
  ...integer,
  expected: 'a whole number from 1 to 10,000',
  read(characters) {
    const number = integer.read(characters);
    return number !== undefined && number >= 1 && number <= 10000 ? number : undefined;
  },
  refusal: (ArgumentValue, ArgumentName) => new S3Error('PartNumberOutOfRange', { ArgumentName, ArgumentValue }),
};

/** A marker that is the number of a part. SDKs have it as text. */
export function markerOf(number: Value<number>): Value<string> {
  return {
    ...number,
    ...text,
    read: (characters) => (number.read(characters) === undefined ? undefined : characters),
  };
}
