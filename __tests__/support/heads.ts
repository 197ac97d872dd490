/** The head of an answer as in `WireAnswer.head`: its own lines are between those that every answer has. */
export function answerHead(...own: readonly string[]): readonly string[] {
  return ['x-amz-id-2: HOST', 'x-amz-request-id: ID', 'Date: NOW', ...own, 'Server: AmazonS3'];
}

export function documentHead(...own: readonly string[]): readonly string[] {
  return answerHead(...own, 'Content-Type: application/xml', 'Transfer-Encoding: chunked');
}

/** The head of a refusal: S3 writes its ids, type and date in another order. */
export function refusalHead(...own: readonly string[]): readonly string[] {
  return [...refusalLines(own), 'Server: AmazonS3'];
}

export function closingRefusalHead(...own: readonly string[]): readonly string[] {
  return [...refusalLines(own), 'Connection: close', 'Server: AmazonS3'];
}

function refusalLines(own: readonly string[]): readonly string[] {
  return [
    'x-amz-request-id: ID',
    'x-amz-id-2: HOST',
    ...own,
    'Content-Type: application/xml',
    'Transfer-Encoding: chunked',
    'Date: NOW',
  ];
}
