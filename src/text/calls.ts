import {
  type Cursor,
  findTextEnd,
  readArguments,
  readWrittenValue,
  take,
  unreadable,
  type WrittenObject,
  type WrittenValue,
} from './written-values';

export interface CallStep {
  readonly name: string;
  /** Undefined if it is only named, as in `s3.clock.advance moves it`. */
  readonly given: readonly WrittenValue[] | undefined;
}

export interface WrittenCall {
  /** From the mock on: for `s3.bucket('vault').usage()` it is `bucket` and `usage`. */
  readonly steps: readonly CallStep[];
  /** `s3.bucket('vault').versioning = 'Enabled'`. */
  readonly assigned?: { readonly value: WrittenValue };
}

/** A function returns undefined if nothing that can be done there is the same; then the sentence goes without the clause that names it. */
export interface Surface {
  readonly call: (call: WrittenCall) => string | undefined;
  readonly option: (name: string, value: WrittenValue) => string | undefined;
}

/** A text such as `s3.amazonaws.com` is not a call, since it names none of them. */
export const membersOfMock = [
  'account',
  'accounts',
  'actAs',
  'answers',
  'bucket',
  'buckets',
  'clock',
  'createAccount',
  'createBucket',
  'createMfaDevice',
  'deliverTo',
  'events',
  'iam',
  'kmsKeys',
  'lifecycle',
  'listen',
  'mfa',
  'on',
  'outage',
  'replication',
  'requests',
  'reset',
  'restore',
  'snapshot',
  'stop',
  'toJSON',
  'unusedRules',
] as const;

/** A clause that names what the surface lacks is left out, if the sentence has another one. What stands in quotes was sent or given by somebody, and stays. */
export function translateCalls(sentence: string, surface: Surface): string {
  // Almost all sentences name no call, and one that is longer is what somebody sent.
  if (!mayHaveCall.test(sentence) || sentence.length > LONGEST) return sentence;
  const found = findCalls(sentence).map((one) => ({ ...one, text: one.write(surface) }));
  const lacking = found.filter(({ text }) => text === undefined);
  const masked = maskSentence(sentence, found);
  const left = lacking.map((one) => findClause(masked, one));
  const isLeftOut = ({ start, end }: Span) => left.some((clause) => clause.start <= start && end <= clause.end);
  const changes = [
    ...left.map((clause) => ({ ...clause, text: '' })),
    ...found
      .filter((one) => !isLeftOut(one))
      .flatMap(({ start, end, text }) => (text === undefined ? [] : [{ start, end, text }])),
  ];
  const written = withChanges(sentence, changes);
  // A sentence without any clause says less than one whose call is of another language.
  return /\w/.test(written)
    ? written
    : withChanges(
        sentence,
        changes.filter(({ text }) => text !== ''),
      );
}

const LONGEST = 10_000;

interface Span {
  readonly start: number;
  readonly end: number;
}

interface FoundCall extends Span {
  readonly write: (surface: Surface) => string | undefined;
}

