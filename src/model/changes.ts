import type { Caller } from './identity/account';
import type { Version } from './versions/version';

/** Who changed a version: a request, S3 itself by a rule of the bucket, or a test past the wire. */
export type Cause =
  | {
      readonly by: 'request';
      /** The name of the operation, as SDKs have it. */
      readonly operation: string;
      readonly caller: Caller;
      /** The id of the request in its answer. */
      readonly requestId: string;
    }
  | {
      readonly by: 'service';
      /** The name of the action in S3's server access logs. */
      readonly operation: string;
      readonly rule: string;
    }
  | { readonly by: 'test' };

/** Who made the changes of one transaction, and when: milliseconds since 1970. */
export interface Origin {
  readonly cause: Cause;
  readonly time: number;
}

/** The parts of a version that change while its bytes stay. */
const parts = {
  tags: ({ tags }: Version) => tags,
  acl: ({ acl }: Version) => acl,
  retention: ({ lock }: Version) => lock?.retention,
  'legal hold': ({ lock }: Version) => lock?.legalHold,
  'storage class': ({ content }: Version) => content?.storageClass,
  encryption: ({ content }: Version) => content?.encryption,
} satisfies Readonly<Record<string, (version: Version) => unknown>>;

const partNames = Object.keys(parts) as readonly (keyof typeof parts)[]; // its own keys

/** The kind of a change: a version was made or removed, or the named part of it was put. A part that was put may equal the one before. */
export type ChangeKind = 'version written' | 'delete marker made' | 'version removed' | keyof typeof parts;

/** One change of a version: plain data that later changes do not touch. */
export interface Change extends Origin {
  readonly kind: ChangeKind;
  /** The bucket's name. */
  readonly bucket: string;
  readonly key: string;
  /** As it is after the change; a removed one as it was. `versionIdOf` has its id. */
  readonly version: Version;
  /** As it was before the change. For a new null version, the one that it replaced: S3 does not report that removal. */
  readonly before: Version | undefined;
}

/** One step of a bucket's stacks: the version before and after it. Two versions are a null version and the one that took its place. */
export interface VersionStep {
  readonly bucket: string;
  readonly before: Version | undefined;
  readonly after: Version | undefined;
}

/** The changes that the steps of a transaction make, in their order. */
export function changesOf(steps: readonly VersionStep[], { cause, time }: Origin): readonly Change[] {
  return steps.flatMap((step) => {
    const { bucket, before, after } = step;
    const version = after ?? before;
    if (version === undefined) return [];
    return kindsOf(step).map((kind) => ({ kind, bucket, key: version.key, version, before, cause, time }));
  });
}

function kindsOf({ before, after }: VersionStep): readonly ChangeKind[] {
  if (after === undefined) return ['version removed'];
  if (before?.sequence !== after.sequence)
    return [after.content === undefined ? 'delete marker made' : 'version written'];
  return partNames.filter((name) => parts[name](before) !== parts[name](after));
}
