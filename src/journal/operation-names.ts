import { checkExpectedKinds, checkIsSet, type WordCame } from '../shapes/expected-values';
import { checkMemberNames } from '../shapes/known-names';
import type { MemberNames } from '../shapes/member-names';
import type { Shape } from '../shapes/shape';
import { Code, call, nameCall } from '../text/calls';
import { makeMistake } from '../text/mistakes';
import { checkPlainValues } from '../text/plain-values';
import { clause, type Said, say } from '../text/reason';
import { hintFor, writeSuggestion } from '../text/spelling';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import { entryNamesIn, entryShapeIn, isBatch } from './batch';
import type { OperationName } from './entry';

export interface KnownNames {
  readonly names: readonly OperationName[];
  readonly aliases: Readonly<Record<string, OperationName>>;
  readonly codes: readonly string[];
  readonly inputNamesOf: (operation: OperationName) => MemberNames;
  readonly inputShapeOf: (operation: OperationName) => Shape;
  /** The names of the buckets that exist, or with which the test began. */
  readonly buckets: () => readonly string[];
}

/** What a rule knows in addition: further names, and what to say to a command, which a mock of the SDK takes. */
export interface NamesOfRules {
  readonly others: readonly string[];
  readonly ofCommands: string;
}

export function readOperationName(
  known: KnownNames,
  value: unknown,
  { others, ofCommands }: NamesOfRules = { others: [], ofCommands: '' },
): OperationName {
  const name = known.names.find((one) => one === value);
  if (name !== undefined) return name;
  const alias = Object.entries(known.aliases).find(([one]) => one === value);
  if (alias !== undefined) return alias[1];
  throw makeMistake(writeProblem(value, [...known.names, ...Object.keys(known.aliases), ...others], ofCommands));
}

function writeProblem(value: unknown, names: readonly string[], ofCommands: string): Said {
  if (value === undefined) return `No operation was given. ${general}`;
  if (value === 'ReplicateObject') return copying;
  const command = findCommandName(value);
  const name = names.find((one) => `${one}Command` === command);
  if (name === undefined)
    return `S3, STS and S3 Control have no operation ${writeGiven(value)}. ${writeMeant(value, names) ?? general}`;
  const what = typeof value === 'string' ? `'${command}' is a class of the AWS SDK` : `It was given ${command}`;
  const withInput = typeof value === 'object' ? ', and the input as an argument of its own' : '';
  return `An operation is given by its name. ${what}. Give the name '${name}'${withInput}.${ofCommands}`;
}

/** The methods of minio, of boto3 and of the SDK v2 that are no operations, and the operation that each sends. */
const methods: Readonly<Record<string, OperationName>> = {
  statobject: 'HeadObject',
  fgetobject: 'GetObject',
  getpartialobject: 'GetObject',
  presignedgetobject: 'GetObject',
  downloadfile: 'GetObject',
  fputobject: 'PutObject',
  presignedputobject: 'PutObject',
  upload: 'PutObject',
  uploadfile: 'PutObject',
  removeobject: 'DeleteObject',
  removeobjects: 'DeleteObjects',
  makebucket: 'CreateBucket',
  bucketexists: 'HeadBucket',
  removebucket: 'DeleteBucket',
  setbucketversioning: 'PutBucketVersioning',
};

function writeMeant(value: unknown, names: readonly string[]): string | undefined {
  const plain = typeof value === 'string' ? value.replaceAll('_', '').toLowerCase() : '';
  const meant = Object.hasOwn(methods, plain) ? methods[plain] : names.find((name) => name.toLowerCase() === plain);
  return meant === undefined ? writeSuggestion(value, names) : `Did you mean ${meant}?`;
}

const copying = say`'ReplicateObject' is not a request: S3 copies by itself. Its copies are in ${nameCall('s3.requests.serviceActions')}${clause`, and ${new Code("expect(s3.bucket('vault')).toHaveReplicated('report.pdf')")} checks for a copy`}.`;

const general = "Operations are named as in the AWS SDK: 'PutObject', 'ListObjectVersions'.";

/** Reads the name of a command. Older builds of the SDK put an underscore before it. */
function findCommandName(value: unknown): string | undefined {
  const named: unknown = typeof value === 'object' && value !== null ? value.constructor : value;
  const name = typeof named === 'function' ? named.name : named;
  return typeof name === 'string' ? name.replace(/^_+/, '') : undefined;
}

/** Throws for a misspelt code. The name that an SDK gives the error of a HEAD is none, nor is a code that resembles no known one. */
export function checkCode({ codes }: KnownNames, code: string): void {
  const isKnown = codes.includes(code) || namesOfHeads.includes(code);
  const hint = isKnown ? undefined : writeSuggestion(code, codes);
  if (hint !== undefined) throw makeMistake(`S3 has no error code ${writeGiven(code)}. ${hint}`);
}

