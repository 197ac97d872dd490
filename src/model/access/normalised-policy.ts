import { JsonObject, type JsonValue } from '../../formats/json-entries';
import { isList, itemsOf, policyFields, statementFields } from './policy-form';
import type { PrincipalContext } from './principals';

const order = [...policyFields, ...statementFields];

/** Writes a policy that was read and found valid as S3 answers it: in its own order, and without blanks (F301). */
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

/** A list of one value is written as the value, and a number or a boolean of a condition as text. */
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
