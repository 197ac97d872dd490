import { S3Error } from '../../refusals/s3-error';
import { hintFor } from '../../text/spelling';
import { MalformedPolicyDocument } from './malformed-policy-document';
import { conditionOf, readPolicyKeys } from './policy-conditions';
import { hasVariables, optionalText, readBeginning, readRoot, readStatements, readVersion } from './policy-document';
import { fieldsOf, type Given, policyFields, quoted, requiredTexts, type Selection, selectedOf } from './policy-form';
import type { Principal, PrincipalContext } from './principals';
import { makeDocument, type PolicyDocument, type PolicyStatement } from './statement';
import { type StsActionName, stsActionsMatching, stsCoveredBy } from './sts-actions';
import { checkSharedProviders } from './trust-controls';
import { hasWildcard } from './wildcards';

/** The policy of a role that says who may assume it. */
export interface TrustPolicy {
  /** The document as JSON, as it was given. */
  readonly text: string;
  readonly document: PolicyDocument;
}

/** The members of a statement: those of a bucket policy, without a resource, which is the role itself. */
const trustFields = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Condition'];

/** The most characters, without blanks, to which a quota of IAM can be raised; by default it is 2,048 (F714). */
const longest = 4096;

/** Reads the trust policy of a role. Mistakes of its form are refused in the words of bucket policies, since the mock has no API of IAM. */
export function readTrustPolicy(text: string, context: PrincipalContext): TrustPolicy {
  const fields = fieldsOf(readRoot(text), policyFields, 'the policy');
  const statements = readStatements(fields.get('Statement'));
  if (statements.length === 0) throw new S3Error('PolicyStatementsEmpty', {}, 'Statement is an empty list');
  const version = readVersion(fields.get('Version'));
  const id = optionalText(fields, 'Id', 'the policy');
  const read = statements.map((one, index) => readStatement(one, index, context, hasVariables(version)));
  const { length } = text.replaceAll(/\s/g, '');
  if (length > longest)
    throw new S3Error('PolicyTooLong', { limit: longest }, `the policy has ${length} characters without blanks`);
  return { text, document: makeDocument({ version, id, statements: read }) };
}

function readStatement(
  value: Parameters<typeof fieldsOf>[0],
  index: number,
  context: PrincipalContext,
  variables: boolean,
): PolicyStatement {
  const { fields, where, sid, effect, principals } = readBeginning(value, index, trustFields, context);
  checkKinds(principals, where);
  const actions = readActions(selectedOf(fields, 'Action', where), where);
  const conditions = readPolicyKeys(fields.get('Condition'), where).map((one) => conditionOf(one, variables));
  const covered = stsCoveredBy(actions);
  // Each statement is about the role that has it.
  const resources = { inverted: true, of: [] };
  checkSharedProviders({ effect, covered, principals, conditions }, where);
  return { number: index + 1, sid, effect, principals, actions, covered, resources, conditions };
}

/** Canonical ids and CloudFront's identities are principals of S3 alone. */
function checkKinds({ of }: Selection<Principal>, where: string): void {
  for (const principal of of) {
    if (principal.kind !== 'canonical user' && principal.kind !== 'origin access identity') continue;
    const why = `${where}: a trust policy may not name a ${principal.kind}`;
    throw new S3Error('PolicyPrincipalInvalid', { kind: 'CanonicalUser', principal: principal.id }, why);
  }
}

/** The actions that a trust policy may name: those that begin a session of the role, and those that they need beside. */
const trustActions: ReadonlySet<string> = new Set<StsActionName>([
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:SetContext',
  'sts:SetSourceIdentity',
  'sts:TagSession',
]);

/** A trust policy names no other actions, neither by a pattern, and names compare with case (F714). */
function readActions({ inverted, value }: Given, where: string): Selection<string> {
  const patterns = requiredTexts(value, 'Action', where);
  for (const pattern of patterns) {
    const matching = stsActionsMatching(pattern);
    const isPattern = hasWildcard(pattern);
    const fits = isPattern
      ? matching.length > 0 && matching.every((one) => trustActions.has(one))
      : trustActions.has(pattern);
    // NotAction leaves out what it names, and may name more.
    if (fits || (inverted && matching.length > 0)) continue;
    throw new MalformedPolicyDocument(
      'AssumeRole policy may only specify STS AssumeRole actions.',
      `${where}: ${quoted(pattern)} ${isPattern ? 'also means others' : 'is not one of them'}; they are ${[...trustActions].join(', ')}.${isPattern ? '' : hintFor(pattern, [...trustActions])}`,
    );
  }
  return { inverted, of: patterns };
}
