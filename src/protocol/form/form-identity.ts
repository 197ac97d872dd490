import { S3Error } from '../../refusals/s3-error';
import type { Identity } from '../request/identity';
import { readBasicDate } from '../signature/terms';
import type { Form } from './form';

/**
 * Reads the identity that a form claims; nothing is verified here.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html
 * @module
 */

/** The fields of a signature of version 4, in the order in which S3 misses them, with the names that it gives them. */
const ofV4 = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Signature'] as const;
const ofV2 = ['AWSAccessKeyId', 'Signature'] as const;

/** Reads the identity of a form, or returns S3's refusal. A form without any field of a signature is anonymous (F564). */
export function readFormIdentity({ fields, first }: Form): Identity | S3Error {
  const has = (name: string) => fields.has(name.toLowerCase());
  const names = ofV4.some(has) ? ofV4 : ofV2.some(has) ? ofV2 : undefined;
  if (names === undefined) return { scheme: 'anonymous' };
  const missing = names.find((name) => !has(name));
  if (missing !== undefined)
    return new S3Error(
      'FormFieldMissing',
      { ArgumentName: missing },
      `the form is signed, and has no ${missing} before its file`,
    );
  const token = findToken(fields, first);
  if (names === ofV2) return { scheme: 'sigv2-form', accessKeyId: fields.get('awsaccesskeyid') ?? '', ...token };
  return readV4(fields, token);
}

type Fields = ReadonlyMap<string, string>;

function readV4(fields: Fields, token: { readonly sessionToken?: string }): Identity | S3Error {
  const [algorithm = '', credential = '', date = ''] = ofV4.map((name) => fields.get(name.toLowerCase()));
  if (algorithm !== 'AWS4-HMAC-SHA256') return new S3Error('FormAlgorithmUnsupported', { ArgumentValue: algorithm });
  if (readBasicDate(date) === undefined) return new S3Error('FormDateMalformed', { ArgumentValue: date });
  const [accessKeyId = '', , region = '', service = '', ...rest] = credential.split('/');
  if (rest.length !== 1) return new S3Error('FormCredentialMalformed', { ArgumentValue: credential });
  if (accessKeyId === '') return new S3Error('FormAccessKeyMissing', { ArgumentValue: credential });
  return { scheme: 'sigv4-form', accessKeyId, region, service, ...token };
}

/** A session token that came several times counts if it is the same each time; otherwise the form has none (F565). */
function findToken(fields: Fields, first: Fields): { readonly sessionToken?: string } {
  const joined = fields.get('x-amz-security-token');
  const one = first.get('x-amz-security-token');
  if (joined === undefined || one === undefined) return {};
  return joined.split(',').every((token) => token === one) ? { sessionToken: one } : {};
}
