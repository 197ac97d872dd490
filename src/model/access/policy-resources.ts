import { S3Error } from '../../refusals/s3-error';
import { actionsMatching, type ResourceKind } from './actions';
import { type Given, quoted, requiredTexts, type Selection } from './policy-form';

/** A resource of a bucket policy: the bucket itself, or the objects whose keys match a pattern. */
export type Resource =
  | { readonly kind: 'bucket' }
  /** The pattern has the wildcards `*` and `?`, and, in policies of 2012-10-17, variables such as `${aws:username}`. */
  | { readonly kind: 'object'; readonly keys: string };

/** Reads the actions of a statement. Each names an action that a bucket policy may name, or is a pattern that matches one (F305). */
export function readActions({ inverted, value }: Given, where: string): Selection<string> {
  const patterns = requiredTexts(value, 'Action', where);
  for (const pattern of patterns) {
    const matching = actionsMatching(pattern);
    if (matching.some(({ inBucketPolicy }) => inBucketPolicy)) continue;
    const why = matching.length === 0 ? 'S3 has no action' : 'a bucket policy may not name the action';
    throw new S3Error('PolicyActionInvalid', { Detail: pattern }, `${where}: ${why} ${quoted(pattern)}`);
  }
  return { inverted, of: patterns };
}

/** Reads the resources of a statement: the ARN of the bucket that has the policy, or one below it. They compare with case. */
export function readResources({ inverted, value }: Given, bucketArn: string, where: string): Selection<Resource> {
  const texts = requiredTexts(value, 'Resource', where);
  const of = texts.map((text): Resource => {
    if (text === bucketArn) return { kind: 'bucket' };
    if (text.startsWith(`${bucketArn}/`)) return { kind: 'object', keys: text.slice(bucketArn.length + 1) };
    const why = `${where}: ${quoted(text)} is neither ${bucketArn} nor begins with ${bucketArn}/`;
    throw new S3Error('PolicyResourceInvalid', { Detail: text }, why);
  });
  return { inverted, of };
}

/**
 * Throws unless each action is about a kind of resource that the statement has. It is enough for a pattern that one of its actions is.
 * NotAction and NotResource pass (F309).
 */
export function checkApplicable(
  actions: Selection<string>,
  resources: Selection<Resource>,
  { name, where }: { readonly name: string; readonly where: string },
): void {
  if (actions.inverted || resources.inverted) return;
  const kinds = new Set<ResourceKind>(resources.of.map(({ kind }) => kind));
  const wrong = actions.of.find((pattern) => !actionsMatching(pattern).some(({ kind }) => kinds.has(kind)));
  if (wrong === undefined) return;
  const why = `${where}: ${quoted(wrong)} is about ${kinds.has('bucket') ? 'objects' : 'the bucket'}, and no resource of the statement is`;
  throw new S3Error('PolicyActionWithoutResource', { action: wrong, statement: name }, why);
}
