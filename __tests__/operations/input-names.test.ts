import { describe, expect, it } from '@jest/globals';
import { type OperationName, operations } from '../../src/operations/table';
import { namesOf } from '../../src/shapes/member-names';

const findInputNames = (name: OperationName) => namesOf(operations[name].input);

describe('the names of an input', () => {
  it('are the names of its declaration, nested ones included', () => {
    expect(findInputNames('DeleteObjects')).toMatchObject({
      Bucket: 'none',
      MFA: 'none',
      Delete: { Objects: { Key: 'none', VersionId: 'none', ETag: 'none' }, Quiet: 'none' },
    });
    expect(findInputNames('PutBucketLifecycleConfiguration')).toMatchObject({
      LifecycleConfiguration: { Rules: { Filter: { And: { Tags: { Key: 'none', Value: 'none' } } } } },
    });
    expect(findInputNames('PutBucketTagging')).toMatchObject({ Tagging: { TagSet: { Key: 'none', Value: 'none' } } });
  });

  it('are open in metadata and in bodies only', () => {
    const open = new Set<string>();
    for (const name of Object.keys(operations) as OperationName[]) {
      const names = findInputNames(name);
      if (typeof names === 'object')
        for (const [member, within] of Object.entries(names)) if (within === 'any') open.add(member);
    }
    expect([...open].toSorted()).toEqual(['AnnotationPayload', 'Body', 'Metadata']);
  });
});
