import type { JsonEntry, JsonValue } from '../../formats/json-entries';
import { S3Error } from '../../refusals/s3-error';
import { findOperator, hintOfOperator } from './condition-operators';
import type { ComparedKey } from './condition-tests';
import { MalformedPolicyDocument, userPolicyWords } from './malformed-policy-document';
import { writtenValues } from './policy-conditions';
import { optionalText, readRoot, readStatements, readVersion } from './policy-document';
import {
  type Fields,
  fieldsOf,
  itemsOf,
  membersOf,
  policyFields,
  quoted,
  refuseSyntax,
  type Selection,
  statementFields,
  textOf,
} from './policy-form';
import type { PolicyDocument } from './statement';

/** A statement of a user's policy whose syntax is right. Undefined actions or resources are missing. */
export interface WrittenStatement {
  readonly number: number;
  /** The place of the statement, for the journal. */
  readonly where: string;
  readonly sid: string | undefined;
  /** In any case. */
  readonly effect: string;
  readonly hasPrincipal: boolean;
  readonly actions: Selection<string> | undefined;
  readonly resources: Selection<string> | undefined;
  readonly conditions: readonly ComparedKey[];
}

/** A user's policy whose syntax is right. */
export interface WrittenPolicy {
  /** Undefined if it has none. */
  readonly version: PolicyDocument['version'] | undefined;
  readonly id: string | undefined;
  readonly statements: readonly WrittenStatement[];
}

/** Reads the syntax of a user's policy. IAM has one text for all that S3 tells apart of a bucket policy (F580). */
export function readSyntax(text: string): WrittenPolicy {
  try {
    const fields = fieldsOf(readRoot(text), policyFields, 'the policy');
    const version = fields.get('Version');
    return {
      version: version === undefined ? undefined : readVersion(version),
      id: optionalText(fields, 'Id', 'the policy'),
      statements: readStatements(fields.get('Statement')).map(readStatement),
    };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    throw new MalformedPolicyDocument(userPolicyWords.syntax, error.why ?? 'the policy');
  }
}

function readStatement(value: JsonValue, index: number): WrittenStatement {
  const number = index + 1;
  const fields = fieldsOf(value, statementFields, `statement ${number}`);
  const sid = optionalText(fields, 'Sid', `statement ${number}`);
  const where = sid === undefined ? `statement ${number}` : `statement ${number} (${quoted(sid)})`;
  const effect = optionalText(fields, 'Effect', where);
  if (effect === undefined || !/^(?:allow|deny)$/i.test(effect))
    return refuseSyntax(`Effect of ${where}`, '"Allow" or "Deny"', effect);
  const hasPrincipal = fields.has('Principal') || fields.has('NotPrincipal');
  const actions = selectionOf(fields, 'Action', where);
  const resources = selectionOf(fields, 'Resource', where);
  const conditions = readConditions(fields.get('Condition'), where);
  return { number, where, sid, effect, hasPrincipal, actions, resources, conditions };
}

/** The texts of a member, or those of the member that means everything else; undefined if there is neither. */
function selectionOf(fields: Fields, field: string, where: string): Selection<string> | undefined {
  const [value, inverse] = [fields.get(field), fields.get(`Not${field}`)];
  if (value !== undefined && inverse !== undefined)
    return refuseSyntax(where, `a statement with only one of ${field} and Not${field}`);
  const given = value === undefined ? inverse : value;
  if (given === undefined) return undefined;
  return { inverted: value === undefined, of: itemsOf(given).map((item) => textOf(item, `${field} of ${where}`)) };
}

function readConditions(value: JsonValue | undefined, where: string): readonly ComparedKey[] {
  if (value === undefined) return [];
  return membersOf(value, `the condition of ${where}`).flatMap((entry) => readOperatorKeys(entry, where));
}

/** The keys that an operator compares. One without keys may have any name. */
function readOperatorKeys([written, value]: JsonEntry, where: string): readonly ComparedKey[] {
  const keys = membersOf(value, `${written} of ${where}`);
  const operator = findOperator(written);
  if (operator === undefined)
    return keys.length === 0
      ? []
      : refuseSyntax(`${quoted(written)} of ${where}`, `an operator.${hintOfOperator(written)}`);
  return keys.map(([key, given]) => ({ ...operator, key, values: writtenValues(given, `${key} of ${where}`) }));
}
