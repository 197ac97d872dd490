import { type S3Error, wordRefusal } from '../refusals/index';

/** The words of a refusal in a message about a fixture: S3's own, or ours if S3 says only that the document does not fit. */
export function refusalWords(error: S3Error): string {
  const { refusal, why } = error;
  const words = wordRefusal(error, 'aws').message.trim();
  if (why === undefined) return words;
  return refusal === 'MalformedXML' ? why : `${words} (${why})`;
}