export function checkEntryNames(known: KnownNames, call: string, operation: OperationName, entry: unknown): void {
  const where = `${call}: an entry of ${operation}`;
  checkMemberNames(where, entryNamesIn(known.inputNamesOf(operation)), entry);
  checkPlainValues(where, entry);
  for (const one of Array.isArray(entry) ? entry : [entry]) checkIsSet(where, one, (name) => name === 'Key');
  const shape = entryShapeIn(known.inputShapeOf(operation));
  checkExpectedKinds(where, Array.isArray(entry) ? { kind: 'list', item: shape } : shape, entry);
}

/** No operation has them. */
const ofOutages = new Set(['region', 'account', 'service']);

/** Throws if no operation has all members of the input. */
export function checkAnyInputNames(known: KnownNames, where: string, input: unknown, came?: WordCame): void {
  checkIsNoCommand(`${where}: the input`, input);
  checkPlainValues(`${where}: the input`, input);
  if (!isRecord(input) || isAsymmetric(input)) return;
  const names = Object.keys(input);
  const has = (operation: OperationName, name: string) => {
    const own = known.inputNamesOf(operation);
    return typeof own === 'object' && Object.hasOwn(own, name);
  };
  const unknown = names.find((name) => !known.names.some((operation) => has(operation, name)));
  if (unknown !== undefined) {
    const all = known.names.flatMap((operation) => Object.keys(known.inputNamesOf(operation)));
    const hint = ofOutages.has(unknown)
      ? clause` ${call('s3.outage(...)', { '...': { [unknown]: new Code(unknown) } })} makes all requests of one ${unknown} fail.`
      : hintFor(unknown, [...new Set(all)]);
    throw makeMistake(say`${where}: no operation has a member ${writeGiven(unknown)}.${hint}`);
  }
  const candidates = known.names.filter((operation) => names.every((name) => has(operation, name)));
  if (candidates.length === 0)
    throw makeMistake(`${where}: no operation has all of the members ${names.join(', ')}, so no request could match.`);
  for (const operation of candidates) checkPathIsSet(known, `${where}: the input`, operation, input);
  const problems = candidates.map((operation) =>
    findProblem(() => checkInputNames(known, where, operation, input, came)),
  );
  if (!problems.includes(undefined)) throw problems[0];
}

function findProblem(check: () => void): unknown {
  try {
    check();
    return undefined;
  } catch (problem) {
    return problem;
  }
}

export function checkInputNames(
  known: KnownNames,
  of: string,
  operation: OperationName,
  input: unknown,
  came?: WordCame,
): void {
  const all = `Its members are the members of the AWS SDK's ${operation}CommandInput.`;
  const where = `${of}: the input of ${operation}`;
  checkIsNoCommand(where, input);
  const names = known.inputNamesOf(operation);
  checkMemberNames(where, names, input, all, (path) =>
    of === 's3.on' ? cureOfEntry(operation, names, path) : undefined,
  );
  checkPlainValues(where, input);
  checkPathIsSet(known, where, operation, input);
  checkExpectedKinds(where, known.inputShapeOf(operation), input, came);
}

/** A command of the SDK v3 contains its input. */
function checkIsNoCommand(where: string, input: unknown): void {
  if (!isRecord(input) || !('middlewareStack' in input) || !isRecord(input['input'])) return;
  throw makeMistake(
    `${where} was given as ${findCommandName(input)}, a command of the AWS SDK. Give its input: command.input, which is ${writeGiven(input['input'])}.`,
  );
}

/** A header or an element can be missing in a request, but a part of its path cannot. */
function checkPathIsSet(known: KnownNames, where: string, operation: OperationName, input: unknown): void {
  const shape = known.inputShapeOf(operation);
  checkIsSet(where, input, (name) => shape.kind === 'structure' && shape.members[name]?.at === 'label');
}

/** Returns undefined if the entries do not contain the member either. */
function cureOfEntry(operation: OperationName, names: MemberNames, path: string): Said | undefined {
  const ofEntries = isBatch(operation) ? entryNamesIn(names) : 'none';
  if (typeof ofEntries === 'string' || !Object.hasOwn(ofEntries, path)) return undefined;
  const values = { operation, 'failEntries.entries': { Key: 'report.pdf' }, 'failEntries.error': 'AccessDenied' };
  const rule = call('s3.on(operation, input).failEntries(failEntries.entries, failEntries.error, ...)', values);
  return clause`Write ${rule}: it makes matching entries fail.`;
}

/** SDKs name the errors of a HEAD by these names. */
export const namesOfHeads: readonly string[] = ['NotFound', 'Forbidden', 'BadRequest'];
