import { describe, expect, it } from '@jest/globals';
import { ibmCos } from '../../src/dialects';
import { operations } from '../../src/operations/table';
import { writeReply } from '../../src/protocol/reply/reply';
import { refusalForFailure, S3Error, wordRefusal } from '../../src/refusals/index';
import type { AnyRefusal } from '../../src/refusals/refusal';
import { refusals } from '../../src/refusals/table';

const nothing = { method: 'GET', bucket: undefined, key: undefined, query: new Map(), headers: new Map() } as const;
const wordsOf = (code: string) => wordRefusal(refusalForFailure(code, { ...nothing, dialect: 'ibm-cos' }), 'ibm-cos');

// The table of common-headers-errors.md in ibm-cloud-docs/cloud-object-storage, at cfda515 if a later commit has shorter texts. F42, F160
describe("the words of IBM's table of errors", () => {
  it.each<[code: string, status: number, message: string]>([
    ['AccessDenied', 403, 'Access Denied'],
    ['BadDigest', 400, 'The Content-MD5 you specified did not match what we received.'],
    [
      'BucketAlreadyExists',
      409,
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    ],
    [
      'BucketAlreadyOwnedByYou',
      409,
      'Your previous request to create the named bucket succeeded and you already own it.',
    ],
    ['BucketNotEmpty', 409, 'The bucket you tried to delete is not empty.'],
    ['EntityTooSmall', 400, 'Your proposed upload is smaller than the minimum allowed object size.'],
    ['EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed object size.'],
    ['IncompleteBody', 400, 'You did not provide the number of bytes specified by the Content-Length HTTP header.'],
    ['InternalError', 500, 'We encountered an internal error. Please try again.'],
    ['InvalidArgument', 400, 'Invalid Argument'],
    ['InvalidBucketName', 400, 'The specified bucket is not valid.'],
    ['InvalidBucketState', 409, 'The request is not valid with the current state of the bucket.'],
    ['InvalidDigest', 400, 'The Content-MD5 you specified is not valid.'],
    ['InvalidLocationConstraint', 400, 'Container storage location with specified provisioning code not available'],
    ['InvalidObjectState', 403, 'The operation is not valid for the current state of the object.'],
    [
      'InvalidPart',
      400,
      "One or more of the specified parts could not be found. The part might not have been uploaded, or the specified entity tag might not have matched the part's entity tag.",
    ],
    [
      'InvalidPartOrder',
      400,
      'The list of parts was not in ascending order. Parts list must specified in order by part number.',
    ],
    ['InvalidRange', 416, 'The requested range cannot be satisfied.'],
    ['KeyTooLong', 400, 'Your key is too long.'],
    ['MalformedXML', 400, 'The XML you provided was not well-formed or did not validate against our published schema.'],
    ['MaxMessageLengthExceeded', 400, 'Your request was too large.'],
    ['MetadataTooLarge', 400, 'Your metadata headers exceed the maximum allowed metadata size.'],
    ['MethodNotAllowed', 405, 'The specified method is not allowed against this resource.'],
    ['MissingContentLength', 411, 'You must provide the Content-Length HTTP header.'],
    ['MissingRequestBodyError', 400, 'Request body is empty.'],
    ['NoSuchBucket', 404, 'The specified bucket does not exist.'],
    ['NoSuchKey', 404, 'The specified key does not exist.'],
    [
      'NoSuchUpload',
      404,
      'The specified multipart upload does not exist. The upload ID might be invalid, or the multipart upload might have been aborted or completed.',
    ],
    ['NotImplemented', 501, 'A header you provided implies functionality that is not implemented.'],
    [
      'OperationAborted',
      409,
      'A conflicting conditional operation is currently in progress against this resource. Try again.',
    ],
    ['PreconditionFailed', 412, 'At least one of the preconditions you specified did not hold.'],
    [
      'RequestTimeout',
      400,
      'Your socket connection to the server was not read from or written to within the timeout period.',
    ],
    ['RequestTimeTooSkewed', 403, "The difference between the request time and the server's time is too large."],
    ['CredentialsNotSupported', 400, 'This request does not support credentials.'],
    ['IncorrectNumberOfFilesInPostRequest', 400, 'POST requires exactly one file upload per request.'],
    ['InlineDataTooLarge', 400, 'Inline data exceeds the maximum allowed size.'],
    ['InvalidSecurity', 403, 'The provided security credentials are not valid.'],
    ['MalformedPOSTRequest', 400, 'The body of your POST request is not well-formed multipart/form-data.'],
    ['MaxPostPreDataLengthExceededError', 400, 'Your POST request fields preceding the upload file were too large.'],
    ['Redirect', 307, 'Temporary redirect.'],
    ['RequestIsNotMultiPartContent', 400, 'Bucket POST must be of the enclosure-type multipart/form-data.'],
    ['ServiceUnavailable', 503, 'Reduce your request rate.'],
    ['SlowDown', 503, 'Reduce your request rate.'],
    ['TemporaryRedirect', 307, 'You are being redirected to the bucket while DNS updates.'],
    ['UnexpectedContent', 400, 'This request does not support content.'],
    [
      'UserKeyMustBeSpecified',
      400,
      'The bucket POST must contain the specified field name. If it is specified, check the order of the fields.',
    ],
    ['TooManyBuckets', 400, 'You have attempted to create more buckets than allowed.'],
  ])('%s', (code, status, message) => {
    expect(wordsOf(code)).toMatchObject({ code, status, message });
  });

  const details = { ArgumentName: 'a', ArgumentValue: 'b', names: [], write: 'Put Object', segments: 7, required: 10 };
  const messageOf = (refusal: string, dialect: 'aws' | 'ibm-cos') =>
    wordRefusal({ refusal, details } as unknown as S3Error, dialect).message; // a part of an error is enough
  const ofArguments = Object.entries<AnyRefusal>(refusals).filter(
    ([, { code, cos }]) => code === 'InvalidArgument' && cos === undefined,
  );

  it('has one text for an argument that is refused, unless a text of COS was recorded (F170)', () => {
    const names = ofArguments.filter(([, { sameTextAtCos }]) => !sameTextAtCos).map(([name]) => name);
    expect(names.length).toBeGreaterThan(10);
    for (const name of names)
      expect({ name, message: messageOf(name, 'ibm-cos') }).toEqual({ name, message: 'Invalid Argument' });
    const aws = new S3Error('BucketRegionInvalid', { value: 'mars' });
    expect(wordRefusal(aws, 'aws').message).toBe('Argument value mars is not a valid AWS Region');
  });

  it('has the texts of AWS for the arguments of object lock (F170)', () => {
    const names = ofArguments.filter(([, { sameTextAtCos }]) => sameTextAtCos).map(([name]) => name);
    expect(names).toEqual([
      'RootKeyCrnTooShort',
      'DefaultRetentionNotPositive',
      'DefaultRetentionTooLong',
      'BypassWithoutLock',
      'RetentionPast',
      'RetentionDateMalformed',
      'RetentionHalf',
      'LockModeUnknown',
      'LegalHoldUnknown',
    ]);
    for (const name of names)
      expect({ name, message: messageOf(name, 'ibm-cos') }).toEqual({ name, message: messageOf(name, 'aws') });
  });

  it('of a code that the other service has are those of the refusal that has it there', () => {
    const failed = (code: string, dialect: 'aws' | 'ibm-cos') =>
      wordRefusal(refusalForFailure(code, { ...nothing, dialect }), dialect);
    expect(failed('KeyTooLong', 'aws')).toMatchObject({ code: 'KeyTooLongError', status: 400 });
    expect(failed('KeyTooLongError', 'ibm-cos')).toMatchObject({ code: 'KeyTooLong', status: 400 });
    expect(failed('RequestIsNotMultiPartContent', 'aws')).toMatchObject({ status: 412 });
  });
});

// Every sample of IBM's documentation that has an empty element closes it at once. F171
it('a document of COS closes an empty element at once', () => {
  const values = { Owner: { ID: '1' }, Prefix: '', Marker: '', Buckets: [] };
  const request = { method: 'GET', dialect: ibmCos, service: 's3' } as const;
  const { body } = writeReply(operations.ListBucketsExtended, values, request, { requestId: 'R', hostId: '', now: 0 });
  expect(body).toContain('<Prefix/><Marker/><Buckets/></ListAllMyBucketsResult>');
});
