import type { DialectName, Endpoint } from '../../wire';

/** Whether a path names nothing, a bucket, or a key of it, in the words of S3's refusals. */
export type Level = 'SERVICE' | 'BUCKET' | 'OBJECT';

/** What a request must be for a declaration to be the one that it asks for. */
export interface Row {
  readonly method: string;
  readonly level: Level;
  /** The only path that the row takes, if it names no bucket. */
  readonly path: string | undefined;
  readonly service: Endpoint['service'];
  /** The name that chooses the operation by being there, as in `?versioning`. */
  readonly subResource: string | undefined;
  /** Further parameters that must be there, and their values if only one is right. */
  readonly parameters: readonly (readonly [name: string, value: string | undefined])[];
  /** A header that must be there. */
  readonly requires: string | undefined;
  /** The body must be a browser's form. */
  readonly takesForm: boolean;
  readonly dialect: DialectName | undefined;
}

/** What a declaration demands of a request beside its pattern. */
export interface RowLimits {
  readonly requires?: string;
  readonly takesForm?: boolean;
  readonly dialect?: DialectName;
  readonly service?: Endpoint['service'];
}

/** Reads the pattern of a declaration: `PUT /{Bucket}/{Key+}?partNumber={}&uploadId`, `GET /{Bucket}?list-type=2`. */
export function parsePattern(
  pattern: string,
  { requires, takesForm = false, dialect, service = 's3' }: RowLimits,
): Row {
  const [, method = '', path = '', queryText = ''] = /^([A-Z]+) (\/[^?]*)(?:\?(.*))?$/.exec(pattern) ?? [];
  const names = queryText === '' ? [] : queryText.split('&').map((part) => part.split('='));
  return {
    method,
    level: path.includes('{Key+}') ? 'OBJECT' : path.includes('{Bucket}') ? 'BUCKET' : 'SERVICE',
    path: path.includes('{') || path === '/' ? undefined : path,
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
