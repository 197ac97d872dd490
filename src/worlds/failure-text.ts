import type { PlannedFailure } from './ways';

/** Writes what fails in a way. The second of two failures comes after the first. */
export function writeFailures(failures: readonly PlannedFailure[]): string {
  return failures.map(writeFailure).join(', and then ');
}

function writeFailure({ kind, name, code, request, entry }: PlannedFailure): string {
  // The name of a way is the request and the failure.
  const failing = name.slice(0, name.lastIndexOf(`, ${kind}`));
  switch (kind) {
    case 'fail':
    case 'deny':
      return `${failing} fails with ${code}`;
    case 'disconnect before':
      return `the connection is lost before S3 applies ${failing}`;
    case 'disconnect during':
      return `the connection is lost in the middle of the answer to ${failing}`;
    case 'disconnect after':
      return `the connection is lost after S3 applied ${failing}`;
    case 'no answer before':
      return `S3 never answers ${failing}, and did not apply it`;
    case 'no answer after':
      return `S3 applied ${failing}, and never answers`;
    case 'late':
      return `the answer to ${failing} comes after the code has given up waiting`;
    case 'lasting':
      return `${failing} fails with ${code}, and so does each later ${writeLater(request)}`;
    case 'corrupt':
      return `half of the answer to ${failing} is missing`;
    case 'error in 200':
      return `${failing} fails with ${code} inside of a 200`;
    case 'fail entry':
      return `${failing} fails for its entry ${entry?.name}`;
    case 'crash before':
      return `the process ends before S3 applies ${failing}`;
    case 'crash after':
      return `the process ends after S3 applied ${failing}`;
  }
}

/** Such a failure holds for the requests of one operation, bucket and key. */
function writeLater({ operation, input }: PlannedFailure['request']): string {
  const place = (['Key', 'Bucket'] as const).find((name) => Reflect.get(input, name) !== undefined);
  const later = operation ?? 'request that is no operation';
  return place === undefined ? later : `${later} of that ${place.toLowerCase()}`;
}
