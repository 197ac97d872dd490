import { decodePercent } from '../../formats/url-encoding';
import type { Asked, Change, Hint } from '../hint';
import { readParameters, withHeader, withoutParameter } from './wire';

/** What people sign and send differently. A trial keeps the signature, and looks whether it fits. */
export const tryOtherSignedParts: Hint = {
  tries: 'what was signed: another method, one parameter fewer, another Content-Type, the path encoded otherwise',
  of: 'refused requests',
  changes: (asked) =>
    asked.entry.error?.code !== 'SignatureDoesNotMatch'
      ? []
      : [...otherMethods(asked), ...fewerParameters(asked), ...otherTypes(asked), ...otherPaths(asked)].map(
          (change) => ({
            ...change,
            options: { verifySignatures: 'as the mock' },
          }),
        ),
  // Other refusals can come before the signature is looked at; what is not there comes after it.
  succeeds: ({ code, status }) => status < 300 || code?.startsWith('NoSuch') === true,
};

/** A signed POST is one of an upload in parts: another one is refused as a form, before its signature is looked at. */
function listMethods(wire: Asked['wire']): readonly string[] {
  const isOfParts = readParameters(wire).some(({ name }) => name === 'uploads' || name === 'uploadId');
  return ['GET', 'PUT', 'HEAD', 'DELETE', ...(isOfParts ? ['POST'] : [])];
}

function subjectOf({ wire }: Asked): 'URL' | 'request' {
  return wire.headers.has('authorization') ? 'request' : 'URL';
}

function otherMethods(asked: Asked): readonly Change[] {
  const { wire, entry } = asked;
  const { method: sent } = wire;
  const advice = (method: string) => {
    if (entry.operation === undefined) return `send a ${method}`;
    return subjectOf(asked) === 'URL'
      ? `sign the URL for it, getSignedUrl(client, new ${entry.operation}Command(…))`
      : 'sign what is sent';
  };
  return listMethods(wire)
    .filter((method) => method !== sent)
    .map((method) => ({
      wire: { method },
      says: () => `the ${subjectOf(asked)} was signed for ${method}, and the request is a ${sent}: ${advice(method)}.`,
    }));
}

function fewerParameters(asked: Asked): readonly Change[] {
  return readParameters(asked.wire)
    .filter(({ name }) => !/^(?:x-amz-.*|AWSAccessKeyId|Expires|Signature)$/i.test(name))
    .map((parameter) => ({
      wire: withoutParameter(asked.wire, parameter),
      says: () =>
        `the ${subjectOf(asked)} was signed without ${parameter.name}, which was added later: add it before the signature.`,
    }));
}

/** The types that clients send by themselves, or that code signs for. */
const types = [
  undefined,
  '',
  'application/octet-stream',
  'text/plain',
  'text/plain;charset=UTF-8',
  'application/json',
  'image/png',
  'image/jpeg',
  'application/pdf',
];

function otherTypes(asked: Asked): readonly Change[] {
  const { wire } = asked;
  if (!isOfV2(wire) && !readSignedHeaders(wire).includes('content-type')) return [];
  const sent = wire.headers.get('content-type');
  return types
    .filter((type) => type !== sent)
    .map((type) => ({
      wire: withHeader(wire, 'content-type', type),
      says: () =>
        `it was signed with ${type === undefined || type === '' ? 'no Content-Type' : `Content-Type: ${type}`}, and the request has ${sent ?? 'none'}: send the type that was signed.`,
    }));
}

/** The older signature signs the type in each request. */
function isOfV2({ headers, url }: Asked['wire']): boolean {
  return /^AWS /.test(headers.get('authorization') ?? '') || /[?&]AWSAccessKeyId=/.test(url);
}

function readSignedHeaders({ headers, url }: Asked['wire']): string {
  const inHeader = /SignedHeaders=([^,\s]*)/.exec(headers.get('authorization') ?? '')?.[1];
  const inQuery = readParameters({ url })
    .find(({ name }) => name === 'X-Amz-SignedHeaders')
    ?.written.split('=')[1];
  return inHeader ?? decodePercent(inQuery ?? '') ?? '';
}

function otherPaths(asked: Asked): readonly Change[] {
  const { url } = asked.wire;
  const [path = '', query] = [url.split('?', 1)[0], url.includes('?') ? url.slice(url.indexOf('?')) : ''];
  const decoded = decodePercent(path);
  const forms = [
    decoded === undefined ? undefined : { path: encodeURI(decoded), says: 'in which the key was encoded once' },
    { path: path.replaceAll('+', '%2B'), says: 'in which a plus sign of the key is %2B' },
    { path: path.replaceAll('%2F', '/'), says: 'in which the slashes of the key stand as they are' },
    { path: path.replaceAll('%20', '+'), says: 'in which a blank of the key is a plus sign' },
  ];
  return forms.flatMap((form) =>
    form === undefined || form.path === path
      ? []
      : {
          wire: { url: `${form.path}${query}` },
          says: () =>
            `the ${subjectOf(asked)} was signed for the path ${form.path}, ${form.says}: send the path that was signed.`,
        },
  );
}

/** A presigned URL is encoded already, and somebody has encoded it again. */
export const tryUrlDecodedOnce: Hint = {
  tries: 'a presigned URL as it was before somebody encoded it again',
  of: 'refused requests',
  changes: ({ wire }) => {
    const isEncodedAgain = /[?&]X-Amz-(?:Credential|SignedHeaders)=[^?&]*%25[0-9A-Fa-f]{2}/i.test(wire.url);
    const url = wire.url.replace(/%25([0-9A-Fa-f]{2})/g, '%$1');
    if (!isEncodedAgain || decodePercent(url) === undefined) return [];
    return [
      {
        wire: { url },
        options: { verifySignatures: 'as the mock' },
        says: () =>
          'its URL was encoded twice, so that each % of it came as %25. A presigned URL is encoded already: send it as it is, without encodeURI or encodeURIComponent.',
      },
    ];
  },
  succeeds: ({ code, status }) => status < 300 || code?.startsWith('NoSuch') === true,
};
