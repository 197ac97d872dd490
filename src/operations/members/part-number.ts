import { integer, ranging, refusing, sentName, sentText } from '../../shapes/values';

/** The number of a part: 1 to 10,000. */
export const partNumberValue = refusing(ranging(integer, [1, 10000]), 'PartNumberOutOfRange', {
  ArgumentName: sentName,
  ArgumentValue: sentText,
});
