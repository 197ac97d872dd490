import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { access } from '../../src/refusals/access';
import { type RefusalName, type S3Error, wordRefusal } from '../../src/refusals/index';
import { objectLock } from '../../src/refusals/object-lock';
import { protection } from '../../src/refusals/protection';
import type { AnyRefusal } from '../../src/refusals/refusal';
import { refusals } from '../../src/refusals/table';
import { versioning } from '../../src/refusals/versioning';
import { textOf } from './files';
import { collect } from './nodes';
import { placeOf, type Source, sources } from './sources';

interface Row {
  readonly name: string;
  readonly status: number;
  readonly code: string;
  readonly text: string;
}

const book = 'docs/refusals.md';
const lines = textOf(book)
  .split('\n')
  .filter((line) => line.startsWith('| `'));
const form = /^\| `(?<name>\w+)` \| (?<status>\d{3}) `(?<code>\w+)` \| (?<text>[^|]*) \|/;
const rows = lines.map((line): Row => {
  const { name = '', status, code = '', text = '' } = form.exec(line)?.groups ?? {};
  return { name, status: Number(status), code, text };
});

const table: Readonly<Record<string, AnyRefusal>> = refusals;

const ofRoom = sources.filter(({ room }) => room === 'refusals');

describe(book, () => {
  it.each<[string, object]>([
    ['versioning', versioning],
    ['objectLock', objectLock],
    ['access', access],
    ['protection', protection],
  ])('names every refusal of %s', (_family, entries) => {
    const named = new Set(rows.map(({ name }) => name));
    const names = Object.keys(entries);
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => !named.has(name))).toEqual([]);
  });

  it('names only refusals that exist', () => {
    expect(rows.map(({ name }) => name).filter((name) => !Object.hasOwn(refusals, name))).toEqual([]);
  });

  it.each(rows)('has the words of $name: $text', ({ name, status, code, text }) => {
    const refusal = { refusal: name as RefusalName, details: {} } as S3Error; // its words, with nothing filled in
    const worded = wordRefusal(refusal, 'aws');
    expect({ status: worded.status, code: worded.code }).toEqual({ status, code });
    const [first = '', ...others] = text.split('…');
    expect(worded.message.startsWith(first)).toBe(true);
    expect(worded.message.endsWith(others.at(-1) ?? '')).toBe(true);
    if (others.length === 0) expect(worded.message).toBe(text);
  });
});

describe('a refusal', () => {
  it('has a text without blanks around it, but for two that AWS sends so', () => {
    const blank = Object.entries(table).filter(([, { message }]) => String(message) !== String(message).trim());
    // F365, F709
    expect(blank.map(([name]) => name)).toEqual(['CrossLocationLoggingProhibited', 'StsMfaCodeInvalid']);
  });

  it('is the only one with its code and its meaning', () => {
    const byCode = new Map<string, [name: string, entry: AnyRefusal][]>();
    for (const [name, entry] of Object.entries(table).filter(([, { service }]) => service === undefined)) {
      for (const code of new Set([entry.code, entry.cos?.code])) {
        if (typeof code === 'string') byCode.set(code, [...(byCode.get(code) ?? []), [name, entry]]);
      }
    }
    const unclear = [...byCode].filter(([code, same]) => {
      const marked = same.filter(([, { meantByCode }]) => meantByCode);
      return same.length > 1 && marked.length !== 1 && (marked.length > 1 || !same.some(([name]) => name === code));
    });
    expect(unclear.map(([code]) => code)).toEqual([]);
  });
});

