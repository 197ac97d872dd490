import { S3Error } from '../refusals/s3-error';
import type { Members, Shape, Traits } from '../shapes/shape';
import { call } from '../text/calls';
import { clause, type Said, say } from '../text/reason';
import { isRecord } from '../text/value-kinds';

/** Throws if values break the limits of their shapes. The error names all problems (F700). */
export function checkLimits(members: Members, input: object): void {
  const problems = findProblems(input, members, '');
  if (problems.length > 0) throw new S3Error('StsParametersInvalid', { problems }, whyInvalid(input));
}

/** Explains two mistakes that AWS's message does not show. */
function whyInvalid(input: { readonly RoleArn?: unknown; readonly TokenCode?: unknown }): Said | undefined {
  const { RoleArn, TokenCode } = input;
  if (typeof TokenCode === 'string' && /^\S+ \d+$/.test(TokenCode))
    return say`TokenCode is a serial number, a space and a code, which is the form for S3; STS takes only the code${clause`, as ${call('s3.mfa.nextCode()', {})} returns it`}`;
  if (typeof RoleArn !== 'string' || RoleArn === '' || RoleArn.includes(':')) return undefined;
  return say`RoleArn is ${RoleArn}, which is not an ARN; the ARN of a role is arn:aws:iam::ID:role/NAME${clause`, as in ${call('s3.account(account).role(name).arn', { name: 'NAME' })}`}`;
}

function findProblems(of: object, members: Members, at: string): readonly string[] {
  return Object.entries(members).flatMap(([name, shape]) =>
    findProblemsOfValue(Reflect.get(of, name), shape, `${at}${name.slice(0, 1).toLowerCase()}${name.slice(1)}`),
  );
}

/** Finds the problems of a value. Its pattern is checked before its length. */
function findProblemsOfValue(value: unknown, shape: Shape & Traits, at: string): readonly string[] {
  if (value === undefined)
    return shape.isRequired ? [`Value null at '${at}' failed to satisfy constraint: Member must not be null`] : [];
  const written = Array.isArray(value) ? `[${value.map(writtenItem).join(', ')}]` : String(value);
  const own = findReasons(value, shape).map(
    (reason) => `Value '${written}' at '${at}' failed to satisfy constraint: Member must ${reason}`,
  );
  if (!Array.isArray(value) || !('item' in shape)) return own;
  return [...own, ...value.flatMap((item, index) => findProblemsOfItem(item, shape.item, `${at}.${index + 1}.member`))];
}

function findProblemsOfItem(item: unknown, shape: Shape, at: string): readonly string[] {
  if (shape.kind !== 'structure') return findProblemsOfValue(item, shape, at);
  return isRecord(item) ? findProblems(item, shape.members, `${at}.`) : [];
}

function writtenItem(item: unknown): string {
  return isRecord(item) ? Object.values(item).map(String).join('=') : String(item);
}

function findReasons(value: unknown, shape: Shape): readonly string[] {
  if (Array.isArray(value)) return 'length' in shape ? outside(value.length, shape.length, 'length') : [];
  if (typeof value === 'number') return 'range' in shape ? outside(value, shape.range, 'value') : [];
  if (typeof value !== 'string' || shape.kind !== 'text') return [];
  const { pattern, textLength } = shape;
  const mismatch =
    pattern === undefined || pattern.matches.test(value)
      ? []
      : [`satisfy regular expression pattern: ${pattern.printed}`];
  // The length counts code points, not UTF-16 units.
  return [...mismatch, ...outside([...value].length, textLength, 'length')];
}

function outside(
  count: number,
  limits: readonly [least: number, most?: number | undefined] | undefined,
  what: 'length' | 'value',
): readonly string[] {
  if (limits === undefined) return [];
  const [least, most = Number.POSITIVE_INFINITY] = limits;
  if (count < least) return [`have ${what} greater than or equal to ${least}`];
  return count > most ? [`have ${what} less than or equal to ${most}`] : [];
}
