import { elementsOf } from './clients/wire-xml';

export const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** Without content, the root is self-closing. */
export function answerDocument(root: string, content: string): string {
  return `${declaration}<${root} ${namespace}${content === '' ? '/>' : `>${content}</${root}>`}`;
}

/** The ids are masked; `elements` follow the code and the message. */
export function errorDocument(code: string, message: string, elements = ''): string {
  return `${declaration}<Error><Code>${code}</Code><Message>${message}</Message>${elements}<RequestId>ID</RequestId><HostId>HOST</HostId></Error>`;
}

export const accessDenied = errorDocument('AccessDenied', 'Access Denied');
export const mfaRequired = errorDocument('AccessDenied', 'Mfa Authentication must be used for this request');
export const ownerOnly = errorDocument('AccessDenied', 'This operation may only be performed by the bucket owner');
export const codeInvalid = errorDocument(
  'TokenCodeInvalidError',
  'The serial number and/or token code you provided is not valid.',
);
export const devPay = errorDocument('InvalidRequest', 'DevPay and Mfa are mutually exclusive authorization methods.');

export function notDeviceOwner(serial: string, code: string): string {
  return errorDocument(
    'NotDeviceOwnerError',
    `The device with serial number ${serial} that generated token ${code} is not owned by the authenticated user`,
  );
}

export const malformedXml = errorDocument(
  'MalformedXML',
  'The XML you provided was not well-formed or did not validate against our published schema',
);

/** A document that is written in indented lines, as clients send it. */
export const oneLine = (lines: string): string => lines.replaceAll(/\n */g, '');

export const undeclared = (document: string): string => document.replace(declaration, '');

export function versioningConfiguration(content: string): string {
  return `<VersioningConfiguration ${namespace}>${content}</VersioningConfiguration>`;
}

export const enabled = versioningConfiguration('<Status>Enabled</Status>');
export const suspended = versioningConfiguration('<Status>Suspended</Status>');

/** An Authorization of SigV4, which the mock does not verify. */
export function signedV4(accessKeyId = 'AKIDEXAMPLE'): string {
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260131/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
}

export function signedBy({ credentials }: { readonly credentials: { readonly accessKeyId: string } }): string {
  return `AWS ${credentials.accessKeyId}:SIG`;
}

export function textOf(element: string, answer: { readonly body: string }): string | undefined {
  return textsOf(element, answer)[0];
}

export function textsOf(element: string, { body }: { readonly body: string }): readonly string[] {
  return elementsOf(body, element);
}

/** Without a document, there is no code and no text. */
export function refusalIn(answer: { readonly status: number; readonly body: string }) {
  return { status: answer.status, code: textOf('Code', answer), message: textOf('Message', answer) };
}
