import { decodePercent } from '../../formats/url-encoding';
import { sendersOfTypes } from '../../journal/stored-texts';
import { memberOf } from '../../text/value-kinds';
import { writeValue } from '../../text/values';
import { findsTrue } from '../errors';
import type { Asked, Change, Hint } from '../hint';
import { isDenialExpected } from './cross-origin';
import { readParameters, withHeader, withoutParameter, withParameter } from './wire';

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
    const { operation } = entry;
    if (operation === undefined) return `send a ${method}`;
    // A URL is given away to be used with its own method, so that one for another method would fail there.
    return subjectOf(asked) === 'URL'
      ? `send a ${method}; or, if the URL is for ${sent} requests, sign it for them, getSignedUrl(client, new ${operation}Command(…))`
      : 'sign what is sent';
  };
  return listMethods(wire)
    .filter((method) => method !== sent)
    .map((method) => ({
      // A GET has no length, without which S3 refuses a PUT before it looks at the signature.
      wire: wire.headers.has('content-length') ? { method } : { method, ...withHeader(wire, 'content-length', '0') },
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

const nameOfSigned = 'X-Amz-SignedHeaders';

/** A test expects that a URL takes one type alone, which it does not sign. */
export const tryTypeOfUrl: Hint = {
  tries: 'a presigned PUT that signs another Content-Type',
  of: 'requests of users that should be refused',
  changes: (asked) => {
    const { entry, wire, store } = asked;
    const parameters = readParameters(wire);
    const signed = readSignedHeaders(wire).split(';');
    const type = wire.headers.get('content-type');
    if (entry.operation !== 'PutObject' || !parameters.some(({ name }) => name === nameOfSigned)) return [];
    if (type === undefined || signed.includes('content-type') || !isOwnType(type, asked)) return [];
    // Whoever has moved the clock can wait for the end of the URL.
    if (store.clock.moved !== 0 || !(isDenialExpected(asked) || isTruth(asked))) return [];
    // A rule, a policy or the rules of CORS can be meant as well.
    const hasPolicy = store.buckets.get(entry.bucket ?? '')?.settings.policy !== undefined;
    if (asked.hasMissedRule || hasPolicy || wire.headers.has('origin')) return [];
    const cure = parameters.some(({ name }) => name === 'x-id')
      ? "getSignedUrl(client, command, { signableHeaders: new Set(['content-type']) }), with ContentType in the command"
      : 'content-type among the signed headers';
    return [
      {
        wire: withParameter(wire, nameOfSigned, [...signed, 'content-type'].toSorted().join(';')),
        options: { verifySignatures: 'as the mock' },
        says: ({ status, code }) =>
          `its URL does not sign Content-Type, so S3 takes any type, also ${writeValue(type)}. If the URL should take one type alone, sign it: ${cure}. S3 then refuses another type: ${status} ${code}.`,
      },
    ];
  },
  succeeds: ({ code }) => code === 'SignatureDoesNotMatch',
};

const ofEnding = /\.(\w{1,10})$/;

/** Whether a test has chosen a type by itself: no client sends it unasked, the key has another ending, and no other write of the test had it. */
function isOwnType(type: string, { entry, entries }: Asked): boolean {
  if (Object.hasOwn(sendersOfTypes, type)) return false;
  const isRepeated = entries.some((one) => one !== entry && memberOf(one.input, 'ContentType') === type);
  const [, ending = ''] = ofEnding.exec(entry.key ?? '') ?? [];
  const subtype = type.split(';', 1)[0]?.split('/')[1]?.replace(/^x-/, '') ?? '';
  const isOfKey = ending !== '' && subtype.startsWith(subtypes[ending.toLowerCase()] ?? ending.toLowerCase());
  return !isRepeated && !isOfKey;
}

/** The types that have another name than the ending of a file. */
const subtypes: Readonly<Record<string, string>> = {
  ...{ jpg: 'jpeg', ico: 'icon', tif: 'tiff', txt: 'plain', log: 'plain', md: 'markdown', yml: 'yaml' },
  ...{ js: 'javascript', mjs: 'javascript', mp3: 'mpeg', m4a: 'mp4', mov: 'quicktime', avi: 'msvideo' },
  ...{ gz: 'gzip', tgz: 'gzip', doc: 'msword', xls: 'vnd.', ppt: 'vnd.', docx: 'vnd.', xlsx: 'vnd.', pptx: 'vnd.' },
};

/** Whether code says of the last request that it succeeded, where the test expects that it does not. */
function isTruth({ entry, entries, errors }: Asked): boolean {
  // The type of a key without an ending can be the right one.
  return entries.at(-1) === entry && ofEnding.test(entry.key ?? '') && errors.some(findsTrue);
}