const names = membersOfMock.join('|');
const stepsOfRules = 'fail|failEntries|disconnect|delay|corrupt|stall|reply';
const mayHaveCall = new RegExp(
  `\\b(?:s3\\.|mockS3\\b|expect\\(|mfa\\.|user\\(|role\\(|(?:${stepsOfRules})\\()|^(?:${names})\\b`,
);
/** The beginning of a call; `mfa`, `user` and `role` are calls if the sentence says whose they are. */
const root = new RegExp(
  `(?:await\\s)?(?:(?<mock>s3)(?=\\.(?:${names})\\b)|(?<options>mockS3)\\b(?![-/])|(?<matcher>expect)(?=\\()|(?<step>)(?=(?:${stepsOfRules})\\()|(?=(?:mfa\\.|user\\(|role\\()))`,
  'y',
);
const memberOfMock = new RegExp(`(?:${names})\\b`, 'y');
const step = /\.?([A-Za-z_$][\w$]*)/y;
const assignment = / = (?!=)/y;
const ofAccount = / of account (?=')/y;
const endOfLabel = /: /y;

function findCalls(sentence: string): readonly FoundCall[] {
  const cursor: Cursor = { text: sentence, at: 0 };
  const label = readLabel(cursor);
  const found: FoundCall[] = label === undefined ? [] : [label];
  while (cursor.at < sentence.length) {
    const start = cursor.at;
    const character = sentence[start] ?? '';
    if (!isWithinWord(sentence, start)) {
      const call = readCall(cursor);
      if (call !== undefined) found.push(call);
      else if (character === "'" || character === '"') cursor.at = findTextEnd(sentence, start) ?? start;
    }
    if (cursor.at === start) cursor.at += 1;
  }
  return found;
}

function isWithinWord(sentence: string, at: number): boolean {
  return at > 0 && /[\w.$/@-]/.test(sentence[at - 1] ?? '');
}

/** A label that a surface lacks stays. */
function readLabel(cursor: Cursor): FoundCall | undefined {
  const start = cursor.at;
  if (take(cursor, /mockS3: /y) !== undefined) return { start, end: cursor.at, write: () => '' };
  take(cursor, /s3\.(?=\w)/y);
  const isMember = take({ text: cursor.text, at: cursor.at }, memberOfMock) !== undefined;
  const steps = isMember ? readSteps(cursor) : [];
  const end = cursor.at;
  if (steps.length > 0 && take(cursor, endOfLabel) !== undefined) {
    const written = cursor.text.slice(start, end);
    return { start, end, write: (surface) => surface.call({ steps }) ?? written };
  }
  cursor.at = start;
  return undefined;
}

function readCall(cursor: Cursor): FoundCall | undefined {
  const start = cursor.at;
  root.lastIndex = start;
  const begun = root.exec(cursor.text);
  if (begun === null) return undefined;
  cursor.at += begun[0].length;
  const { mock, options, matcher, step } = begun.groups ?? {};
  if (options !== undefined) {
    const [given] = (cursor.text[cursor.at] === '(' && readArguments(cursor)) || [];
    return { start, end: cursor.at, write: (surface) => writeOptions(given, surface) };
  }
  if (matcher !== undefined) cursor.at -= matcher.length;
  const steps = readSteps(cursor);
  if (matcher !== undefined) return { start, end: cursor.at, write: () => undefined };
  const whose = mock === undefined && step === undefined ? readOwner(cursor) : [];
  if (steps.length === 0 || whose === undefined) {
    cursor.at = start;
    return undefined;
  }
  const call = { steps: [...whose, ...steps], ...readAssigned(cursor) };
  return { start, end: cursor.at, write: (surface) => surface.call(call) };
}

/** The point of a sentence is not read. None if a parenthesis is not closed. */
function readSteps(cursor: Cursor): readonly CallStep[] {
  const steps: CallStep[] = [];
  for (;;) {
    step.lastIndex = cursor.at;
    const [written, name] = step.exec(cursor.text) ?? [];
    if (written === undefined || name === undefined || (steps.length > 0 && !written.startsWith('.'))) return steps;
    cursor.at += written.length;
    const isCalled = cursor.text[cursor.at] === '(';
    const given = isCalled ? readArguments(cursor) : undefined;
    if (isCalled && given === undefined) return [];
    steps.push({ name, given });
  }
}

/** Reads whose member it is, of one who has no name in the code of every test: `mfa.header() of account 'partner'`. */
function readOwner(cursor: Cursor): readonly CallStep[] | undefined {
  if (take(cursor, ofAccount) === undefined) return undefined;
  const account = readWrittenValue(cursor);
  return account === unreadable ? undefined : [{ name: 'account', given: [account] }];
}

function readAssigned(cursor: Cursor): Pick<WrittenCall, 'assigned'> {
  const { at } = cursor;
  if (take(cursor, assignment) !== undefined) {
    const value = readWrittenValue(cursor);
    if (value !== unreadable) return { assigned: { value } };
  }
  cursor.at = at;
  return {};
}

function writeOptions(given: WrittenValue, surface: Surface): string | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
  const written = Object.entries(given as WrittenObject).map(([name, value]) => surface.option(name, value));
  return written.length === 0 || written.includes(undefined) ? undefined : written.join(' ');
}

/** The sentence with letters in place of its calls and of what it quotes, in which points and commas separate clauses. */
function maskSentence(sentence: string, calls: readonly Span[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of calls) {
    parts.push(maskQuotes(sentence.slice(at, start)), 'x'.repeat(end - start));
    at = end;
  }
  return [...parts, maskQuotes(sentence.slice(at))].join('');
}

function maskQuotes(text: string): string {
  return text.replace(/(?<!\w)(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/g, (quoted) => 'x'.repeat(quoted.length));
}

function findClause(masked: string, { start, end }: Span): Span {
  const opening = [...masked.slice(0, start).matchAll(/[;,.?!](?= )|\n/g)].at(-1);
  const closing = /;(?= )|[.?!](?= |$|\n)|\n|$/.exec(masked.slice(end));
  const last = end + (closing?.index ?? 0);
  const mark = closing?.[0] ?? '';
  if (opening !== undefined && /[;,]/.test(opening[0])) return { start: opening.index, end: last };
  const after = last + (mark === '\n' ? 0 : mark.length);
  if (opening !== undefined) return { start: opening.index + (opening[0] === '\n' ? 0 : 1), end: after };
  return { start: 0, end: after + (masked[after] === ' ' ? 1 : 0) };
}

function withChanges(sentence: string, changes: readonly (Span & { readonly text: string })[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text } of changes.toSorted((one, other) => one.start - other.start)) {
    if (start < at) {
      // Two calls of one clause.
      at = Math.max(at, end);
      continue;
    }
    parts.push(sentence.slice(at, start), text);
    at = end;
  }
  return [...parts, sentence.slice(at)].join('');
}
