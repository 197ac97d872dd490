import { S3Error } from '../../refusals/s3-error';
import type { Session } from '../identity/session';
import type { Tag } from '../tagging';

/** The tags of a session that is to begin. */
export interface SessionTags {
  /** Those of the request. */
  readonly requested: readonly Tag[];
  /** All that it has: beside those of the request, the transitive ones of the calling session. */
  readonly tags: readonly Tag[];
  /** The keys, in lower case, of those that its own sessions inherit. */
  readonly transitive: ReadonlySet<string>;
}

interface TagInput {
  readonly Tags?: readonly Tag[];
  readonly TransitiveTagKeys?: readonly string[];
}

/** Reads the tags of a request; throws STS's refusals (F705). Keys compare without case. */
export function readSessionTags(
  { Tags: requested = [], TransitiveTagKeys = [] }: TagInput,
  caller?: Session,
): SessionTags {
  const keys = requested.map(({ Key }) => Key.toLowerCase());
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new S3Error('StsTagTwice', {}, `two of the tags have the key ${twice}`);
  const transitive = TransitiveTagKeys.map((key) => key.toLowerCase());
  const missing = transitive.find((key) => !keys.includes(key));
  if (missing !== undefined)
    throw new S3Error(
      'StsTransitiveTagMissing',
      {},
      `TransitiveTagKeys has ${missing}; the tags are: ${keys.join(', ')}`,
    );
  const inherited = inheritedTags(caller);
  const taken = inherited.find(({ Key }) => keys.includes(Key.toLowerCase()));
  if (taken !== undefined)
    throw new S3Error('StsTransitiveTagTaken', {}, `the calling session has the transitive tag ${taken.Key}`);
  return {
    requested,
    tags: [...requested, ...inherited],
    transitive: new Set([...(caller?.transitiveTags ?? []), ...transitive]),
  };
}

function inheritedTags(caller: Session | undefined): readonly Tag[] {
  const transitive = caller?.transitiveTags;
  return (caller?.tags ?? []).filter(({ Key }) => transitive?.has(Key.toLowerCase()));
}
