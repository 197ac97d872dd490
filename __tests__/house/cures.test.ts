import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { commandLineSurface } from '../../src/cli/surface';
import { doorSurface } from '../../src/door/surface';
import { membersOfMock, type Surface, translateCalls } from '../../src/text/calls';
import { collect } from './nodes';
import { type Source, sources } from './sources';

const throughDoor = doorSurface();
const inLog = commandLineSurface({ process: 4711, door: 'http://127.0.0.1:9000/_mock' });
const inLogWithoutDoor = commandLineSurface({ process: 4711, door: undefined });

/** The rooms whose sentences are reasons and notes of requests and of events, and what a refusal answers. */
const rooms = [
  ...['capture', 'dialects', 'formats', 'model', 'operations', 'protocol', 'refusals', 'service', 'shapes', 'sts'],
  'text',
];
/** The rooms whose calls the door also makes, so that it answers what they throw. */
const roomsOfCalls = ['events', 'journal', 'mock', 'preset'];

/** The files and sentences that only JavaScript in the process of the mock meets, and why. */
const inProcess: readonly (readonly [where: string, why: string])[] = [
  ['capture/guard.ts', 'the error of a connection of the process'],
  ['capture/held-ticks.ts', 'the timers of the process'],
  ['capture/index.ts', 'thrown as the capture of the process starts'],
  ['capture/native-runtime.ts', 'thrown as the capture of the process starts'],
  ['capture/nock.ts', 'nock is an object of the process'],
  ['capture/registry', 'thrown as the capture of the process starts'],
  ['events/absence.ts', 'the text of a failed assertion'],
  ['events/expectations.ts: something(something', 'the arguments of a matcher'],
  ['events/deliveries.ts: s3.events.settled: a handler called it', 'the handler is a function of the process'],
  ['events/events.ts: Write ', 'a member that its handle does not have'],
  ['events/events.ts: it returns a promise', 'a promise is an object of the process'],
  ['journal/assertions.ts', 'the text of a failed assertion'],
  ['journal/elsewhere.ts', 'about connections of the process, in the report of a failed test'],
  ['journal/entry.ts: Write body', 'a member that an entry does not have'],
  ['journal/explanation.ts', 'the report of a failed test'],
  ['journal/journal.ts', 'a member that its handle does not have'],
  ['journal/plain-comparisons.ts', 'the report of a failed test'],
  ['journal/log.ts', 'waitFor is a function of the process'],
  ['mock/mock-members.ts', 'a member that its handle does not have'],
  ['mock/failed-test.ts', 'the report of a failed test'],
  ['mock/fake-timers.ts', 'the timers of the process'],
  ['mock/lifetime.ts: jest, without -i', 'a warning of the process of globalSetup'],
  ['mock/lifetime.ts: listen: the mock was stopped', 'a mock that is stopped has no port'],
  ['mock/lifetime.ts: what the test gave to s3.on threw', 'a matcher is an object of the process'],
  ['mock/ports.ts: Write close', 'a member that its handle does not have'],
  ['mock/mock-s3.ts', 'arguments that a call does not have; the door has members in their place'],
  ['preset/account-handle.ts: The keys are', 'a member that its handle does not have'],
  ['preset/account-handle.ts: Write user', 'a member that its handle does not have'],
  ['preset/account-handle.ts: actAs takes', 'the door takes a name alone'],
  ['preset/account-handle.ts: something: a reset removed it', 'a handle is an object of the process'],
  ['preset/bucket-handle.ts', 'a member that its handle does not have'],
  ['preset/callers.ts: may(', 'a method that was not called'],
  ['preset/configurations.ts: toHaveConfiguration', 'the text of a failed assertion'],
  ['preset/directory-import.ts', 'fromDirectory is a function of the process'],
  ['preset/iam-handle.ts', 'arguments that a call does not have'],
  ['preset/kms-keys-handle.ts: Write set', 'a member that its handle does not have'],
  ['preset/mfa-device-handle.ts: Write nextCode', 'a member that its handle does not have'],
  ['preset/parts/content.ts: the bytes', 'arguments that a call does not have'],
  ['preset/permission.ts: the answer of may()', 'a member that it does not have'],
  ['preset/parts/content.ts', 'a list or an object, which JSON through the door has as its text'],
  ['preset/usage.ts: a part of usage()', 'a member that it does not have'],
  ['preset/version-copies.ts', 'a member that its handle does not have'],
  ['refusals/mock.ts: The test file of the mock', 'only the requests of other test files of the process get it'],
  ['service/failures/habits.ts', 'a member that its handle does not have'],
  ['text/plain-values.ts', 'promises and matchers are objects of the process'],
  ['text/values.ts: something(something) {', 'a Map or a Set, as Node prints it'],
];

