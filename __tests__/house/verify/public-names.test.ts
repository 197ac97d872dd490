import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { routes } from '../../../src/door/index';
import { root, textOf } from '../files';
import { mendedBy } from '../mended-by';
import { declarationOf, entries, originOf, publicNames } from '../reference/declarations';

interface Names {
  readonly runtime: readonly string[];
  readonly types: readonly string[];
}

/**
 * What a reviewer has to see of a change: a line for each name that users can write. Matchers and operations are not among them: their pages
 * of the reference, which are compared as well, list them.
 */
const file = '__tests__/house/public-names.txt';

const [ofMain, ofJest, ofMatchers] = entries;

const written = [
  '`npm run generate names` writes this file. A change of it is a change of what users can write.',
  ...[
    listed('Values of s3-versioning-mock', namesOf(ofMain).runtime),
    listed('Types of s3-versioning-mock', namesOf(ofMain).types),
    listed('s3-versioning-mock/matchers', Object.values(namesOf(ofMatchers)).flat()),
    listed(
      'Routes of the door',
      routes.map(({ method, path }) => `${path} ${method}`),
    ),
  ],
].join('\n\n');
if (process.env['WRITE_NAMES']) writeFileSync(join(root, file), `${written}\n`);

function listed(title: string, names: readonly string[]): string {
  return [title, ...names.toSorted().map((name) => `  ${name}`)].join('\n');
}

describe('the public names', () => {
  it('are those of the file that npm run generate names writes', () => {
    mendedBy('npm run generate names', () => expect(textOf(file)).toBe(`${written}\n`));
  });

  it('of s3-versioning-mock/jest are those of s3-versioning-mock', () => {
    expect(namesOf(ofJest)).toEqual(namesOf(ofMain));
  });

  it('have a sentence each', () => {
    expect(publicNames.filter((name) => declarationOf(name).text === '')).toEqual([]);
  });
});

/** The types whose members are AWS's own, or say all by their names. */
const plain = [
  ...['Duration', 'HandlersByText', 'S3EventBridgeEvent', 'S3MockError', 'S3Notification', 'S3NotificationRecord'],
  ...['MatcherResult', 'S3TestNotification', 'StoredDeleteMarker', 'VersionListing', 'NockFunction', 'Person'],
  ...['QueueRecord', 'TopicRecord', 'RestoreStatus', 'S3EventBridgeDetail', 'S3NotificationObject'],
  ...[
    'AnyExpectedInput',
    'ExpectedInput',
    'Encryption',
    'ListedDeleteMarker',
    'ListedVersion',
    'AclDocument',
    'GrantFixture',
  ],
  ...['DefaultRetentionFixture', 'PeriodFixture', 'RetentionFixture', 'StoredRetention', 'PiecesFixture'],
  ...['AccountOutline', 'BucketOutline', 'VersionOutline'],
];

describe('the members of public types', () => {
  it.each(publicNames.filter((name) => !plain.includes(name)))('%s: have a sentence each', (name) => {
    const bare = declarationOf(name).members.filter(({ variants }) => variants.some(({ text }) => text === ''));
    expect(bare.map((member) => member.name)).toEqual([]);
  });

  it('are read by the compiler', () => {
    const members = declarationOf('RequestEntry').members.map(({ name }) => name);
    expect(members).toEqual(expect.arrayContaining(['input', 'why']));
  });
});

function namesOf(symbols: readonly ts.Symbol[]): Names {
  const isRuntime = (symbol: ts.Symbol) => (originOf(symbol).flags & ts.SymbolFlags.Value) !== 0 && !isTypeOnly(symbol);
  const sorted = (some: readonly ts.Symbol[]) => some.map(({ name }) => name).toSorted();
  return {
    runtime: sorted(symbols.filter(isRuntime)),
    types: sorted(symbols.filter((symbol) => !isRuntime(symbol))),
  };
}

/** Whether `export type` exports it: a class whose type users get, without its constructor. */
function isTypeOnly(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some(
    (declaration) =>
      ts.isExportSpecifier(declaration) && (declaration.isTypeOnly || declaration.parent.parent.isTypeOnly),
  );
}
