/** Signatures have up to 150 bytes. A longer text is no signature. */
const longestSignature = 300;

/**
 * The signature in the query of a presigned URL, with the date or the end that it signs. It is the same for each request that uses the URL,
 * also if version 2 does not sign the whole query. Returns undefined if the query has no signature.
 */
export function findUrlSignature(query: ReadonlyMap<string, string>): string | undefined {
  if (query.size === 0) return undefined;
  // S3 reads the names of version 4 in any case.
  const names = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
  const signature = names.get('x-amz-signature');
  const text =
    signature === undefined
      ? join(query.get('Signature'), query.get('Expires'))
      : join(signature, names.get('x-amz-date'));
  return text === undefined || text.length > longestSignature ? undefined : text;
}

function join(signature: string | undefined, date: string | undefined): string | undefined {
  return signature === undefined || date === undefined ? undefined : `${date} ${signature}`;
}
