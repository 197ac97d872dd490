import { allDetails, type RefusalForms } from './form';

/** What S3 refuses of tags. */
export const tagRefusals: RefusalForms<
  'TagHeaderInvalid' | 'TagInvalid' | 'TagRepeated' | 'TagReserved' | 'TooManyTags' | 'NoSuchTagSet'
> = {
  TagHeaderInvalid: {
    code: 'InvalidArgument',
    status: 400,
    message:
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    elements: ({ ArgumentValue }) => ({ ArgumentName: 'x-amz-tagging', ArgumentValue }),
  },
  TagInvalid: {
    code: 'InvalidTag',
    status: 400,
    message: ({ part }) => `The Tag${part} you have provided is invalid`,
    elements: ({ TagKey, TagValue }) => ({ TagKey, TagValue }),
  },
  TagRepeated: {
    code: 'InvalidTag',
    status: 400,
    message: 'Cannot provide multiple Tags with the same key',
    elements: allDetails,
  },
  TagReserved: {
    code: 'InvalidTag',
    status: 400,
    message: ({ message }) => message,
    elements: ({ TagKey }) => ({ TagKey }),
  },
  TooManyTags: { code: 'BadRequest', status: 400, message: ({ message }) => message },
  NoSuchTagSet: { code: 'NoSuchTagSet', status: 404, message: 'The TagSet does not exist', elements: allDetails },
};
