import { httpDate } from '../formats/dates';
import { allDetails, refusal } from './refusal';

const notImplemented = { message: 'A header you provided implies functionality that is not implemented.' };

/** Refusals because of a condition, and of the headers that set conditions. */
export const preconditions = {
  /** A condition of a read, a write, a deletion or a copy's source that the present object does not meet. */
  PreconditionFailed: refusal<{ readonly Condition: string }>(
    'PreconditionFailed',
    412,
    'At least one of the pre-conditions you specified did not hold',
    {
      fields: allDetails,
      cos: { message: 'At least one of the preconditions you specified did not hold.' },
      whenFailed: ({ headers }) => ({ Condition: headers.has('if-none-match') ? 'If-None-Match' : 'If-Match' }),
    },
  ),
  /** A read of an object that is unchanged by its If-None-Match or If-Modified-Since. */
  NotModified: refusal<{
    readonly etag: string;
    readonly lastModified: number;
    readonly versionId: string | undefined;
  }>('NotModified', 304, '', {
    headers: ({ etag, lastModified, versionId }) => [
      ['Last-Modified', httpDate(lastModified)],
      ['ETag', `"${etag}"`],
      ...(versionId === undefined ? [] : [['x-amz-version-id', versionId] as const]),
    ],
  }),
  /** A CompleteMultipartUpload with a condition, on a key that was written or deleted since its upload began. */
  ConditionalRequestConflict: refusal<{ readonly Condition: string; readonly Key: string }>(
    'ConditionalRequestConflict',
    409,
    'The conditional request cannot succeed due to a conflicting operation against this resource.',
    { fields: allDetails },
  ),
  /** A condition that its operation does not take, or an upload in HTTP's own chunks without its length. */
  HeaderNotImplemented: refusal<{ readonly Header: string }>(
    'NotImplemented',
    501,
    'A header you provided implies functionality that is not implemented',
    { fields: ({ Header }) => ({ Header }), cos: notImplemented, meantByCode: true },
  ),
  /** A deletion of a version with a condition. */
  ConditionOnVersion: refusal<{ readonly Header: string }>(
    'NotImplemented',
    501,
    'A header you provided implies functionality that is not implemented',
    {
      fields: ({ Header }) => ({
        Header,
        additionalMessage:
          'Conditional delete operations are not allowed when a version ID is included in the request parameters.',
      }),
      cos: notImplemented,
    },
  ),
  /** An entry of a batch of deletions that names a version, with a condition. */
  EntryConditionOnVersion: refusal(
    'NotImplemented',
    501,
    'A form field you provided implies functionality that is not implemented',
    { cos: notImplemented },
  ),
  /** A write with If-Match and If-None-Match. */
  ConditionsSeveral: refusal(
    'NotImplemented',
    501,
    'A header you provided implies functionality that is not implemented',
    {
      fields: {
        Header: 'If-Match,If-None-Match',
        additionalMessage: 'Multiple conditional request headers present in the request',
      },
      cos: notImplemented,
    },
  ),
  /** A write whose If-Match is an asterisk, or whose If-None-Match is anything else. */
  ConditionNotAccepted: refusal<{ readonly Header: string }>(
    'NotImplemented',
    501,
    'A header you provided implies functionality that is not implemented',
    {
      fields: ({ Header }) => ({
        Header,
        additionalMessage: `We don't accept the provided value of ${Header} header for this API`,
      }),
      cos: notImplemented,
    },
  ),
};
