import { JsonObject, type JsonValue } from '../../formats/json-entries';
import { isList, itemsOf, policyFields, statementFields } from './policy-form';

const order = [...policyFields, ...statementFields];

/** Writes a policy that was read and found valid as S3 answers it: in its own order, and without blanks (F301). */
export function writePolicy(policy: JsonValue, partition: string): string {
  return JSON.stringify(
    ordered(policy, (name, value) =>
      name === 'Statement' ? itemsOf(value).map((statement) => writtenStatement(statement, partition)) : written(value),
    ),
  );
}

function writtenStatement(statement: JsonValue, partition: string): unknown {
  return ordered(statement, (name, value) =>
    /Principal$/.test(name) ? writtenPrincipal(value, partition) : written(value),
  );
}

/** An account's digits become the ARN of its root user (F301). */
function writtenPrincipal(value: JsonValue, partition: string): unknown {
  if (!(value instanceof JsonObject)) return written(value);
  const entries = value.entries.map(([kind, texts]) => {
    const arns = itemsOf(texts).map((text) =>
      kind === 'AWS' && typeof text === 'string' && /^\d{12}$/.test(text) ? `arn:${partition}:iam::${text}:root` : text,
    );
    return [kind, written(arns)];
  });
  return Object.fromEntries(entries);
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