/** What only JavaScript has. S3's own messages have plurals such as `request(s)`. */
const javaScript = new RegExp(
  `\\bs3\\.(?:${membersOfMock.join('|')})\\b|\\bmockS3\\b|\\b[Aa]wait\\b|\\bjest\\b|\\bvi\\.|\\btoHave[A-Z]|\\b[a-z]\\w*\\((?!s\\)|\\d)`,
);

interface Sentence {
  readonly room: string;
  /** Its file and its words: `model/mfa-delete.ts: send MFA: something`. */
  readonly where: string;
  readonly text: string;
}

/** The sentences of a file: its texts with a blank. What the program fills in is `something`, or `x` if the text quotes it. */
function sentencesOf({ tree, file, room }: Source): readonly Sentence[] {
  return collect(tree, (node) => {
    const text = isPartOfSum(node) ? undefined : writtenBy(node);
    return text?.includes(' ') ? [{ room, where: `${file.replace('src/', '')}: ${text}`, text }] : [];
  });
}

function isSum(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

function isPartOfSum(node: ts.Node): boolean {
  return !ts.isSourceFile(node) && isSum(node.parent);
}

function writtenBy(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return ts.isLiteralTypeNode(node.parent) ? undefined : node.text;
  if (ts.isTemplateExpression(node)) {
    const { head, templateSpans } = node;
    return templateSpans.reduce((text, { literal }) => `${text}${sampleAfter(text)}${literal.text}`, head.text);
  }
  if (!isSum(node)) return undefined;
  const [left, right] = [writtenBy(node.left), writtenBy(node.right)];
  return left === undefined && right === undefined ? undefined : `${left ?? 'something'}${right ?? 'something'}`;
}

function sampleAfter(text: string): string {
  return /['"/.]$/.test(text) ? 'x' : 'something';
}

const sentences = sources.flatMap(sentencesOf);
const isInProcess = ({ where }: Sentence) => inProcess.some(([beginning]) => where.startsWith(beginning));
const untranslated = (surface: Surface, among: readonly string[]) =>
  sentences
    .filter(
      (one) => among.includes(one.room) && !isInProcess(one) && javaScript.test(translateCalls(one.text, surface)),
    )
    .map(({ where }) => where);

describe('a sentence that names a call of the library', () => {
  it.each([
    ['through the door', throughDoor],
    ['in the log of the command line', inLog],
  ])('names what can be done %s', (_place, surface) => {
    expect(untranslated(surface, [...rooms, ...roomsOfCalls])).toEqual([]);
  });

  it('names what can be done in the log of a command without a door, if it is about a request', () => {
    // Calls, which begin their messages, and rules are made in the process or through the door.
    const ofCalls = /^(?:service\/failures\/|[\w/.-]+: s3\.[\w.]+: )/;
    expect(untranslated(inLogWithoutDoor, rooms).filter((where) => !ofCalls.test(where))).toEqual([]);
  });

  it('is met in the process alone if this test leaves it out', () => {
    const named = sentences.filter(({ text }) => javaScript.test(text)).map(({ where }) => where);
    expect(inProcess.filter(([beginning]) => !named.some((where) => where.startsWith(beginning)))).toEqual([]);
  });
});

describe('a sentence after one that may end with a point or a question', () => {
  it('is joined to it by joinSentences', () => {
    const joined = sources.flatMap(({ tree, file }) =>
      collect(tree, (node) => {
        if (!ts.isTemplateSpan(node) || !ts.isIdentifier(node.expression)) return [];
        const isSentence = /^(?:why|reason|message|sentence|advice|hint)$/.test(node.expression.text);
        return isSentence && /^[;,] /.test(node.literal.text) ? [`${file}: ${node.parent.getText(tree)}`] : [];
      }),
    );
    expect(joined).toEqual([]);
  });
});
