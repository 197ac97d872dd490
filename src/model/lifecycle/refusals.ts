import { S3Error } from '../../refusals/s3-error';

/** An InvalidRequest with one of S3's texts about lifecycle rules. */
export function invalidRequest(message: string): S3Error {
  return new S3Error('RequestInvalid', { message });
}

/** An InvalidArgument with one of S3's texts about lifecycle rules. */
export function invalidArgument(ArgumentName: string, value: string | number | Date, message: string): S3Error {
  const ArgumentValue = value instanceof Date ? value.toISOString() : String(value);
  return new S3Error('ArgumentInvalid', { message, ArgumentName, ArgumentValue });
}
