import { S3Error, wordRefusal } from '../refusals/index';
import { valuesBeside } from '../text/values-beside';

/**
 * The words of a refusal in a message about a fixture: S3's own, or ours if S3 says only that the document does not fit. In brackets our
 * reason, or else the values that S3's words leave out.
 */
export function refusalWords(error: S3Error): string {
  const { refusal, why, quoted } = error;
  const { message, fields } = wordRefusal(error, 'aws');
  const words = message.trim();
  if (why !== undefined && refusal === 'MalformedXML') return inWordsOfOptions(why);
  const reason = why ?? valuesBeside(words, { ...fields, ...quoted }).join(', ');
  return reason === '' ? words : `${words} (${reason})`;
}

/** A reason that is about elements of a document, for somebody who wrote an object with the same names. */
function inWordsOfOptions(why: string): string {
  return why.replace(/\ban? <\w+Configuration>/g, 'it').replace(/<([\w-]+)>/g, '$1');
}

/** The refusal that a part of the model throws; undefined if it throws nothing. */
export function refusalOf(act: () => void): S3Error | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof S3Error) return error;
    throw error;
  }
}
