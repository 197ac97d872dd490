import type { Doomed, Tags } from './object-client';
import type { Versioning } from './story-client';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** The body of PutBucketVersioning. */
export function versioningXml({ Status, MFADelete }: Versioning, xmlns = true): string {
  const status = Status === undefined ? '' : `<Status>${Status}</Status>`;
  const mfaDelete = MFADelete === undefined ? '' : `<MfaDelete>${MFADelete}</MfaDelete>`;
  return `<VersioningConfiguration${named(xmlns)}>${status}${mfaDelete}</VersioningConfiguration>`;
}

/** The body of CreateBucket. */
export function locationXml(region: string): string {
  return `<CreateBucketConfiguration${named()}><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
}

/** The body of DeleteObjects. */
export function deleteXml(objects: readonly Doomed[], xmlns = true): string {
  const each = objects.map(({ key, versionId }) => {
    const version = versionId === undefined ? '' : `<VersionId>${versionId}</VersionId>`;
    return `<Object><Key>${escaped(key)}</Key>${version}</Object>`;
  });
  return `<Delete${named(xmlns)}>${each.join('')}</Delete>`;
}

/** The body of CompleteMultipartUpload, from the entity tags of its parts. */
export function partsXml(etags: readonly string[], xmlns = true): string {
  const each = etags.map((etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`);
  return `<CompleteMultipartUpload${named(xmlns)}>${each.join('')}</CompleteMultipartUpload>`;
}

/** The body of PutObjectTagging. */
export function taggingXml(tags: Tags, xmlns = true): string {
  const each = Object.entries(tags).map(
    ([key, value]) => `<Tag><Key>${escaped(key)}</Key><Value>${escaped(value)}</Value></Tag>`,
  );
  return `<Tagging${named(xmlns)}><TagSet>${each.join('')}</TagSet></Tagging>`;
}

/** Returns the text of the first element of that name. */
export function textOf(xml: string, name: string): string | undefined {
  return textsOf(xml, name)[0];
}

/** Returns the texts of the elements of that name that have one. */
export function textsOf(xml: string, name: string): readonly string[] {
  return elementsOf(xml, name)
    .filter((text) => text !== '' && !text.includes('<'))
    .map(unescaped);
}

/** Returns the contents of the elements of that name. */
export function elementsOf(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>(.*?)</${name}>`, 'gs'))].map(([, inner = '']) => inner);
}

function named(xmlns = true): string {
  return xmlns ? ` xmlns="${namespace}"` : '';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function unescaped(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
