import type { DialectName, Endpoint } from '../../wire';

/** The level of a path: it names nothing, a bucket, or a key, in the words of S3's refusals. */
export type Level = 'SERVICE' | 'BUCKET' | 'OBJECT';

export interface Row {
  readonly method: string;
  readonly level: Level;
  /** The only paths that the row takes, if it names no bucket. */
  readonly paths: readonly string[] | undefined;
  readonly service: Endpoint['service'];
  /** The name in the query that chooses the operation, as in `?versioning`. */
  readonly subResource: string | undefined;
  /** Further parameters that a request must have, with their values if only one value matches; `*` is every value except the empty one. */
  readonly parameters: readonly (readonly [name: string, value: string | undefined])[];
  readonly requires: string | undefined;
  readonly takesForm: boolean;
  readonly dialect: DialectName | undefined;
}

export interface RowLimits {
  readonly requires?: string;
  readonly takesForm?: boolean;
  readonly dialect?: DialectName;
  readonly service?: Endpoint['service'];
  readonly alsoAt?: readonly string[];
}

export function isMatchingValue(sent: string | undefined, value: string | undefined): boolean {
  if (value === '*') return sent !== undefined && sent !== '';
  return value === undefined ? sent !== undefined : sent === value;
}

/** Reads the pattern of a declaration: `PUT /{Bucket}/{Key+}?partNumber={}&uploadId`, `GET /{Bucket}?list-type=2`. */
export function parsePattern(
  pattern: string,
  { requires, takesForm = false, dialect, service = 's3', alsoAt = [] }: RowLimits,
): Row {
  const [, method = '', path = '', queryText = ''] = /^([A-Z]+) (\/[^?]*)(?:\?(.*))?$/.exec(pattern) ?? [];
  const names = queryText === '' ? [] : queryText.split('&').map((part) => part.split('='));
  return {
    method,
    level: path.includes('{Key+}') ? 'OBJECT' : path.includes('{Bucket}') ? 'BUCKET' : 'SERVICE',
    paths: path.includes('{') || path === '/' ? undefined : [path, ...alsoAt],
    service,
    subResource: names.find((part) => part.length === 1)?.[0],
    parameters: names
      .filter((part) => part.length > 1)
      .map(([name = '', value]) => [name, value === '{}' ? undefined : value]),
    requires,
    takesForm,
    dialect,
  };
}
