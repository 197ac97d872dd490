import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { actions, actionsMatching, findAction } from '../../../src/model/access/actions';
import { findStsActions, stsActionsMatching } from '../../../src/model/access/sts-actions';
import { matchesPattern, readPattern } from '../../../src/model/access/wildcards';
import { answerTo, policyOf, whyOf } from './policies';

const both = ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'];
const ofAction = (Action: unknown, Resource: unknown = both) => answerTo(policyOf({ Action, Resource }));

// F305
describe('the catalogue of actions', () => {
  it('has each action once, about a bucket, an object or neither', () => {
    expect(new Set(actions.map(({ name }) => name.toLowerCase())).size).toBe(actions.length);
    expect(new Set(actions.map(({ kind }) => kind))).toEqual(new Set(['bucket', 'object', 'none']));
  });

  it.each<{ name: string; kind: string | undefined }>`
    name                              | kind
    ${'s3:ListBucketVersions'}        | ${'bucket'}
    ${'s3:GetLifecycleConfiguration'} | ${'bucket'}
    ${'s3:GetObjectVersion'}          | ${'object'}
    ${'s3:ListMultipartUploadParts'}  | ${'object'}
    ${'s3:ListAllMyBuckets'}          | ${'none'}
    ${'S3:getobjectVERSION'}          | ${'object'}
    ${'s3:HeadBucket'}                | ${undefined}
  `('$name is of kind $kind', ({ name, kind }) => {
    expect(findAction(name)?.kind).toBe(kind);
  });

  it('matches patterns without case', () => {
    expect(actionsMatching('s3:getbucketv*').map(({ name }) => name)).toEqual(['s3:GetBucketVersioning']);
    expect(actionsMatching('*')).toBe(actions);
    expect(actionsMatching('ec2:*')).toEqual([]);
  });
});

// F305
describe('an action of a bucket policy', () => {
  it.each([
    ['*'],
    ['s3:*'],
    ['S3:*'],
    ['s3:Get*'],
    ['s3:getobject'],
    ['s3:GetObject?agging'],
    ['s3:TagResource'],
    ['s3:PutBucketObjectLockConfiguration'],
  ])('may be %s', (action) => {
    expect(ofAction(action)).toBeUndefined();
  });

  it.each([
    [''],
    ['GetObject'],
    ['s3:'],
    ['s3:HeadBucket'],
    ['s3:ListObjects'],
    ['s3:PutObjectLockConfiguration'],
    ['s3:ListAllMyBuckets'],
    ['s3:GetAccountPublicAccessBlock'],
    ['s3:CreateBucket'],
    ['s3:Frob*'],
    ['s3:*Account*'],
    ['ec2:RunInstances'],
    ['s?:GetObject'],
  ])('is not %j', (action) => {
    expect(ofAction(['s3:GetObject', action])).toBe(`Policy has invalid action | ${action}`);
  });

  it('is explained in the journal', () => {
    expect(whyOf(policyOf({ Action: 's3:CreateBucket' }))).toBe(
      'statement 1: a bucket policy may not name the action "s3:CreateBucket"',
    );
  });
});

