import { S3Error } from '../../refusals/s3-error';
import { counted, grouped } from '../../text/counts';
import { writeKey } from '../../text/values';
import type { PostPolicy } from './document';
import type { FieldCondition } from './form-conditions';

interface PostedForm {
  /** The fields by their names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly bucket: string;
}

/** The size of the file is checked later (F568). */
export function checkPostPolicy(policy: PostPolicy, form: PostedForm, now: number): void {
  if (now > policy.expiration) {
    const [then, moment] = [policy.expiration, now].map((at) => new Date(at).toISOString());
    throw new S3Error('FormPolicyExpired', {}, `the policy expired at ${then}, and it is ${moment}`);
  }
  for (const condition of policy.conditions) {
    const why =
      condition.kind === 'content-length-range'
        ? whyNoRange(condition.min, condition.max)
        : whyNotMet(condition, fieldValue(condition.field, form));
    if (why !== undefined) throw new S3Error('FormConditionFailed', { condition: condition.written }, why);
  }
  checkCovered(policy, form);
}

function fieldValue(field: string | undefined, { fields, bucket }: PostedForm): string | undefined {
  if (field === undefined) return undefined;
  return field === 'bucket' ? bucket : fields.get(field);
}

function whyNoRange(min: number, max: number): string | undefined {
  return Number.isNaN(min) || Number.isNaN(max) ? 'a bound of the condition is not a number' : undefined;
}

function whyNotMet(condition: FieldCondition, value: string | undefined): string | undefined {
  const { field } = condition;
  if (field === undefined) return 'the condition names no field, since its name does not begin with $';
  if (value === undefined) return `the form has no field ${field} before its file`;
  if (isMet(condition, value)) return undefined;
  return field === 'bucket' ? `the form was sent to the bucket ${value}` : `the form's ${field} is ${writeKey(value)}`;
}

function isMet({ kind, field, value: wanted }: FieldCondition, value: string): boolean {
  // S3 never finds a text with two dollar signs equal.
  if (kind === 'eq') return value === wanted && !wanted.includes('$$');
  // If the field is a list of types, each of them must begin with the text.
  const values = field === 'content-type' ? value.split(',').map((one) => one.trim()) : [value];
  return values.every((one) => one.startsWith(wanted));
}

/** What a signed form cannot leave out. */
const needed = /^(?:key|x-amz-(?:algorithm|credential|date|security-token))$/;

const free = new Set(['file', 'policy', 'x-amz-signature', 'awsaccesskeyid', 'signature']);

function checkCovered({ conditions }: PostPolicy, { fields, bucket }: PostedForm): void {
  const covered = new Set(conditions.map((condition) => ('field' in condition ? condition.field : undefined)));
  // A condition on the bucket is needed, whether the form has the field or not.
  const field = [...fields.keys(), 'bucket'].find(
    (name) => !free.has(name) && !name.startsWith('x-ignore-') && !covered.has(name),
  );
  if (field === undefined) return;
  const value = fields.get(field);
  const sent = value === undefined ? '' : `, which the form sends as ${writeKey(value)}`;
  const uncovered = `the policy has no condition on ${field}${sent}: sign ${value === undefined ? `{ bucket: '${bucket}' }` : `['starts-with', '$${field}', '']`} among its Conditions`;
  const isNeeded = value === undefined || needed.test(field);
  throw new S3Error('FormFieldUncovered', { field }, isNeeded ? uncovered : `${uncovered}, or leave the field out`);
}

/** F571 */
export function checkFileSize({ conditions }: PostPolicy, ProposedSize: number): void {
  for (const condition of conditions) {
    if (condition.kind !== 'content-length-range') continue;
    const { min, max } = condition;
    const why = `the file has ${counted(ProposedSize, 'byte')}, and the policy's content-length-range takes ${grouped(min)} to ${grouped(max)} bytes: send a file of such a size, or sign another range`;
    if (ProposedSize > max) throw new S3Error('FormFileTooLarge', { ProposedSize, MaxSizeAllowed: max }, why);
    if (ProposedSize < min) throw new S3Error('FormFileTooSmall', { ProposedSize, MinSizeAllowed: min }, why);
  }
}
