import { parseIsoDate } from '../../formats/dates';
import { JsonObject, type JsonValue, readJson } from '../../formats/json-entries';
import { S3Error } from '../../refusals/s3-error';
import { writeGiven } from '../../text/values';
import { type FormCondition, readFormCondition } from './form-conditions';

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 * @module
 */

export interface PostPolicy {
  /** Milliseconds since 1970. */
  readonly expiration: number;
  readonly conditions: readonly FormCondition[];
}

/** F567 */
export function readPostPolicy(encoded: string): PostPolicy {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  try {
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(encoded))
      throw new S3Error(
        'FormPolicyNotBase64',
        {},
        `the policy was sent as ${writeGiven(encoded)}; send the base64 of its JSON`,
      );
    return readDocument(text);
  } catch (thrown) {
    if (thrown instanceof S3Error) throw thrown.because(`the policy is ${writeGiven(text)}`);
    throw thrown;
  }
}

function readDocument(text: string): PostPolicy {
  if (text.trim() === '') throw new S3Error('FormPolicyEmpty', {}, 'the policy is empty');
  const document = readJson(text);
  if (!(document instanceof JsonObject) || hasFraction(text)) throw new S3Error('FormPolicyNotJson');
  const members = new Map(document.entries);
  // If several members are unknown, S3 names the last one.
  const unknown = [...members.keys()].findLast((name) => name !== 'expiration' && name !== 'conditions');
  if (unknown !== undefined) throw new S3Error('FormPolicyMemberUnknown', { name: unknown.toLowerCase() });
  return {
    expiration: readExpiration(members.get('expiration')),
    conditions: readConditions(members.get('conditions')),
  };
}

/** S3 cannot read `512.0`. */
function hasFraction(text: string): boolean {
  return /\d[.eE]/.test(text.replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)/gs, '""'));
}

function readExpiration(value: JsonValue | undefined): number {
  if (value === undefined) throw new S3Error('FormPolicyExpirationMissing');
  if (typeof value !== 'string') throw new S3Error('FormPolicyNotJson');
  const at = /^[\d-]+T[\d:.]+Z$/.test(value) ? parseIsoDate(value) : undefined;
  if (at === undefined)
    throw new S3Error(
      'FormPolicyExpirationInvalid',
      { value },
      `the expiration ${writeGiven(value)} is not of the form 2030-01-31T12:00:00Z`,
    );
  return at;
}

function readConditions(value: JsonValue | undefined): readonly FormCondition[] {
  if (value === undefined) throw new S3Error('FormPolicyConditionsMissing');
  if (!isList(value)) throw new S3Error('FormPolicyConditionsNotList');
  if (value.length === 0) throw new S3Error('FormPolicyConditionsMissing');
  return value.map(readFormCondition);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
