import { S3Error } from '../../refusals';
import { mebibyte } from '../../shapes/places';
import type { Members, Shape, Traits } from '../../shapes/shape';
import { counted } from '../../text/counts';
import { writeKey } from '../../text/values';
import { MarkupProblem } from './characters';
import { refusalForMarkup, refusalForSchema } from './element-traits';
import { readElement, readElements, wireNameOf } from './elements';
import { type ReadMember, report, type Unreadable } from './parameters';
import { beginsLikeXml, readXml, type XmlElement } from './xml';

export function payloadReader(members: Members, limits: Traits): ReadMember {
  const { refusalOfRequest, whenMalformed } = limits;
  const read = documentReader(members, limits);
  if (refusalOfRequest === undefined && whenMalformed === undefined) return read;
  return (source, found) => {
    const refusal = refusalOfRequest?.(source);
    if (refusal) report(found, 'body', refusal);
    const own: Unreadable = { refusals: {}, texts: found.texts };
    const value = read(source, own);
    const { document, ...others } = own.refusals;
    Object.assign(found.refusals, { ...others, ...found.refusals });
    const isOwn = whenMalformed !== undefined && document?.refusal !== 'ElementInValue'; // F971
    if (document) report(found, 'document', isOwn ? new S3Error(whenMalformed, {}, document.why) : document);
    return value;
  };
}

function documentReader(members: Members, limits: Traits): ReadMember {
  const { isRequired, maxBytes = mebibyte, roots, emptyIsMalformed, adviceForText } = limits;
  return ({ body }, found) => {
    if (body.length > maxBytes)
      return beginsLikeXml(body)
        ? report(found, 'size', refusalForLength(body.length, maxBytes))
        : report(found, 'document', refusalForOtherBody(body));
    if (body.length === 0 && emptyIsMalformed) return report(found, 'document', refusalForSchema('the body is empty'));
    if (body.length === 0) return isRequired ? report(found, 'body', new S3Error('MissingRequestBody')) : undefined;
    const root = readXml(body);
    if (root instanceof MarkupProblem)
      return report(found, 'document', refusalForMarkup('the body', root, adviceForText));
    if (roots?.includes(root.name) === false)
      return report(found, 'document', refusalForSchema(`the root is <${root.name}>, not ${rootNames(roots)}`));
    const refused: S3Error[] = [];
    const value = readElements(members, root, (refusal) => refused.push(refusal));
    // S3 refuses a document that does not fit its schema before it refuses a value (F71).
    const [first] = refused.toSorted((a, b) => Number(isMalformed(b)) - Number(isMalformed(a)));
    if (first) report(found, 'document', first);
    return value;
  };
}

const shown = 60;

function refusalForOtherBody(body: Uint8Array): S3Error {
  const beginning = Buffer.from(body.subarray(0, shown)).toString();
  return refusalForSchema(`the body is not well-formed XML: ${writeKey(beginning)}${body.length > shown ? '…' : ''}`);
}

function refusalForLength(length: number, maxBytes: number): S3Error {
  const why = `the document has ${counted(length, 'byte')}; S3 reads ${counted(maxBytes, 'byte')} at most`;
  return new S3Error('MessageTooLong', { MaxMessageLengthBytes: maxBytes }, why);
}

function rootNames(roots: readonly string[]): string {
  return roots.map((name) => `<${name}>`).join(' or ');
}

function isMalformed({ refusal }: S3Error): boolean {
  return refusal === 'MalformedXML' || refusal === 'ElementInValue';
}

export const readPayloadText: ReadMember = ({ body }, found) => {
  if (body.length > mebibyte) return report(found, 'size', refusalForLength(body.length, mebibyte));
  return body.length === 0 ? undefined : Buffer.from(body).toString();
};

export function uncheckedReader(members: Members): ReadMember {
  return unchecked((root) => readElements(members, root, () => {}));
}

export function uncheckedElementReader(name: string, member: Shape & Traits): ReadMember {
  const { at: _at, ...inside } = member;
  return unchecked((root) => readElement(name, inside, root, () => {}));
}

function unchecked(read: (root: XmlElement) => unknown): ReadMember {
  return ({ body }) => {
    const root = body.length > mebibyte ? undefined : readXml(body);
    return root === undefined || root instanceof MarkupProblem ? undefined : read(root);
  };
}

/** S3 ignores a document with another root (F569). */
export function documentFieldReader(name: string, members: Members, member: Traits): ReadMember {
  const field = wireNameOf(name, member);
  return ({ form }, found) => {
    const text = form?.fields.get(field);
    if (text === undefined) return undefined;
    const document = readXml(Buffer.from(text));
    if (document instanceof MarkupProblem || member.roots?.includes(document.name) === false) {
      found.texts = { ...found.texts, [name]: text };
      if (document instanceof MarkupProblem)
        report(found, 'document', refusalForMarkup(`the field ${field}`, document));
      return undefined;
    }
    return readElements(members, document, (refusal) => report(found, 'document', refusal));
  };
}