// F309
describe('the resources of a bucket policy', () => {
  it.each([
    [''],
    ['*'],
    ['vault'],
    ['arn:aws:s3:::*'],
    ['arn:aws:s3:::archive/*'],
    ['arn:aws:s3:::vault*'],
    ['arn:aws:s3:::vaulted/*'],
    ['arn:aws:s3:::Vault/*'],
    ['arn:aws-cn:s3:::vault/*'],
    ['arn:aws:s3:us-east-1:123456789012:vault'],
  ])('name the bucket and its partition: %j is refused', (resource) => {
    expect(ofAction('s3:*', [...both, resource])).toBe(`Policy has invalid resource | ${resource}`);
  });

  it.each`
    Action                               | Resource   | accepted
    ${'s3:GetObject'}                    | ${both[0]} | ${false}
    ${'s3:GetObject'}                    | ${both[1]} | ${true}
    ${'s3:ListBucket'}                   | ${both[0]} | ${true}
    ${'s3:ListBucket'}                   | ${both[1]} | ${false}
    ${'s3:ListBucket'}                   | ${both}    | ${true}
    ${'s3:*'}                            | ${both[0]} | ${true}
    ${'*'}                               | ${both[1]} | ${true}
    ${'s3:List*'}                        | ${both[1]} | ${true}
    ${'s3:GetBucket*'}                   | ${both[1]} | ${false}
    ${['s3:GetObject', 's3:ListBucket']} | ${both[1]} | ${false}
    ${['s3:GetObject', 's3:ListBucket']} | ${both}    | ${true}
  `('$Action on $Resource is accepted: $accepted', ({ Action, Resource, accepted }) => {
    const answer = ofAction(Action, Resource);
    const refused = expect.stringMatching(/^Action does not apply to any resource\(s\) in statement \| Action "s3:/);
    expect(answer).toEqual(accepted ? undefined : refused);
  });

  it('are refused with the action and the statement that do not fit, or its index if it has no id', () => {
    const fits = JSON.parse(policyOf({ Sid: 'Fits' })).Statement[0];
    const other = { ...fits, Action: ['s3:GetObject', 's3:ListBucket'] };
    const answerOf = (...Statement: readonly object[]) => answerTo(JSON.stringify({ Statement }));
    const text = 'Action does not apply to any resource(s) in statement | Action "s3:ListBucket" in Statement';
    expect(answerOf({ ...other, Sid: 'List' })).toBe(`${text} "List"`);
    expect(answerOf({ ...other, Sid: undefined })).toBe(`${text} "NO_ID-0"`);
    expect(answerOf(fits, { ...other, Sid: undefined })).toBe(`${text} "NO_ID-1"`);
    expect(whyOf(JSON.stringify({ Statement: [fits, { ...other, Sid: undefined }] }))).toBe(
      'statement 2: "s3:ListBucket" applies to the bucket, and no resource of the statement names the bucket, such as arn:aws:s3:::vault',
    );
  });

  it('are not suggested if a bucket policy may not name them', () => {
    expect(whyOf(policyOf({ Action: 's3:ListBuckt', Resource: both }))).toBe(
      'statement 1: S3 has no action "s3:ListBuckt". Did you mean s3:ListBucket?',
    );
    expect(whyOf(policyOf({ Action: 's3:ListAllMyBucket', Resource: both }))).toBe(
      'statement 1: S3 has no action "s3:ListAllMyBucket". Did you mean s3:ListBucket?',
    );
  });

  it('do not have to fit NotAction, nor any action NotResource', () => {
    const list = { Action: 's3:ListBucket', Resource: undefined, NotResource: both[1] };
    expect(answerTo(policyOf(list))).toBeUndefined();
    expect(answerTo(policyOf({ Action: undefined, NotAction: 's3:ListBucket' }))).toBeUndefined();
  });
});

// F703
describe('the actions of STS that a pattern matches', () => {
  it.each<[pattern: string, matching: readonly string[]]>([
    ['sts:AssumeRole', ['sts:AssumeRole']],
    ['STS:assumerole', ['sts:AssumeRole']],
    ['*:AssumeRole', ['sts:AssumeRole']],
    ['sts:AssumeRoleWith*', ['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity']],
    ['s3:AssumeRole', []],
    ['st?:AssumeRole', []],
    ['sts', []],
    ['sts:', []],
    ['sts:Assume', []],
  ])('%s', (pattern, matching) => {
    expect(stsActionsMatching(pattern)).toEqual(matching);
  });

  it('are all others, if NotAction names it', () => {
    expect(findStsActions({ inverted: true, of: ['sts:*'] })).toEqual(new Set());
    expect(findStsActions({ inverted: true, of: ['sts:Get*', 'sts:A*'] })).toEqual(
      new Set([
        ...['sts:DecodeAuthorizationMessage', 'sts:SetContext', 'sts:SetSourceIdentity', 'sts:TagGetWebIdentityToken'],
        'sts:TagSession',
      ]),
    );
  });
});

describe('a pattern', () => {
  it.each<{ pattern: string; text: string; matches: boolean }>`
    pattern    | text         | matches
    ${'*'}     | ${''}        | ${true}
    ${''}      | ${''}        | ${true}
    ${''}      | ${'a'}       | ${false}
    ${'a*'}    | ${'a/b:c'}   | ${true}
    ${'*c'}    | ${'a/b:c'}   | ${true}
    ${'a?c'}   | ${'a/c'}     | ${true}
    ${'a?c'}   | ${'ac'}      | ${false}
    ${'a*b*c'} | ${'abbbcbc'} | ${true}
    ${'a*b*c'} | ${'abbbcb'}  | ${false}
    ${'a.c'}   | ${'abc'}     | ${false}
    ${'**'}    | ${'abc'}     | ${true}
    ${'A'}     | ${'a'}       | ${false}
  `('"$pattern" matches "$text": $matches', ({ pattern, text, matches }) => {
    expect(matchesPattern(readPattern(pattern), text)).toBe(matches);
  });

  it('matches what a regular expression with the same wildcards matches', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?') });
    fc.assert(
      fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b') }), (pattern, given) => {
        const regular = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(matchesPattern(readPattern(pattern), given)).toBe(regular.test(given));
      }),
    );
  });

  it('with many stars takes no long time', () => {
    expect(matchesPattern(readPattern(`${'a*'.repeat(500)}b`), 'a'.repeat(5000))).toBe(false);
  });
});
