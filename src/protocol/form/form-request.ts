import { isHeaderName } from '../../formats/header-names';
import { S3Error } from '../../refusals/s3-error';
import { readRegion } from '../request/address';
import { anonymousIdentity, type Identity } from '../request/identity';
import { findInOrder, formOrders } from '../request/orders';
import type { S3Request } from '../request/request';
import { readBasicDate } from '../signature/terms';
import { type Form, readForm } from './form';

/** The form names the key and the sender, its fields are headers, and its file is the body. Never throws: what cannot be read becomes a refusal. */
export function readFormRequest(request: S3Request): S3Request {
  const { headers: sent } = request.wire;
  const form = readForm(sent.get('content-type') ?? '', request.body);
  const early = refusalOfHead(sent);
  if (form instanceof S3Error) {
    return { ...request, identity: anonymousIdentity, refusals: { ...request.refusals, form: early ?? form } };
  }
  const identity = readSender(request, form);
  const key = form.fields.get('key') || undefined;
  const refusal = early ?? refusalOfKey(form);
  return {
    ...request,
    form,
    key,
    identity,
    endpoint: readRegion(request.endpoint, identity instanceof S3Error ? undefined : identity),
    headers: mergeHeaders(sent, form.fields),
    trailers: none,
    body: form.file,
    refusals: refusal === undefined ? request.refusals : { ...request.refusals, form: refusal },
  };
}

const none: ReadonlyMap<string, string> = new Map();

const refusalOfHead = findInOrder<typeof formOrders.head, ReadonlyMap<string, string>>(formOrders.head, {
  // S3 refuses a form in HTTP's own chunks, by another answer than for an upload (F572).
  'the length': (sent) =>
    sent.has('content-length')
      ? undefined
      : new S3Error('ContentLengthMissing', {}, 'a form must give its length in Content-Length'),
  // S3 takes no signature of version 4 there, whatever its hash is (F1694).
  'no signature in a header'(sent) {
    if (sent.get('authorization')?.startsWith('AWS4-') !== true) return undefined;
    return sent.get('x-amz-content-sha256')
      ? new S3Error('FormSignedInHeader', {}, 'a form is signed by its fields, and not by an Authorization header')
      : new S3Error('ContentSha256Missing');
  },
});

const refusalOfKey = findInOrder<typeof formOrders.key, Form>(formOrders.key, {
  'a key': (form) =>
    form.fields.has('key') ? undefined : new S3Error('FormFieldMissing', { ArgumentName: 'key' }, whyNoKey(form)),
  'the key is not empty': ({ fields }) =>
    fields.get('key') === '' ? new S3Error('FormKeyEmpty', {}, 'the key of the form is empty') : undefined,
});

function whyNoKey({ fields }: Form): string {
  const names = [...fields.keys()].join(', ') || '(none)';
  return `the fields before the file are ${names}; S3 ignores the fields after the file`;
}

/**
 * Beside a form, an Authorization header of Signature Version 2 is ignored. A session token in a header without such an Authorization
 * header is refused (F565).
 */
function readSender({ wire, dialect }: S3Request, form: Form): Identity | S3Error {
  const token = wire.headers.get('x-amz-security-token');
  if (token !== undefined && !wire.headers.has('authorization') && dialect.requests.hasTemporaryCredentials)
    return new S3Error('NoAccessKeyPresented', {}, 'the session token is in a header; a form must send it as a field');
  return readFormIdentity(form);
}

/**
 * The headers of the request itself that S3 reads beside the headers in fields of the form. Conditions of policies compare the last (F566).
 */
const ofTransport = [
  ...['host', 'origin', 'access-control-request-method', 'access-control-request-headers', 'content-length'],
  ...['if-match', 'if-none-match', 'if-unmodified-since'],
];

/** F563 */
const headerFields =
  /^(?:cache-control|content-(?:type|disposition|encoding|language|md5)|expires|retention-(?:period|expiration-date|legal-hold-id)|x-amz-(?:storage-class|website-redirect-location|request-payer|(?:meta|checksum|object-lock)-.*|server-side-encryption(?:-.*)?))$/s;

function mergeHeaders(sent: ReadonlyMap<string, string>, fields: Form['fields']): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const name of ofTransport) {
    const value = sent.get(name);
    if (value !== undefined) headers.set(name, value);
  }
  for (const [name, value] of fields) {
    if (name === 'acl') headers.set('x-amz-acl', value);
    // An answer could not carry a header of another name.
    else if (headerFields.test(name) && isHeaderName(name))
      headers.set(name, name.startsWith('x-amz-meta-') ? value : inLatin1(value));
  }
  return headers;
}

/** A character that no header has becomes a blank (F563). */
function inLatin1(value: string): string {
  return value.replace(/[^\t\x20-\x7e\x80-\xff]/gu, ' ');
}

/** The fields of a signature of version 4, in the order in which S3 misses them, with the names that it gives them. */
const ofV4 = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Signature'] as const;
const ofV2 = ['AWSAccessKeyId', 'Signature'] as const;

/** A form without any field of a signature is anonymous (F564). */
export function readFormIdentity({ fields, first }: Form): Identity | S3Error {
  const has = (name: string) => fields.has(name.toLowerCase());
  const names = ofV4.some(has) ? ofV4 : ofV2.some(has) ? ofV2 : undefined;
  if (names === undefined) return anonymousIdentity;
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
