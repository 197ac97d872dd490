import { TextDecoder } from 'node:util';
import { firstFound } from '../text/lists';
import { decodeFully, goesUp } from './decoded-text';

/**
 * What a document names beside the buckets of its case. It is read as a text, since a service can read a document that S3 refuses.
 * @module
 */

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Says what a document names that is not of the case, or why that is not known. Returns undefined if it names nothing else. */
export function whyDocumentOutside(body: Uint8Array, buckets: ReadonlySet<string>): string | undefined {
  const text = readUtf8(body);
  if (text === undefined) return 'its document is not UTF-8';
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return 'its document has entities of its own';
  // A comment may hide a part of a name, or pretend to.
  return firstFound([text.replace(hidden, ''), text.replace(marks, ' ')], (plain) => whyTextOutside(plain, buckets));
}

const hidden = /<!--.*?-->|<\?.*?\?>|<!\[CDATA\[|\]\]>/gs;
const marks = /<!--|-->|<\?|\?>|<!\[CDATA\[|\]\]>/g;

function readUtf8(body: Uint8Array): string | undefined {
  try {
    const text = utf8.decode(body);
    const [declaration = ''] = /^\s*<\?xml[^>]*>/.exec(text) ?? [];
    const isOther = /\0/.test(text) || /encoding\s*=\s*["'](?!utf-?8["']|us-ascii["'])/i.test(declaration);
    return isOther ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Checks any text of a request: a document, a parameter or a header. */
export function whyTextOutside(text: string, buckets: ReadonlySet<string>): string | undefined {
  const decoded = decodeFully(text);
  if (decoded === undefined) return 'it contains encoded text inside encoded text';
  if (goesUp(decoded)) return "it has '..', which may lead to another bucket";
  return (
    firstFound([...decoded.matchAll(/\barn:[^\s"'<>,()[\]]*/gi)], ([arn]) => whyArnOutside(arn, buckets)) ??
    firstFound([...decoded.matchAll(/\bs3[an]?:\/\/([^/\s"'<>?#]*)/gi)], ([, name = '']) =>
      buckets.has(name) ? undefined : anotherBucket,
    ) ??
    firstFound([...decoded.matchAll(element)], ([, name = '', content = '']) =>
      whyMemberOutside(name, content.trim(), buckets),
    ) ??
    firstFound([...decoded.matchAll(jsonMember)], ([, name = '', content = '']) =>
      whyMemberOutside(name, content.trim(), buckets),
    ) ??
    whyBeyondBucket(decoded)
  );
}

const element = /<(?:[\w.-]+:)?([\w.-]+)(?:\s[^<>]*)?>([^<>]*)/g;
/** A member, or a condition of a form: `["eq", "$bucket", "vault"]`. */
const jsonMember = /["']\$?(\w+)["']\s*(?::|(?<=\$\w+["']\s*),)\s*\[?\s*["']([^"']*)/g;

const anotherBucket = 'it names another bucket';

function whyArnOutside(arn: string, buckets: ReadonlySet<string>): string | undefined {
  const [, bucket] = /^arn:[\w-]+:s3:::([^/?#]*)/.exec(arn) ?? [];
  if (bucket !== undefined) return buckets.has(bucket) ? undefined : anotherBucket;
  return 'it names something by its ARN that is not of the run';
}

const isBucketMember = /bucket(?:_?name|_?arn)?$/i;
/** What S3 would write to, call, or act as. */
const isTargetMember = /^(?:topic|queue|cloudfunction|role|\w*kms\w*key\w*(?:id|arn))$/i;

/** The key of S3 itself, which each account has. */
export const keyOfS3 = 'alias/aws/s3';

function whyMemberOutside(name: string, value: string, buckets: ReadonlySet<string>): string | undefined {
  if (value === '') return undefined;
  if (isBucketMember.test(name) && !buckets.has(value.replace(/^arn:[\w-]+:s3:::/, ''))) return anotherBucket;
  if (isTargetMember.test(name) && value !== keyOfS3) return 'it names a topic, a queue, a function, a role or a key';
  if (/^mode$/i.test(name) && /^compliance$/i.test(value)) return 'it locks objects so that nobody can remove them';
  if (/^mfadelete$/i.test(name) && /^enabled$/i.test(value)) return 'only a device could remove its bucket';
  return undefined;
}

/** What acts outside of its bucket without a name. */
function whyBeyondBucket(text: string): string | undefined {
  if (/<(?:[\w.-]+:)?EventBridgeConfiguration\b/i.test(text)) return 'its events go to the event bus of the account';
  if (
    /<(?:[\w.-]+:)?(?:S3TablesDestination|Metadata(?:Table)?Configuration|(?:Journal|Inventory|Annotation)Table\w*)\b/i.test(
      text,
    )
  )
    return 'it makes tables of the account';
  return undefined;
}
