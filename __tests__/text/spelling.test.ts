import { describe, expect, it } from '@jest/globals';
import { isLetterOff, isMisspeltMember, writeSuggestion } from '../../src/text/spelling';

describe('a name that somebody chose is a letter off another one', () => {
  it.each<{ given: string; name: string; is: boolean }>`
    given               | name                 | is
    ${'valut'}          | ${'vault'}           | ${true}
    ${'vaul'}           | ${'vault'}           | ${true}
    ${'vaults'}         | ${'vault'}           | ${true}
    ${'vaukt'}          | ${'vault'}           | ${true}
    ${'Vault'}          | ${'vault'}           | ${true}
    ${'my-valut'}       | ${'my-vault'}        | ${true}
    ${'report-archive'} | ${'reports-archive'} | ${true}
    ${'myvault'}        | ${'my-vault'}        | ${true}
    ${'vault'}          | ${'vault'}           | ${false}
    ${'vuatl'}          | ${'vault'}           | ${false}
    ${'reports-1'}      | ${'reports-2'}       | ${false}
    ${'reports1'}       | ${'reports2'}        | ${false}
    ${'vault2'}         | ${'vault'}           | ${false}
    ${'reports'}        | ${'reports-archive'} | ${false}
    ${'logs-eu'}        | ${'logs-us'}         | ${false}
    ${'logs-a'}         | ${'logs-b'}          | ${false}
    ${'eu-reports'}     | ${'us-reports'}      | ${false}
    ${'src'}            | ${'dst'}             | ${false}
    ${'log'}            | ${'logs'}            | ${false}
    ${'other'}          | ${'vault'}           | ${false}
  `('$given and $name: $is', ({ given, name, is }) => {
    expect({ is: isLetterOff(given, name) }).toEqual({ is });
  });
});

describe('a name of a thousand letters', () => {
  const folders = 'folder/'.repeat(140);
  const similar = 'abcdefghij'.repeat(6);

  it('is compared in the letters that differ', () => {
    expect({
      letter: isLetterOff(`${folders}raport.pdf`, `${folders}report.pdf`),
      swapped: isLetterOff(`${folders}reoprt.pdf`, `${folders}report.pdf`),
      further: isLetterOff(`${folders}rapport.pdf`, `${folders}report.pdf`),
    }).toEqual({ letter: true, swapped: true, further: false });
    expect(writeSuggestion(`${folders}raport.pdf`, [`${folders}report.pdf`])).toContain('report.pdf?');
  });

  it('is similar to a name with up to sixteen other letters', () => {
    const changed = (letters: number) => similar.slice(0, 20) + 'x'.repeat(letters) + similar.slice(20 + letters);
    expect(writeSuggestion(changed(16), [similar])).toBe(`Did you mean ${similar}?`);
    expect(writeSuggestion(changed(17), [similar])).toBeUndefined();
  });
});

describe('a name is a misspelt member', () => {
  it.each<{ given: string; name: string; is: boolean }>`
    given            | name            | is
    ${'verioning'}   | ${'versioning'} | ${true}
    ${'versionning'} | ${'versioning'} | ${true}
    ${'versionimg'}  | ${'versioning'} | ${true}
    ${'verisoning'}  | ${'versioning'} | ${true}
    ${'nwo'}         | ${'now'}        | ${true}
    ${'sett'}        | ${'set'}        | ${true}
    ${'get'}         | ${'set'}        | ${false}
    ${'vrsionng'}    | ${'versioning'} | ${false}
    ${'Versioning'}  | ${'versioning'} | ${false}
    ${'KEYS'}        | ${'keys'}       | ${false}
    ${'Key'}         | ${'keys'}       | ${false}
    ${'versioning'}  | ${'versioning'} | ${false}
  `('$given for $name: $is', ({ given, name, is }) => {
    expect({ is: isMisspeltMember(given, name) }).toEqual({ is });
  });
});

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

describe('of names that continue what was given', () => {
  it('the one with an ending alone is suggested, else the first', () => {
    expect(writeSuggestion('object', ['objectLock', 'objects'], 1)).toBe('Did you mean objects?');
    expect(writeSuggestion('us-south', ['us-south-standard', 'us-south-cold'], 1)).toBe(
      'Did you mean us-south-standard?',
    );
  });
});
