import { type JsonValue, readJson } from '../../formats/json-entries';
import { S3Error } from '../../refusals/s3-error';
import { type Condition, readConditions } from './conditions';
import { writePolicy } from './normalised-policy';
import {
  type Fields,
  fieldsOf,
  isList,
  itemsOf,
  policyFields,
  quoted,
  type Selection,
  selectedOf,
  statementFields,
  textOf,
} from './policy-form';
import { checkApplicable, type Resource, readActions, readResources } from './policy-resources';
import { type Principal, type PrincipalContext, readPrincipals } from './principals';

/** One statement of a bucket policy. */
export interface PolicyStatement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly principals: Selection<Principal>;
  /** Patterns such as `s3:Get*`, as they were written. They compare without case. */
  readonly actions: Selection<string>;
  readonly resources: Selection<Resource>;
  readonly conditions: readonly Condition[];
}

/** A bucket policy, read and checked. */
export interface PolicyDocument {
  /** In policies of 2008-10-17, which is what a policy without a version is, `${...}` is literal text. */
  readonly version: '2008-10-17' | '2012-10-17';
  readonly id: string | undefined;
  readonly statements: readonly PolicyStatement[];
}

/** The policy of a bucket: the text that S3 answers, and the document that it means. */
export interface BucketPolicy {
  readonly text: string;
  readonly document: PolicyDocument;
}

/** The bucket that a policy is for, and the parts of the world that decide whether it is valid. */
export interface PolicyContext extends PrincipalContext {
  readonly bucket: string;
}

/** The greatest size of the text that S3 answers, in bytes (F302). */
const longest = 20_480;

/** Reads a bucket policy, and throws the first of S3's refusals, in its order (F303). */
export function readPolicy(text: string, context: PolicyContext): BucketPolicy {
  const root = readRoot(text);
  const fields = fieldsOf(root, policyFields, 'the policy');
  const statements = readStatements(fields.get('Statement'));
  const version = readVersion(fields.get('Version'));
  const id = optionalText(fields, 'Id', 'the policy');
  const document = { version, id, statements: statements.map((one, index) => readStatement(one, index, context)) };
  const normalised = writePolicy(root, context.partition);
  const bytes = Buffer.byteLength(normalised);
  if (bytes <= longest) return { text: normalised, document };
  throw new S3Error('PolicyTooLong', { limit: longest }, `the policy has ${bytes} bytes without blanks`);
}

function readRoot(text: string): JsonValue {
  const beginning = quoted(text);
  if (!text.startsWith('{'))
    throw new S3Error('PolicyNotJson', {}, text === '' ? 'there is no body' : `the body begins with ${beginning}`);
  const root = readJson(text);
  if (root !== undefined) return root;
  throw new S3Error('PolicyJsonInvalid', {}, `the body is no JSON: ${beginning}`);
}

function readStatements(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined)
    throw new S3Error('PolicyFieldMissing', { field: 'Statement' }, 'the policy has no Statement');
  if (isList(value) && value.length === 0) throw new S3Error('PolicyStatementsEmpty', {}, 'Statement is an empty list');
  return itemsOf(value);
}

function readVersion(value: JsonValue = '2008-10-17'): PolicyDocument['version'] {
  const version = textOf(value, 'Version');
  if (version === '2008-10-17' || version === '2012-10-17') return version;
  throw new S3Error('PolicyVersionInvalid', {}, `Version is ${quoted(version)}, not "2012-10-17" or "2008-10-17"`);
}

function optionalText(fields: Fields, field: string, where: string): string | undefined {
  const value = fields.get(field);
  return value === undefined ? undefined : textOf(value, `${field} of ${where}`);
}

/** Reads a statement. S3 checks effect, principal, action, resource and condition in this order (F303). */
function readStatement(value: JsonValue, index: number, context: PolicyContext): PolicyStatement {
  const number = `statement ${index + 1}`;
  const fields = fieldsOf(value, statementFields, number);
  const sid = optionalText(fields, 'Sid', number);
  const where = sid === undefined ? number : `${number} (${quoted(sid)})`;
  const effect = readEffect(fields, where);
  const principals = readPrincipals(selectedOf(fields, 'Principal', where), context, where);
  if (effect === 'Allow' && principals.inverted)
    throw new S3Error('PolicyNotPrincipalAllowed', {}, `${where} allows everyone but its NotPrincipal`);
  const actions = readActions(selectedOf(fields, 'Action', where), where);
  const bucketArn = `arn:${context.partition}:s3:::${context.bucket}`;
  const resources = readResources(selectedOf(fields, 'Resource', where), bucketArn, where);
  checkApplicable(actions, resources, { name: sid ?? `NO_ID-${index}`, where });
  const condition = fields.get('Condition');
  const conditions = condition === undefined ? [] : readConditions(condition, actions, where);
  return { sid, effect, principals, actions, resources, conditions };
}

function readEffect(fields: Fields, where: string): PolicyStatement['effect'] {
  const value = fields.get('Effect');
  if (value === undefined) throw new S3Error('PolicyFieldMissing', { field: 'Effect' }, `${where} has no Effect`);
  const effect = textOf(value, `Effect of ${where}`);
  if (effect === 'Allow' || effect === 'Deny') return effect;
  throw new S3Error('PolicyEffectInvalid', { effect }, `${where} has neither "Allow" nor "Deny"`);
}
