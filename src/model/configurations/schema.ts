import { S3Error } from '../../refusals/s3-error';

/** Throws for an element of a document that is there and empty, by its name: S3's schema wants a text in it (F1021). */
export function checkFilled(elements: Readonly<Record<string, string | undefined>>): void {
  for (const [name, text] of Object.entries(elements))
    if (text === '') throw new S3Error('MalformedXML', {}, `<${name}> is empty`);
}
