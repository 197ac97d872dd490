import type { RefusalForms } from './form';

/** Answers that S3 never sends: what the mock itself has to say. All are 4xx, which no SDK sends again. */
export const mockRefusals: RefusalForms<'MockInternalError' | 'MockReset' | 'MockStopped' | 'MockUnknownHost'> = {
  MockInternalError: {
    code: 'S3MockInternalError',
    status: 400,
    message: ({ problem }) => `A fault of s3-versioning-mock, not of the code under test: ${problem}`,
  },
  MockReset: {
    code: 'S3MockReset',
    status: 400,
    message: 'The request began before the mock was reset, in an earlier test perhaps, so it was not applied.',
  },
  MockStopped: {
    code: 'S3MockStopped',
    status: 400,
    message: 'The mock was stopped while the request was under way, so it was not applied.',
  },
  MockUnknownHost: { code: 'S3MockUnknownHost', status: 400, message: ({ host, why }) => `${host}: ${why}` },
};
