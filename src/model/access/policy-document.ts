import { JsonObject, type JsonValue, readJson } from '../../formats/json-entries';
import { S3Error } from '../../refusals/s3-error';
import { readPolicyConditions } from './policy-conditions';
import {
  type Fields,
  isList,
  itemsOf,
  policyFields,
  quote,
  readFields,
  readSelection,
  readString,
  statementFields,
} from './policy-form';
import { checkApplicable, findS3Actions, readActions, readResources } from './policy-resources';
import { type PrincipalContext, readPrincipals } from './principals';
import { makeDocument, type PolicyDocument, type PolicyStatement } from './statement';

/** The policy of a bucket or of an access point: the text that S3 answers, and the document that it means. */
export interface ResourcePolicy {
  readonly text: string;
  readonly document: PolicyDocument;
  readonly isPublic: boolean;
}

interface PolicyContext extends PrincipalContext, PolicyTarget {}

export interface PolicyTarget {
  readonly arn: string;
  readonly objects: string;
  readonly isPublic: (document: PolicyDocument) => boolean;
}

/** The limit in bytes of the text that S3 answers (F302). */
const longest = 20_480;

export function readPolicy(text: string, context: PolicyContext): ResourcePolicy {
  const root = readPolicyJson(text);
  const document = readDocument(root, (statement, index, variables) =>
    readStatement(statement, index, { ...context, variables }),
  );
  const normalised = writePolicy(withVersion(root, document.version), context);
  const bytes = Buffer.byteLength(normalised);
  if (bytes <= longest) return { text: normalised, document, isPublic: context.isPublic(document) };
  throw new S3Error('PolicyTooLong', { limit: longest }, `the policy has ${bytes} bytes without blanks`);
}

/** Reads the policy of a bucket or a role. The policies of users are checked in another order. */
export function readDocument(
  root: JsonValue,
  readOne: (statement: JsonValue, index: number, variables: boolean) => PolicyStatement,
): PolicyDocument {
  const fields = readFields(root, policyFields, 'the policy');
  const statements = readStatements(fields.get('Statement'));
  if (statements.length === 0) throw new S3Error('PolicyStatementsEmpty', {}, 'Statement is an empty list');
  const version = readVersion(fields.get('Version'));
  const id = optionalText(fields, 'Id', 'the policy');
  const read = statements.map((one, index) => readOne(one, index, hasVariables(version)));
  return makeDocument({ version, id, statements: read });
}

export function readPolicyJson(text: string): JsonValue {
  const beginning = quote(text);
  if (!text.startsWith('{'))
    throw new S3Error('PolicyNotJson', {}, text === '' ? 'there is no body' : `the body begins with ${beginning}`);
  const root = readJson(text);
  if (root !== undefined) return root;
  throw new S3Error('PolicyJsonInvalid', {}, `the body is not JSON: ${beginning}`);
}

export function readStatements(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined)
    throw new S3Error('PolicyFieldMissing', { field: 'Statement' }, 'the policy has no Statement');
  return itemsOf(value);
}

export function readVersion(value: JsonValue = '2008-10-17'): PolicyDocument['version'] {
  const version = readString(value, 'Version');
  if (version === '2008-10-17' || version === '2012-10-17') return version;
  throw new S3Error('PolicyVersionInvalid', {}, `Version is ${quote(version)}, not "2012-10-17" or "2008-10-17"`);
}

/** S3 answers a version also if none was sent (F301). */
function withVersion(root: JsonValue, version: PolicyDocument['version']): JsonValue {
  if (!(root instanceof JsonObject) || root.entries.some(([name]) => name === 'Version')) return root;
  return new JsonObject([['Version', version], ...root.entries]);
}

export function hasVariables(version: PolicyDocument['version']): boolean {
  return version === '2012-10-17';
}

export function optionalText(fields: Fields, field: string, where: string): string | undefined {
  const value = fields.get(field);
  return value === undefined ? undefined : readString(value, `${field} of ${where}`);
}

