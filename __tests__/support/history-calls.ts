import type { NamedEncryption, NewEncryption, Secret } from './history-encryption';

/** The name of a version in a history: `v3` for the third id that the bucket returned, `null`, or `invented`. */
export type VersionName = string;

export interface ListingCall {
  readonly prefix: string;
  readonly delimiter: string;
  readonly size: number | undefined;
  readonly after: string;
  readonly afterVersion?: VersionName | undefined;
}

export interface SourceCall {
  readonly from: string;
  readonly version: VersionName | undefined;
  readonly sourceSecret: Secret | undefined;
}

export type Call =
  | {
      readonly do: 'put';
      readonly key: string;
      readonly body: string;
      readonly note?: string | undefined;
      readonly absent?: boolean | undefined;
      readonly match?: string | undefined;
      readonly encryption?: NewEncryption | undefined;
    }
  | { readonly do: 'delete'; readonly key: string; readonly match?: string | undefined }
  | { readonly do: 'delete version'; readonly key: string; readonly version: VersionName }
  | { readonly do: 'delete objects'; readonly entries: readonly Entry[]; readonly quiet: boolean }
  | { readonly do: 'set versioning'; readonly status: 'Enabled' | 'Suspended' }
  /** `byDefault` is what the configuration of the bucket names; `blocked`, whether it blocks customers' keys, if it says so. */
  | { readonly do: 'set encryption'; readonly byDefault: NamedEncryption; readonly blocked: boolean | undefined }
  | { readonly do: 'delete encryption' }
  | (SourceCall & {
      readonly do: 'copy';
      readonly to: string;
      readonly note: string | undefined;
      readonly encryption: NewEncryption | undefined;
    })
  | {
      readonly do: 'begin upload';
      readonly key: string;
      readonly body: string;
      readonly encryption: NewEncryption | undefined;
    }
  /** The part takes the place of the one that the upload began with. */
  | { readonly do: 'upload part'; readonly upload: number; readonly body: string; readonly secret: Secret | undefined }
  | (SourceCall & { readonly do: 'copy part'; readonly upload: number; readonly secret: Secret | undefined })
  | { readonly do: 'complete upload'; readonly upload: number; readonly secret: Secret | undefined }
  | { readonly do: 'abort upload'; readonly upload: number }
  | {
      readonly do: 'get' | 'head';
      readonly key: string;
      readonly version: VersionName | undefined;
      readonly secret?: Secret | undefined;
    }
  | { readonly do: 'get tags'; readonly key: string; readonly version: VersionName | undefined }
  | {
      readonly do: 'put tags';
      readonly key: string;
      readonly version: VersionName | undefined;
      readonly values: readonly string[];
    }
  | ({ readonly do: 'list versions' } & ListingCall)
  | ({ readonly do: 'list objects' } & ListingCall)
  /** `resumed`: with the token of the page before; `after` is the end of that page. */
  | ({ readonly do: 'list objects v2'; readonly resumed: boolean } & ListingCall);

export interface Entry {
  readonly key: string;
  readonly version: VersionName | undefined;
}

/** The answer to a call, with the names of ids; an undefined field is absent. */
export type Answer = Readonly<Record<string, unknown>>;

export function tell({ do: verb, ...said }: Call): string {
  const words = Object.entries(said).flatMap(([name, value]) =>
    value === undefined || value === '' || value === false ? [] : [`${name} ${JSON.stringify(value)}`],
  );
  return `${verb} ${words.join(', ')}`;
}
