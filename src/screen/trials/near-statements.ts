import { findAction, findCounterpart } from '../../model/access/actions';
import type { ResourcePolicy } from '../../model/access/policy-document';
import { findS3Actions } from '../../model/access/policy-resources';
import { makeDocument, type PolicyStatement } from '../../model/access/statement';
import { readResource } from '../../model/access/variables';
import { writeArn } from '../../model/bucket';
import type { Store } from '../../model/store';
import { writeValue } from '../../text/values';
import type { Asked, Change, Hint } from '../hint';

/** A statement with one of its parts changed so that it could match, and what its part says now. */
interface Variant {
  readonly changed: Partial<PolicyStatement>;
  readonly why: string;
}

/** A test expects that a policy refuses a request, and a statement that denies differs from it in one part. */
export const tryNearStatement: Hint = {
  tries: 'a statement that denies, with another Resource, Action or Principal, or without a Condition',
  of: 'requests that should be refused',
  changes: (asked) => {
    const { entry, entries, store } = asked;
    const policy = store.buckets.get(entry.bucket ?? '')?.policy;
    if (policy === undefined || entries.at(-1) !== entry) return [];
    return policy.document.statements
      .filter(({ effect }) => effect === 'Deny')
      .flatMap((statement) =>
        listVariants(statement, asked, policy).map((variant) => change(asked, policy, statement, variant)),
      );
  },
  succeeds: ({ code }) => code === 'AccessDenied',
};

function change(
  { entry: { bucket: name = '' } }: Asked,
  policy: ResourcePolicy,
  statement: PolicyStatement,
  { changed, why }: Variant,
): Change {
  const statements = policy.document.statements.map((one) => (one === statement ? { ...one, ...changed } : one));
  const document = makeDocument({ version: policy.document.version, id: policy.document.id, statements });
  const arrange = (copy: Store) => copy.buckets.get(name)?.change({ policy: { ...policy, document } });
  return {
    wire: {},
    options: { verifySignatures: 'as the mock', arrange },
    says: () => `statement ${statement.number} of the policy of bucket ${name} does not deny it, because ${why}.`,
  };
}

function listVariants(statement: PolicyStatement, asked: Asked, policy: ResourcePolicy): readonly Variant[] {
  return [
    ...listResources(statement, asked, policy),
    ...listActions(statement),
    ...listPrincipals(statement),
    ...listConditions(statement),
  ];
}

/** The bucket in place of its objects, its objects in place of the bucket, and what begins with a key in place of the key. */
function listResources(
  { resources }: PolicyStatement,
  { entry, store }: Asked,
  policy: ResourcePolicy,
): readonly Variant[] {
  const named = store.buckets.get(entry.bucket ?? '');
  if (resources.inverted || named === undefined) return [];
  const bucket = writeArn(named);
  const arns = resources.of.map(({ arn }) => arn);
  const variables = policy.document.version === '2012-10-17';
  const make = (arn: string, why: string): Variant => ({
    changed: { resources: { inverted: false, of: [{ kind: 'any', arn, matches: readResource(arn, variables) }] } },
    why: `its Resource is ${arns.map((one) => writeValue(one)).join(', ')}, and ${why}. With ${writeValue(arn)} it would have been refused`,
  });
  const ofKeys = arns
    .filter((arn) => arn.startsWith(`${bucket}/`) && !arn.endsWith('*'))
    .map((arn) => make(`${arn}*`, 'without a wildcard that is one key alone'));
  return entry.key === undefined
    ? [make(bucket, 'the request is about the bucket itself')]
    : [...(arns.includes(bucket) ? [make(`${bucket}/*`, 'that is the bucket without its objects')] : []), ...ofKeys];
}

/** The action of a version in place of the plain one, and the other way round. */
function listActions({ actions }: PolicyStatement): readonly Variant[] {
  if (actions.inverted) return [];
  return actions.of.flatMap((action) => {
    const other = findCounterpart(findAction(action)?.name ?? '');
    if (other === undefined) return [];
    const of = { inverted: false, of: [...actions.of, other] };
    const why = `its Action is ${action}, and the request needs ${other}. With both it would have been refused`;
    return { changed: { actions: of, covered: findS3Actions(of) }, why };
  });
}

function listPrincipals({ principals }: PolicyStatement): readonly Variant[] {
  if (principals === undefined || principals.inverted || principals.of.some(({ kind }) => kind === 'everyone'))
    return [];
  return [
    {
      changed: { principals: { inverted: false, of: [{ kind: 'everyone' }] } },
      why: `its Principal is ${principals.of.map(writePrincipal).join(', ')}, and the request came from another caller. With Principal: '*' it would have been refused`,
    },
  ];
}

type Principal = NonNullable<PolicyStatement['principals']>['of'][number];

function writePrincipal(principal: Principal): string {
  if ('arn' in principal) return principal.arn;
  if ('account' in principal) return `account ${principal.account}`;
  if ('id' in principal) return principal.id;
  return 'name' in principal ? principal.name : '*';
}

/** Policies of nearly all buckets deny what comes without TLS, and no test means that. */
const ofTransport = /^(?:aws:SecureTransport|s3:TlsVersion|s3:signature.*|s3:authType)$/i;

function listConditions({ conditions }: PolicyStatement): readonly Variant[] {
  if (conditions.length !== 1) return [];
  return conditions
    .filter(({ key }) => !ofTransport.test(key))
    .map(({ name, key, values }) => ({
      changed: { conditions: [] },
      why: `its Condition, ${name} ${key}: ${values.map((one) => writeValue(one)).join(', ')}, does not hold for the request. Without it, it would have been refused`,
    }));
}
