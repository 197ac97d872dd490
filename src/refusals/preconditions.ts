import { httpDate } from '../formats/dates';
import { allDetails, refusal } from './refusal';

const notImplemented = { message: 'A header you provided implies functionality that is not implemented.' };

/** Refusals because of a condition, and of the headers that set conditions. */
export const preconditions = {
  PreconditionFailed: refusal<{ readonly Condition: string }>({
    code: 'PreconditionFailed',
    status: 412,
    message: 'At least one of the pre-conditions you specified did not hold',
    fields: allDetails,
    cos: { message: 'At least one of the preconditions you specified did not hold.' },
    whenFailed: ({ headers }) => ({ Condition: headers.has('if-none-match') ? 'If-None-Match' : 'If-Match' }),
  }),
  NotModified: refusal<{
    readonly etag: string;
    readonly lastModified: number;
    readonly versionId: string | undefined;
  }>({
    code: 'NotModified',
    status: 304,
    message: '',
    headers: ({ etag, lastModified, versionId }) => [
      ['Last-Modified', httpDate(lastModified)],
      ['ETag', `"${etag}"`],
      ...(versionId === undefined ? [] : [['x-amz-version-id', versionId] as const]),
    ],
  }),
  ConditionalRequestConflict: refusal<{ readonly Condition: string; readonly Key: string }>({
    code: 'ConditionalRequestConflict',
    status: 409,
    message: 'The conditional request cannot succeed due to a conflicting operation against this resource.',
    fields: allDetails,
  }),
  HeaderNotImplemented: refusal<{ readonly Header: string }>({
    code: 'NotImplemented',
    status: 501,
    message: 'A header you provided implies functionality that is not implemented',
    fields: ({ Header }) => ({ Header }),
    cos: notImplemented,
    meantByCode: true,
  }),
  ConditionsSeveral: refusal({
    code: 'NotImplemented',
    status: 501,
    message: 'A header you provided implies functionality that is not implemented',
    fields: {
      Header: 'If-Match,If-None-Match',
      additionalMessage: 'Multiple conditional request headers present in the request',
    },
    cos: notImplemented,
  }),
  ConditionNotAccepted: refusal<{ readonly Header: string }>({
    code: 'NotImplemented',
    status: 501,
    message: 'A header you provided implies functionality that is not implemented',
    fields: ({ Header }) => ({
      Header,
      additionalMessage: `We don't accept the provided value of ${Header} header for this API`,
    }),
    cos: notImplemented,
  }),
};