describe("S3's text", () => {
  // A case says what was recorded, and a refusal what we answer.
  const elsewhere = sources.filter(({ room }) => room !== 'refusals');

  it('is not a detail of a refusal', () => {
    const given = elsewhere.flatMap((source) =>
      madeRefusals(source).flatMap(({ node, name, details }) => {
        if (/^Mock(?:InternalError|TestThrew)$/.test(name ?? '')) return [];
        const members = details && ts.isObjectLiteralExpression(details) ? details.properties : [];
        const names = members.map((member) => member.name?.getText() ?? '');
        return names.some((one) => /message$|^problem$/i.test(one)) ? [placeOf(source, node)] : [];
      }),
    );
    expect(given).toEqual([]);
  });

  it('is only in src/refusals', () => {
    const texts = new Map(ofRoom.flatMap((source) => sentencesOf(source).map((text) => [text, source.file])));
    expect(texts.size).toBeGreaterThan(150);
    const copies = elsewhere.flatMap((source) =>
      sentencesOf(source).flatMap((text) => {
        const owner = texts.get(text);
        return owner === undefined ? [] : [`${source.file}: '${text}' is also in ${owner}. ${whatToDo}`];
      }),
    );
    expect(copies).toEqual([]);
  });
});

const whatToDo =
  "If it is S3's text, throw the refusal with its details, and write no text. If it is a sentence of ours, use other words.";

/** The literals of a file that have three words or more, and the parts of its templates that have four: `is not a` is nobody's sentence. */
function sentencesOf({ tree }: Source): readonly string[] {
  return collect(tree, (node) => {
    const isPart = ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (!ts.isStringLiteralLike(node) && !isPart) return [];
    const text = node.text.trim();
    return text.split(/\s+/).length >= (isPart ? 4 : 3) ? [text] : [];
  });
}

interface MadeRefusal {
  readonly node: ts.NewExpression;
  /** Undefined if it is computed. */
  readonly name: string | undefined;
  readonly details: ts.Expression | undefined;
  readonly why: ts.Expression | undefined;
}

function madeRefusals({ tree }: Source): readonly MadeRefusal[] {
  return collect(tree, (node) => {
    if (!ts.isNewExpression(node) || node.expression.getText(tree) !== 'S3Error') return [];
    const [name, details, why] = node.arguments ?? [];
    return [{ node, name: name && ts.isStringLiteral(name) ? name.text : undefined, details, why }];
  });
}

/** The refusals that no sent value explains: something is missing, or the state of a bucket or an object is in the way. */
const withoutValue = new Set([
  'AclMissing',
  'AnonymousCopyNotAllowed',
  'AnonymousNotAllowed',
  'AnonymousUploadNotAllowed',
  'AttributesMissing',
  'AuthorizationQueryTwice',
  'BucketWithoutLock',
  'BypassWithoutLock',
  'ContentLengthMissing',
  'ContentSha256Missing',
  'CopySourceIsMarker',
  'CorsOriginMissing',
  'DateMissing',
  'FormConditionEmpty',
  'FormConditionNotList',
  'FormConditionNotOne',
  'FormConditionNotText',
  'FormPolicyConditionsMissing',
  'FormPolicyConditionsNotList',
  'FormPolicyExpirationMissing',
  'FormPolicyNotJson',
  'KeyNameInvalid',
  'LifecycleWithMfaDelete',
  'MalformedXML',
  'MfaDeleteWithLifecycle',
  'MissingRequestBody',
  'MockReset',
  'MockStopped',
  'OverrideByAnonymous',
  'RegionSetEmpty',
  'RegionSetMissing',
  'RequestUnparsable',
  'UserKeyRequired',
  'VersioningFixedByObjectLock',
  'VersioningFixedByReplication',
  'VersioningStatusMissing',
]);

const bareRefusals = sources.flatMap((source) =>
  madeRefusals(source).flatMap(({ node, name, details }) =>
    name === undefined || details || ts.isPropertyAccessExpression(node.parent)
      ? []
      : [{ name, place: `${source.file} ${name}` }],
  ),
);

describe('a refusal of a value', () => {
  it('has a reason, details, or quotes what was sent', () => {
    const advice =
      'Give it a reason, or quoting({ name: value }). If no value that was sent explains it, add it to withoutValue.';
    const unexplained = bareRefusals.filter(({ name }) => !withoutValue.has(name));
    expect(unexplained.map(({ place }) => `${place}: ${advice}`)).toEqual([]);
  });

  it('is not among those that no value explains', () => {
    const bare = new Set(bareRefusals.map(({ name }) => name));
    expect([...withoutValue].filter((name) => !bare.has(name))).toEqual([]);
  });
});

