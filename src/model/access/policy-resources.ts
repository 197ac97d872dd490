import { S3Error } from '../../refusals/s3-error';
import { hintFor } from '../../text/spelling';
import { actionsMatching, actions as allActions, type ResourceKind } from './actions';
import { quote, readTexts, type Selection, type StatementName, type WrittenSelection } from './policy-form';
import { readResource, type TextTest } from './variables';

export interface Resource {
  /** The policy of a bucket or of an access point names that, or objects in it; the policy of a user names any resources. */
  readonly kind: 'bucket' | 'object' | 'any';
  /** A pattern of ARNs with the wildcards `*` and `?`, and, in policies of 2012-10-17, variables such as `${aws:username}`. */
  readonly arn: string;
  readonly matches: TextTest;
}

export function readActions({ inverted, value }: WrittenSelection, where: string): Selection<string> {
  const patterns = readTexts(value, 'Action', where);
  for (const pattern of patterns) {
    const matching = actionsMatching(pattern);
    if (matching.some(({ inBucketPolicy }) => inBucketPolicy)) continue;
    const why = matching.length === 0 ? noAction(pattern) : `a bucket policy may not name the action ${quote(pattern)}`;
    throw new S3Error('PolicyActionInvalid', { Detail: pattern }, `${where}: ${why}`);
  }
  return { inverted, of: patterns };
}

function noAction(pattern: string): string {
  const hint = hintFor(
    pattern,
    allActions.filter(({ inBucketPolicy }) => inBucketPolicy).map(({ name }) => name),
  );
  return `S3 has no action ${quote(pattern)}${hint === '' ? '' : `.${hint}`}`;
}

export function readResources(
  { inverted, value }: WrittenSelection,
  { arn, objects, variables }: { readonly arn: string; readonly objects: string; readonly variables: boolean },
  where: string,
): Selection<Resource> {
  const texts = readTexts(value, 'Resource', where);
  const of = texts.map((text): Resource => {
    const matches = readResource(text, variables);
    if (text === arn) return { kind: 'bucket', arn: text, matches };
    if (text.startsWith(objects)) return { kind: 'object', arn: text, matches };
    const why = `${where}: ${quote(text)} is neither ${arn} nor begins with ${objects}`;
    throw new S3Error('PolicyResourceInvalid', { Detail: text }, why);
  });
  return { inverted, of };
}

/**
 * Throws if an action cannot apply to the resources. For a pattern, it is enough that one of its actions can. NotAction and NotResource
 * pass (F309).
 */
export function checkApplicable(
  actions: Selection<string>,
  resources: Selection<Resource>,
  { name, where }: StatementName,
): void {
  if (actions.inverted || resources.inverted) return;
  const kinds = new Set<ResourceKind | 'any'>(resources.of.map(({ kind }) => kind));
  const wrong = actions.of.find((pattern) => !actionsMatching(pattern).some(({ kind }) => kinds.has(kind)));
  if (wrong === undefined) return;
  const [subject, example] = kinds.has('bucket')
    ? ['objects', 'arn:aws:s3:::vault/*']
    : ['the bucket', 'arn:aws:s3:::vault'];
  const why = `${where}: ${quote(wrong)} applies to ${subject}, and no resource of the statement names ${subject}, such as ${example}`;
  throw new S3Error('PolicyActionWithoutResource', { action: wrong, statement: name }, why);
}

export function findS3Actions({ inverted, of }: Selection<string>): ReadonlySet<string> {
  const named = new Set<string>(of.flatMap(actionsMatching).map(({ name }) => name));
  return inverted ? new Set(allActions.map(({ name }) => name).filter((name) => !named.has(name))) : named;
}
