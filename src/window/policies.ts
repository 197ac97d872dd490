import { visible } from './writing';

/** How a policy reads: a sentence for each statement. */

export interface StatementLine {
  readonly effect: 'Allows' | 'Denies';
  /** What follows the effect: `everybody s3:DeleteObjectVersion on reports/*`. */
  readonly rest: string;
  readonly sid?: string;
}

type Members = Readonly<Record<string, unknown>>;

/** The statements of a policy, which is a document or its text. Returns undefined if it is not the document of a policy. */
export function readStatements(policy: unknown): readonly StatementLine[] | undefined {
  const document = typeof policy === 'string' ? readJson(policy) : policy;
  if (!isMembers(document) || document['Statement'] === undefined) return undefined;
  const statements = listOf(document['Statement']);
  return statements.every(isMembers) ? statements.map(writeStatement) : undefined;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function writeStatement(statement: Members): StatementLine {
  const { Effect, Sid, Condition } = statement;
  const who = writeWho(statement);
  const actions = writeOrExcept(statement, 'Action', 'every action', String);
  const resources = writeOrExcept(statement, 'Resource', 'everything', (arn) =>
    String(arn).replace(/^arn:aws:s3:::(?!\*$)/, ''),
  );
  const conditions = writeConditions(Condition);
  const parts = [who, actions, resources && `on ${resources}`, conditions && `if ${conditions}`];
  return {
    effect: Effect === 'Allow' ? 'Allows' : 'Denies',
    rest: visible(parts.filter((part) => part).join(' ')),
    ...(typeof Sid === 'string' && Sid !== '' && { sid: visible(Sid) }),
  };
}

/** `everybody`, `account 000000000000 and cloudtrail.amazonaws.com`; nothing in the policy of a user, which is about that user. */
function writeWho({ Principal, NotPrincipal }: Members): string {
  if (Principal !== undefined) return writePrincipals(Principal);
  return NotPrincipal === undefined ? '' : `everybody except ${writePrincipals(NotPrincipal)}`;
}

function writePrincipals(principal: unknown): string {
  const names = isMembers(principal) ? Object.values(principal).flatMap(listOf) : listOf(principal);
  return inWords(names.map(writePrincipal), 'and');
}

function writePrincipal(principal: unknown): string {
  if (principal === '*') return 'everybody';
  const text = String(principal);
  const [, account] = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(text) ?? [];
  return account === undefined ? text : `account ${account}`;
}

/** A member such as `Action`, or `NotAction` as `every action except …`. */
function writeOrExcept(statement: Members, name: string, all: string, write: (value: unknown) => string): string {
  const writeAll = (values: unknown) =>
    inWords(
      listOf(values).map((value) => (value === '*' ? all : write(value))),
      'and',
    );
  const except = statement[`Not${name}`];
  return except === undefined ? writeAll(statement[name]) : `${all} except ${writeAll(except)}`;
}

function writeConditions(conditions: unknown): string {
  if (!isMembers(conditions)) return '';
  const tests = Object.entries(conditions).flatMap(([operator, keys]) =>
    isMembers(keys) ? Object.entries(keys).map(([key, values]) => writeTest(operator, key, values)) : [],
  );
  return inWords(tests, 'and');
}

const wordsOfOperators: Readonly<Record<string, string>> = {
  StringEquals: 'is',
  StringNotEquals: 'is not',
  StringEqualsIgnoreCase: 'is, in any case,',
  StringNotEqualsIgnoreCase: 'is not, in any case,',
  StringLike: 'is like',
  StringNotLike: 'is not like',
  NumericEquals: 'is',
  NumericNotEquals: 'is not',
  NumericLessThan: 'is less than',
  NumericLessThanEquals: 'is at most',
  NumericGreaterThan: 'is more than',
  NumericGreaterThanEquals: 'is at least',
  DateEquals: 'is',
  DateNotEquals: 'is not',
  DateLessThan: 'is before',
  DateLessThanEquals: 'is not after',
  DateGreaterThan: 'is after',
  DateGreaterThanEquals: 'is not before',
  Bool: 'is',
  BinaryEquals: 'is',
  IpAddress: 'is in',
  NotIpAddress: 'is not in',
  ArnEquals: 'is like',
  ArnLike: 'is like',
  ArnNotEquals: 'is not like',
  ArnNotLike: 'is not like',
};

const subjects: Readonly<Record<string, string>> = { ForAllValues: 'each value of ', ForAnyValue: 'a value of ' };

/** `aws:SecureTransport is false`, `s3:x-amz-acl is missing`, `aws:SourceIp is in 10.0.0.0/8 (or missing)` */
function writeTest(operator: string, key: string, values: unknown): string {
  const [, quantifier = '', name = '', isOptional] = /^(?:(\w+):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const subject = `${subjects[quantifier] ?? ''}${key}`;
  if (name === 'Null') return `${subject} is ${String(values) === 'true' ? 'missing' : 'present'}`;
  const given = inWords(
    listOf(values).map((value) => (value === '' ? 'empty' : String(value))),
    'or',
  );
  const ifMissing = isOptional === undefined ? '' : ' (or missing)';
  return `${subject} ${wordsOfOperators[name] ?? name} ${given}${ifMissing}`;
}

/** `a`, `a and b`, `a, b and c` */
function inWords(words: readonly string[], last: 'and' | 'or'): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