/** S3 checks effect, principal, action, resource and condition in this order (F303). */
function readStatement(
  value: JsonValue,
  index: number,
  context: PolicyContext & { readonly variables: boolean },
): PolicyStatement {
  const { fields, where, sid, effect, principals } = readBeginning(value, index, statementFields, context);
  const actions = readActions(readSelection(fields, 'Action', where), where);
  const { variables } = context;
  const resources = readResources(readSelection(fields, 'Resource', where), context, where);
  const name = sid ?? `NO_ID-${index}`;
  checkApplicable(actions, resources, { name, where });
  const conditions = readPolicyConditions(fields.get('Condition'), { actions, variables }, { name, where });
  return {
    number: index + 1,
    sid,
    effect,
    principals,
    actions,
    covered: findS3Actions(actions),
    resources,
    conditions,
  };
}

type Beginning = Pick<PolicyStatement, 'sid' | 'effect'> & {
  readonly principals: NonNullable<PolicyStatement['principals']>;
  readonly fields: Fields;
  readonly where: string;
};

export function readBeginning(
  value: JsonValue,
  index: number,
  known: readonly string[],
  context: PrincipalContext,
): Beginning {
  const number = `statement ${index + 1}`;
  const fields = readFields(value, known, number);
  const sid = optionalText(fields, 'Sid', number);
  const where = sid === undefined ? number : `${number} (${quote(sid)})`;
  const effect = readEffect(fields, where);
  const principals = readPrincipals(readSelection(fields, 'Principal', where), context, where);
  if (effect === 'Allow' && principals.inverted)
    throw new S3Error('PolicyNotPrincipalAllowed', {}, `${where} allows everyone but its NotPrincipal`);
  return { fields, where, sid, effect, principals };
}

function readEffect(fields: Fields, where: string): PolicyStatement['effect'] {
  const value = fields.get('Effect');
  if (value === undefined) throw new S3Error('PolicyFieldMissing', { field: 'Effect' }, `${where} has no Effect`);
  const effect = readString(value, `Effect of ${where}`);
  if (effect === 'Allow' || effect === 'Deny') return effect;
  throw new S3Error('PolicyEffectInvalid', { effect }, `${where} has neither "Allow" nor "Deny"`);
}

const order = [...policyFields, ...statementFields];

/** S3 answers it in an order of its own, and without blanks (F301). */
export function writePolicy(policy: JsonValue, context: PrincipalContext): string {
  return JSON.stringify(
    ordered(policy, (name, value) =>
      name === 'Statement' ? itemsOf(value).map((statement) => writtenStatement(statement, context)) : written(value),
    ),
  );
}

function writtenStatement(statement: JsonValue, context: PrincipalContext): unknown {
  return ordered(statement, (name, value) =>
    /Principal$/.test(name) ? writtenPrincipal(value, context) : written(value),
  );
}

/** An account's digits become the ARN of its root user (F301), and so does its canonical id (F493). */
function writtenPrincipal(value: JsonValue, context: PrincipalContext): unknown {
  if (!(value instanceof JsonObject)) return written(value);
  const texts = new Map<string, JsonValue[]>();
  for (const [kind, given] of value.entries) {
    for (const text of itemsOf(given)) {
      const arn = arnOfAccount(kind, text, context);
      const writtenKind = arn === undefined ? kind : 'AWS';
      texts.set(writtenKind, [...(texts.get(writtenKind) ?? []), arn ?? text]);
    }
  }
  return Object.fromEntries([...texts].map(([kind, of]) => [kind, written(of)]));
}

function arnOfAccount(kind: string, text: JsonValue, { partition, accounts }: PrincipalContext): string | undefined {
  if (typeof text !== 'string') return undefined;
  const isId = kind === 'AWS' && /^\d{12}$/.test(text);
  const id = isId ? text : accounts.find(({ canonicalId }) => kind === 'CanonicalUser' && canonicalId === text)?.id;
  return id === undefined ? undefined : `arn:${partition}:iam::${id}:root`;
}

function written(value: JsonValue): unknown {
  if (isList(value)) {
    const [only = ''] = value;
    return value.length === 1 ? written(only) : value.map(written);
  }
  if (value instanceof JsonObject) return Object.fromEntries(value.entries.map(([name, one]) => [name, written(one)]));
  return String(value);
}

function ordered(value: JsonValue, write: (name: string, value: JsonValue) => unknown): unknown {
  const entries = value instanceof JsonObject ? value.entries : [];
  const sorted = entries.toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  return Object.fromEntries(sorted.map(([name, member]) => [name, write(name, member)]));
}