describe('a refusal of which S3 says nothing', () => {
  it('has a reason', () => {
    const silent = Object.entries(table).flatMap(([name, { message }]) =>
      /^$|(?:''|"")\)?$/.test(String(message)) ? [name] : [],
    );
    expect(silent).toEqual(expect.arrayContaining(['AnonymousListBuckets', 'NotModified', 'StsNumberMalformed']));
    const unreasoned = sources.flatMap((source) =>
      madeRefusals(source).flatMap(({ name = '', why }) =>
        silent.includes(name) && why === undefined ? [`${source.file} ${name}`] : [],
      ),
    );
    expect(unreasoned).toEqual([]);
  });
});

interface Entry {
  readonly name: string;
  readonly place: string;
  readonly sentence: string | undefined;
}

const entries = ofRoom.flatMap(entriesOf).filter(({ name }) => Object.hasOwn(table, name));
const sentences = entries.flatMap(({ sentence, ...entry }) => (sentence === undefined ? [] : [{ ...entry, sentence }]));

function entriesOf(source: Source): readonly Entry[] {
  return collect(source.tree, (node) => {
    if (!ts.isPropertyAssignment(node) || !isOfFamily(node)) return [];
    const name = node.name.getText(source.tree);
    const { line } = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree));
    return [{ name, place: `${source.file}:${line + 1} ${name}`, sentence: sentenceAbove(source, line) }];
  });
}

/** Whether a property is one of the object that a file exports, rather than one of an object inside it. */
function isOfFamily({ parent: { parent } }: ts.PropertyAssignment): boolean {
  const owner = ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) ? parent.parent : parent;
  return ts.isVariableDeclaration(owner) && owner.parent.parent.parent === owner.getSourceFile();
}

function sentenceAbove({ text }: Source, line: number): string | undefined {
  return /^ {2}\/\*\* (.+) \*\/$/.exec(text.split('\n')[line - 1] ?? '')?.[1];
}

/**
 * Files with names of codes that raise none: the troubles of replication and the calls that make them, the forms that a test gives an outage, what an exploration asks for, and
 * examples in a form of the page.
 */
const notOfRefusals = [
  'model/replication/replication-reasons',
  'service/failures/attempt-rule',
  'service/failures/outage',
  'window/rules',
  'tried/kinds',
  'worlds/ways',
];

/** The names that code outside of the families gives to a refusal: its name as a text, or as a template with a hole. */
const raised = [
  ...sources.filter(({ room, name }) => room !== 'refusals' && !notOfRefusals.includes(name)),
  ...ofRoom.filter(({ name }) => name === 'refusals/failures'),
];
const names = new Set(
  raised.flatMap(({ tree }) => collect(tree, (node) => (ts.isStringLiteral(node) ? [node.text] : []))),
);
const templates = raised.flatMap(madeRefusals).flatMap(({ node }): readonly RegExp[] => {
  const [name] = node.arguments ?? [];
  if (name === undefined || !ts.isTemplateExpression(name)) return [];
  const parts = [name.head.text, ...name.templateSpans.map(({ literal }) => literal.text)];
  return [new RegExp(`^${parts.join('\\w+')}$`)];
});

function isRaised(name: string): boolean {
  return names.has(name) || templates.some((template) => template.test(name));
}

describe('an entry of src/refusals', () => {
  it('has a sentence directly above it', () => {
    expect(entries.map(({ name }) => name).toSorted()).toEqual(Object.keys(table).toSorted());
    expect(entries.flatMap(({ place, sentence }) => (sentence === undefined ? [place] : []))).toEqual([]);
  });

  it('is raised by code, unless its sentence says that only a test asks for it', () => {
    const byTest = /only a test raises|that a test asks for/i;
    const wrong = sentences.filter(({ name, sentence }) => isRaised(name) === byTest.test(sentence));
    expect(wrong.map(({ place }) => place)).toEqual([]);
  });
});
