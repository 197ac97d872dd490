import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { refusals } from '../../src/refusals/table';
import { visit } from './nodes';
import { sources } from './sources';

/** The refusals that no sent value explains: something is missing, or the state of a bucket or an object is in the way. */
const withoutValue = new Set([
  'AclMissing',
  'AnonymousCopyNotAllowed',
  'AnonymousNotAllowed',
  'AnonymousUploadNotAllowed',
  'AttributesMissing',
  'AuthorizationHeaderComponentsMissing',
  'AuthorizationQueryTwice',
  'BucketWithoutLock',
  'BypassWithoutLock',
  'ContentLengthMissing',
  'ContentMd5OrChecksumMissing',
  'ContentSha256Missing',
  'CopySourceIsMarker',
  'CopyToItself',
  'CorsOriginMissing',
  'DateMissing',
  'KeyNameInvalid',
  'LifecycleWithMfaDelete',
  'MfaDeleteWithLifecycle',
  'MissingRequestBody',
  'MockStopped',
  'NoSuchLock',
  'OverrideByAnonymous',
  'RegionSetEmpty',
  'RegionSetMissing',
  'RequestUnparsable',
  'UserKeyRequired',
  'VersioningFixedByObjectLock',
  'VersioningFixedByReplication',
  'VersioningStatusMissing',
  // The reading of documents explains it, by the name of the element and its text.
  'MalformedXML',
  // So does the reading of a form's policy.
  'FormConditionEmpty',
  'FormConditionNotList',
  'FormConditionNotOne',
  'FormConditionNotText',
  'FormPolicyConditionsMissing',
  'FormPolicyConditionsNotList',
  'FormPolicyExpirationMissing',
  'FormPolicyNotJson',
]);

/** The refusals that are made with their name alone, each with its place. */
function bareRefusals(): readonly (readonly [name: string, place: string])[] {
  return sources.flatMap(({ file, tree }) => {
    const found: (readonly [string, string])[] = [];
    visit(tree, (node) => {
      if (!ts.isNewExpression(node) || node.expression.getText(tree) !== 'S3Error') return;
      const [name, ...others] = node.arguments ?? [];
      if (name === undefined || others.length > 0 || !ts.isStringLiteral(name)) return;
      if (ts.isPropertyAccessExpression(node.parent)) return;
      found.push([name.text, `${file} ${name.text}`]);
    });
    return found;
  });
}

describe('a refusal of a value', () => {
  it('has a reason, details, or quotes what was sent', () => {
    expect(bareRefusals().flatMap(([name, place]) => (withoutValue.has(name) ? [] : [place]))).toEqual([]);
  });

  it('is not among those that no value explains', () => {
    const bare = new Set(bareRefusals().map(([name]) => name));
    expect([...withoutValue].filter((name) => !bare.has(name))).toEqual([]);
  });
});

/** The refusals of which S3 may say nothing, so that only a reason says why. */
const silent = Object.entries(refusals)
  .filter(([, { message }]) => /^$|(?:''|"")\)?$/.test(String(message)))
  .map(([name]) => name);

/** The places where such a refusal is made without a reason. */
function unreasoned(): readonly string[] {
  return sources.flatMap(({ file, tree }) => {
    const found: string[] = [];
    visit(tree, (node) => {
      if (!ts.isNewExpression(node) || node.expression.getText(tree) !== 'S3Error') return;
      const [name, , why] = node.arguments ?? [];
      if (name !== undefined && ts.isStringLiteral(name) && silent.includes(name.text) && why === undefined)
        found.push(`${file} ${name.text}`);
    });
    return found;
  });
}

describe('a refusal of which S3 says nothing', () => {
  it('has a reason', () => {
    expect(silent).toEqual(expect.arrayContaining(['AnonymousListBuckets', 'NotModified', 'StsNumberMalformed']));
    expect(unreasoned()).toEqual([]);
  });
});
