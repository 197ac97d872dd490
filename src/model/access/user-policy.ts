import type { JsonValue } from '../../formats/json-entries';
import { readUserConditions } from './conditions';
import { hasVariables, optionalText, readEffect, readRoot, readStatements, readVersion } from './policy-document';
import { fieldsOf, policyFields, quoted, selectedOf, statementFields } from './policy-form';
import { coveredBy, readUserActions, readUserResources } from './policy-resources';
import { makeDocument, type PolicyDocument, type PolicyStatement } from './statement';

/** A policy of a user, a role or a session: IAM's identity-based policy. */
export interface UserPolicy {
  /** Of a managed policy; an inline policy has none. */
  readonly name: string | undefined;
  /** The document as JSON, as it was given. */
  readonly text: string;
  readonly document: PolicyDocument;
}

const fieldsOfStatement = statementFields.filter((field) => !field.endsWith('Principal'));

/** Reads the policy of a user, a role or a session, or throws a refusal with the words of IAM's grammar. */
export function readUserPolicy(text: string, name?: string): UserPolicy {
  const fields = fieldsOf(readRoot(text), policyFields, 'the policy');
  const statements = readStatements(fields.get('Statement'));
  const version = readVersion(fields.get('Version'));
  const id = optionalText(fields, 'Id', 'the policy');
  const variables = hasVariables(version);
  const read = statements.map((one, index) => readStatement(one, index, variables));
  return { name, text, document: makeDocument({ version, id, statements: read }) };
}

function readStatement(value: JsonValue, index: number, variables: boolean): PolicyStatement {
  const number = index + 1;
  const fields = fieldsOf(value, fieldsOfStatement, `statement ${number}`);
  const sid = optionalText(fields, 'Sid', `statement ${number}`);
  const where = sid === undefined ? `statement ${number}` : `statement ${number} (${quoted(sid)})`;
  const effect = readEffect(fields, where);
  const actions = readUserActions(selectedOf(fields, 'Action', where), where);
  const resources = readUserResources(selectedOf(fields, 'Resource', where), variables, where);
  const conditions = readUserConditions(fields.get('Condition'), variables, where);
  return { number, sid, effect, principals: undefined, actions, covered: coveredBy(actions), resources, conditions };
}
