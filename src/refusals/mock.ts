import { refusal, type Texts } from './refusal';

/** The mock's own answers, which S3 never sends. All are 4xx, which no SDK retries. */
export const mock = {
  /** A request at which the mock itself throws what is not a refusal. */
  MockInternalError: refusal(
    'S3MockInternalError',
    400,
  )<Texts<'problem'>>(({ problem }) => `A bug in s3-versioning-mock, not in the code under test: ${problem}`),
  /** A request at which a matcher or a getter throws that the test gave to a rule. */
  MockTestThrew: refusal(
    'S3MockTestThrew',
    400,
  )<Texts<'problem'>>(({ problem }) => `The request was not applied, since the test itself threw. ${problem}`),
  // S3's own 501 is for what S3 lacks, and SDK v2 sends a request again that gets it (F231).
  // Nobody knows in which language a client at a port is written; the journal's reason names the call for each reader.
  /** A request of an operation that the mock does not have, unless a rule of the test answers it. */
  MockNotImplemented: refusal(
    'S3MockNotImplemented',
    400,
  )<{ readonly operation: string; readonly isServed: boolean }>(({ operation, isServed }) =>
    isServed
      ? `s3-versioning-mock does not implement ${operation}. A rule of the mock can reply in its place.`
      : `s3-versioning-mock does not implement ${operation}. To answer it in a test, write s3.on('${operation}').reply({ status: 200, body: '...' }).`,
  ),
  /** A request that names a checksum which S3 has and the mock cannot compute without a package of its user. */
  MockChecksumNotImplemented: refusal(
    'S3MockChecksumNotImplemented',
    400,
  )<Texts<'algorithm'>>(
    ({ algorithm }) =>
      `s3-versioning-mock computes ${algorithm} with the package hash-wasm, which is not installed. Install it with npm install --save-dev hash-wasm, or use CRC32, CRC32C, CRC64NVME, SHA1, SHA256, SHA512 or MD5 in tests.`,
  ),
  /** A listing that the code has sent so often, without asking for the next page, that it would never end. */
  MockEndlessListing: refusal('S3MockEndlessListing', 400)<Texts<'why'>>(({ why }) => why),
  /** A request whose body had not come when its test ended. */
  MockReset: refusal(
    'S3MockReset',
    400,
  )(
    'The body of the request had not arrived when the mock was reset, perhaps after an earlier test, so the request was not applied.',
  ),
  /** A request that the stop of the mock overtook, or whose client would repeat it after the answer of S3. */
  MockStopped: refusal(
    'S3MockStopped',
    400,
  )('The mock was stopped while the request was under way, so it was not applied.'),
  /** A request after the end of the test file that started the mock and did not stop it. */
  MockLeft: refusal(
    'S3MockLeft',
    400,
  )<Texts<'callSite'>>(
    ({ callSite }) =>
      `The test file of the mock started at ${callSite} has ended without stopping it, so the mock refuses the requests of other files. ` +
      'Await stop() in an afterAll of that file, or use mockS3 of s3-versioning-mock/jest, which ends with its file.',
  ),
  /** A request to Amazon S3 on a bucket in a state that only IBM COS has. */
  MockOtherService: refusal(
    'S3MockOtherService',
    400,
  )<Texts<'bucket' | 'only'>>(
    ({ bucket, only }) =>
      `The bucket ${bucket} has ${only}, which exists only on IBM COS, but the request was sent to Amazon S3.`,
  ),
  /** A request to a host of AWS or IBM, or at a port of the mock, that the mock does not answer. */
  MockUnknownHost: refusal('S3MockUnknownHost', 400)<Texts<'host' | 'why'>>(({ host, why }) => `${host}: ${why}`),
};
