import { allDetails, refusal } from './refusal';

/** Refusals of tags. */
export const tagging = {
  TagHeaderInvalid: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message:
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    fields: ({ ArgumentValue }) => ({ ArgumentName: 'x-amz-tagging', ArgumentValue }),
  }),
  TagInvalid: refusal<{ readonly part: 'Key' | 'Value'; readonly TagKey: string; readonly TagValue?: string }>({
    code: 'InvalidTag',
    status: 400,
    message: ({ part }) => `The Tag${part} you have provided is invalid`,
    fields: ({ TagKey, TagValue }) => ({ TagKey, TagValue }),
  }),
  TagRepeated: refusal<{ readonly TagKey: string }>({
    code: 'InvalidTag',
    status: 400,
    message: 'Cannot provide multiple Tags with the same key',
    fields: allDetails,
    meantByCode: true,
  }),
  NoSuchTagSet: refusal<{ readonly BucketName: string }>({
    code: 'NoSuchTagSet',
    status: 404,
    message: 'The TagSet does not exist',
    fields: allDetails,
    whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }),
  }),
  ObjectTagReserved: refusal<{ readonly TagKey: string }>({
    code: 'InvalidTag',
    status: 400,
    message: 'Your TagKey cannot be prefixed with aws:',
    fields: allDetails,
    cos: { message: 'Your TagKey cannot be prefixed with ibm:' },
  }),
  BucketTagReserved: refusal<{ readonly TagKey: string }>({
    code: 'InvalidTag',
    status: 400,
    message: 'System tags cannot be added/updated by requester',
    fields: allDetails,
  }),
  TooManyObjectTags: refusal({
    code: 'BadRequest',
    status: 400,
    message: 'Object tags cannot be greater than 10',
    failsByName: false,
  }),
  TooManyBucketTags: refusal({
    code: 'BadRequest',
    status: 400,
    message: 'Bucket tag count cannot be greater than 50',
    failsByName: false,
  }),
};
