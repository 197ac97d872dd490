import { allDetails, byCode, invalidRequest, refusal, type Texts, valueInvalid } from './refusal';

/** Refusals of annotations of objects. */
export const annotations = {
  /** A read of an annotation that the version does not have. */
  NoSuchAnnotation: refusal('NoSuchAnnotation', 404)<Texts<'AnnotationName'>>(
    'The specified annotation does not exist.',
    { fields: allDetails, whenFailed: ({ query }) => ({ AnnotationName: query.get('annotationName') ?? '' }) },
  ),
  /** A request for one annotation whose annotationName is empty. */
  UserAnnotationNameMustBeSpecified: refusal(
    'UserAnnotationNameMustBeSpecified',
    400,
  )('You must specify a user annotation name.'),
  /** A PutObjectAnnotation whose name has a character that names have not, or begins with aws or s3. */
  InvalidAnnotationName: refusal(
    'InvalidAnnotationName',
    400,
  )('Your annotation name contains invalid characters, or the name starts with a reserved prefix.'),
  /** A PutObjectAnnotation whose name has more than 512 bytes. */
  AnnotationNameTooLong: refusal('AnnotationNameTooLong', 400)('Your annotation name is too long.'),
  /** A PutObjectAnnotation of one more name to a version that has a thousand. */
  AnnotationLimitExceeded: refusal(
    'AnnotationLimitExceeded',
    400,
  )('The object annotation count exceeds the limit (1000).'),
  /** A PutObjectAnnotation without a body. */
  AnnotationEmpty: refusal('EntityTooSmall', 400)<{ readonly ProposedSize: number; readonly MinSizeAllowed: number }>(
    'Your proposed upload is smaller than the minimum allowed size',
    { fields: allDetails },
  ),
  /** A PutObjectAnnotation whose body is larger than a mebibyte. */
  AnnotationTooLarge: refusal('EntityTooLarge', 400)<{
    readonly ProposedSize: number;
    readonly MaxSizeAllowed: number;
  }>('Your proposed upload exceeds the maximum allowed size', { fields: allDetails }),
  /** A PutObjectAnnotation whose body is not UTF-8. */
  UnsupportedMediaType: refusal(
    'UnsupportedMediaType',
    415,
  )('The request payload contains an unsupported media type. The annotation payload must be valid UTF-8 encoded text.'),
  /** An annotation for a version that is encrypted with a customer's key, by a put or by a copy. */
  AnnotationOfCustomerKey: invalidRequest(
    'The object is encrypted with SSE-C, which does not support annotations.',
    byCode,
  ),
  /** A ListObjectAnnotations whose annotation-prefix has a character that names have not. */
  InvalidPrefix: refusal('InvalidPrefix', 400)('The annotation prefix you have provided is not valid.'),
  /** A ListObjectAnnotations whose max-annotation-results is a whole number outside 1 to 1000. */
  MaxAnnotationResultsInvalid: valueInvalid(
    'max-annotation-results',
    'Argument max-annotation-results must be an integer between 1 and 1000',
  ),
};
