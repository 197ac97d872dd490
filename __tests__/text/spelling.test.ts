import { describe, expect, it } from '@jest/globals';
import { writeSuggestion } from '../../src/text/spelling';

describe('a suggestion', () => {
  it.each<[given: unknown, names: readonly string[], text: string | undefined]>([
    ['PutObjects', ['GetObject', 'PutObject', 'PutObjectAcl'], 'Did you mean PutObject, GetObject, PutObjectAcl?'],
    ['putobject', ['PutObject', 'GetObject'], 'Did you mean PutObject?'],
    ['Versioning', ['versioning', 'region'], 'Did you mean versioning?'],
    ['bucket', ['region', 'dialect'], undefined],
    ['bucketPolicy', ['policy', 'cors'], 'Did you mean policy?'],
    ['publicAccessBlockConfiguration', ['cors', 'publicAccessBlock'], 'Did you mean publicAccessBlock?'],
    ['metricsystem', ['metrics'], undefined],
    ['tag', ['etag', 'tags'], 'Did you mean tags, etag?'],
    [
      'LambdaConfigurations',
      ['TopicConfigurations', 'QueueConfigurations', 'LambdaFunctionConfigurations'],
      'Did you mean LambdaFunctionConfigurations?',
    ],
    ['NotFound', ['OwnershipControlsNotFoundError'], undefined],
    ['us-east-1', ['us-east-1', 'us-east-2'], undefined],
    ['s3:ObjectDeleted:*', ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'], 'Did you mean s3:ObjectRemoved:*?'],
    ['RemoveObject', ['RestoreObject', 'RenameObject', 'DeleteObject'], 'Did you mean DeleteObject?'],
    ['ObjectDeleted', ['ObjectCreated:*', 'ObjectRemoved:*'], 'Did you mean ObjectRemoved:*?'],
    ['a', ['acl'], undefined],
    [12, ['12'], undefined],
  ])('for %s among %p is %s', (given, names, text) => {
    expect(writeSuggestion(given, names)).toBe(text);
  });

  it('has three names at most, or as many as are asked for', () => {
    expect(writeSuggestion('a', ['ab', 'ac', 'ad', 'ae'])).toBe('Did you mean ab, ac, ad?');
    expect(writeSuggestion('a', ['ab', 'ac', 'ad', 'ae'], 1)).toBe('Did you mean ab?');
  });
});
