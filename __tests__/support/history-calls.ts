/** A version as a history names it: `v3` for the third id that the bucket gave out, `null`, or `invented`. */
export type VersionName = string;

/** What a listing is cut by. */
export interface ListingCall {
  readonly prefix: string;
  readonly delimiter: string;
  readonly size: number | undefined;
  readonly after: string;
  readonly afterVersion?: VersionName | undefined;
}

/** One call of a history, with all that it says. */
export type Call =
  | {
      readonly do: 'put';
      readonly key: string;
      readonly body: string;
      readonly note?: string | undefined;
      readonly absent?: boolean | undefined;
      readonly match?: string | undefined;
    }
  | { readonly do: 'delete'; readonly key: string; readonly match?: string | undefined }
  | { readonly do: 'delete version'; readonly key: string; readonly version: VersionName }
  | { readonly do: 'delete objects'; readonly entries: readonly Entry[]; readonly quiet: boolean }
  | { readonly do: 'set versioning'; readonly status: 'Enabled' | 'Suspended' }
  | {
      readonly do: 'copy';
      readonly from: string;
      readonly version: VersionName | undefined;
      readonly to: string;
      readonly note: string | undefined;
    }
  | { readonly do: 'begin upload'; readonly key: string; readonly body: string }
  | { readonly do: 'complete upload' | 'abort upload'; readonly upload: number }
  | { readonly do: 'get' | 'head'; readonly key: string; readonly version: VersionName | undefined }
  | { readonly do: 'get tags'; readonly key: string; readonly version: VersionName | undefined }
  | {
      readonly do: 'put tags';
      readonly key: string;
      readonly version: VersionName | undefined;
      readonly values: readonly string[];
    }
  | ({ readonly do: 'list versions' } & ListingCall)
  | ({ readonly do: 'list objects' } & ListingCall)
  /** `resumed`: by the token of the page before; `after` says where that ended. */
  | ({ readonly do: 'list objects v2'; readonly resumed: boolean } & ListingCall);

/** What an entry of DeleteObjects names. */
export interface Entry {
  readonly key: string;
  readonly version: VersionName | undefined;
}

/** What a call is answered, ids by their names; what is undefined is not there. */
export type Answer = Readonly<Record<string, unknown>>;

/** A call on a line, as a person would say it. */
export function tell({ do: verb, ...said }: Call): string {
  const words = Object.entries(said).flatMap(([name, value]) =>
    value === undefined || value === '' || value === false ? [] : [`${name} ${JSON.stringify(value)}`],
  );
  return `${verb} ${words.join(', ')}`;
}
