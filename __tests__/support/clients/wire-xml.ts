import type { Doomed, Tags } from './object-client';
import type { Versioning } from './story-client';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function versioningXml({ Status, MFADelete }: Versioning, xmlns = true): string {
  const status = Status === undefined ? '' : `<Status>${Status}</Status>`;
  const mfaDelete = MFADelete === undefined ? '' : `<MfaDelete>${MFADelete}</MfaDelete>`;
  return `<VersioningConfiguration${named(xmlns)}>${status}${mfaDelete}</VersioningConfiguration>`;
}

export function locationXml(region: string): string {
  return `<CreateBucketConfiguration${named()}><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
}

export function deleteXml(objects: readonly Doomed[], xmlns = true): string {
  const each = objects.map(({ key, versionId }) => {
    const version = versionId === undefined ? '' : `<VersionId>${versionId}</VersionId>`;
    return `<Object><Key>${escaped(key)}</Key>${version}</Object>`;
  });
  return `<Delete${named(xmlns)}>${each.join('')}</Delete>`;
}

export function partsXml(etags: readonly string[], xmlns = true): string {
  const each = etags.map((etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`);
  return `<CompleteMultipartUpload${named(xmlns)}>${each.join('')}</CompleteMultipartUpload>`;
}

export function taggingXml(tags: Tags, xmlns = true): string {
  const each = Object.entries(tags).map(
    ([key, value]) => `<Tag><Key>${escaped(key)}</Key><Value>${escaped(value)}</Value></Tag>`,
  );
  return `<Tagging${named(xmlns)}><TagSet>${each.join('')}</TagSet></Tagging>`;
}

export function textOf(xml: string, name: string): string | undefined {
  return textsOf(xml, name)[0];
}

export function textsOf(xml: string, name: string): readonly string[] {
  return elementsOf(xml, name)
    .filter((text) => text !== '' && !text.includes('<'))
    .map(unescaped);
}

export function elementsOf(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>(.*?)</${name}>`, 'gs'))].map(([, inner = '']) => inner);
}

function named(xmlns = true): string {
  return xmlns ? ` xmlns="${namespace}"` : '';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

export function unescaped(text: string): string {
  const without = text
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
  return without.replaceAll('&amp;', '&');
}
