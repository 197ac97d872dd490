import { describe, expect, it } from '@jest/globals';
import { list, structure } from '../../src/shapes/elements';
import { checkExpectedKinds } from '../../src/shapes/expected-values';
import { expecting } from '../../src/shapes/given';
import type { Shape } from '../../src/shapes/shape';
import { boolean, converted, date, integer, ranging, text, word, wordList, words } from '../../src/shapes/values';

const shape: Shape = structure({
  Bucket: text,
  MaxKeys: integer,
  PartNumber: ranging(integer, [1, 10_000]),
  Quiet: boolean,
  Since: date,
  Status: words('Enabled'),
  Attributes: wordList('ETag', 'Checksum'),
  Class: word('STANDARD', 'GLACIER_IR'),
  Events: list(word('Put', 'Delete')),
  Kept: expecting(words('STANDARD'), 'a class', (value) => value === 'STANDARD' || value === 'ACCELERATED'),
  Size: converted(integer, Number),
  Metadata: { kind: 'map', item: text },
  Body: { kind: 'bytes' },
  Objects: list(structure({ Key: text })),
});
const check = (value: unknown) => () => checkExpectedKinds('expect: the input of X', shape, value);

describe('an expected value', () => {
  it.each<{ value: unknown; message: string }>`
    value                              | message
    ${3}                               | ${'value 3; expected an object, or a matcher such as expect.objectContaining({})'}
    ${{ Bucket: 3 }}                   | ${'Bucket 3; expected a text, or a matcher such as expect.any(String)'}
    ${{ Bucket: null }}                | ${'Bucket null; expected a text, or a matcher such as expect.any(String)'}
    ${{ Bucket: /vault/ }}             | ${'Bucket /vault/; expected a text, or a matcher such as expect.stringMatching(/vault/)'}
    ${{ Status: true }}                | ${'Status true; expected a text, or a matcher such as expect.any(String)'}
    ${{ MaxKeys: '3' }}                | ${"MaxKeys '3'; expected a whole number, or a matcher such as expect.any(Number)"}
    ${{ MaxKeys: 1.5 }}                | ${'MaxKeys 1.5; expected a whole number, or a matcher such as expect.any(Number)'}
    ${{ PartNumber: 0 }}               | ${'PartNumber 0; expected a whole number from 1 to 10000, or a matcher such as expect.any(Number)'}
    ${{ Quiet: 'true' }}               | ${"Quiet 'true'; expected true or false, or a matcher such as expect.any(Boolean)"}
    ${{ Since: '2026-01-31' }}         | ${"Since '2026-01-31'; expected a valid Date, or a matcher such as expect.any(Date)"}
    ${{ Since: new Date(Number.NaN) }} | ${'Since Invalid Date; expected a valid Date, or a matcher such as expect.any(Date)'}
    ${{ Attributes: 3 }}               | ${'Attributes 3; expected a list of texts, or a matcher such as expect.arrayContaining([])'}
    ${{ Size: null }}                  | ${'Size null; expected a value that a request can have, or a matcher such as expect.anything()'}
    ${{ Metadata: 'a' }}               | ${"Metadata 'a'; expected an object, or a matcher such as expect.objectContaining({})"}
    ${{ Metadata: { n: 3 } }}          | ${'Metadata.n 3; expected a text, or a matcher such as expect.any(String)'}
    ${{ Body: 3 }}                     | ${"Body 3; expected text, bytes or the JSON in them, or a matcher such as expect.stringContaining('first')"}
    ${{ Status: 'enabled' }}           | ${"Status 'enabled'; expected 'Enabled', or a matcher such as expect.any(String). Did you mean Enabled?"}
    ${{ Class: 'GLACIER_INSTANT' }}    | ${"Class 'GLACIER_INSTANT'; expected 'STANDARD' or 'GLACIER_IR', or a matcher such as expect.any(String)"}
    ${{ Attributes: ['Etag'] }}        | ${"Attributes[0] 'Etag'; expected 'ETag' or 'Checksum', or a matcher such as expect.any(String). Did you mean ETag?"}
    ${{ Events: ['Put', 'put'] }}      | ${"Events[1] 'put'; expected 'Put' or 'Delete', or a matcher such as expect.any(String). Did you mean Put?"}
    ${{ Kept: 'Standard' }}            | ${"Kept 'Standard'; expected 'STANDARD', or a matcher such as expect.any(String). Did you mean STANDARD?"}
    ${{ Objects: { Key: 'a' } }}       | ${"Objects { Key: 'a' }; expected a list, or a matcher such as expect.arrayContaining([])"}
    ${{ Objects: [{ Key: 3 }] }}       | ${'Objects[0].Key 3; expected a text, or a matcher such as expect.any(String)'}
  `('that is $value is a TypeError, since nothing has such a value', ({ value, message }) => {
    expect(check(value)).toThrow(new TypeError(`expect: the input of X: invalid ${message}`));
  });

  it.each<readonly [unknown]>([
    [undefined],
    [{ Bucket: undefined, MaxKeys: 3, PartNumber: 10_000, Quiet: false, Since: new Date(0), Status: 'Enabled' }],
    [{ Attributes: ['ETag'], Size: 3, Metadata: { author: 'ann' }, Body: 'first', Objects: [{ Key: 'a' }, {}] }],
    [{ Body: Buffer.from('first'), Bucket: expect.any(String), Metadata: { author: expect.any(String) } }],
    [{ Class: 'GLACIER_IR', Attributes: ['ETag', expect.any(String)], Events: [], Kept: 'ACCELERATED' }],
    [{ Constructor: 3, constructor: 3 }],
  ])('that is %j may match', (value) => {
    expect(check(value)).not.toThrow();
  });

  it('may be a word that S3 does not have if a request carried it', () => {
    const came = (member: string, word: string) => member === 'Class' && word === 'STANDRAD';
    const checkCarried = (value: unknown) => () => checkExpectedKinds('expect', shape, value, came);
    expect(checkCarried({ Class: 'STANDRAD' })).not.toThrow();
    expect(checkCarried({ Class: 'STANDRD' })).toThrow(
      new TypeError(
        "expect: invalid Class 'STANDRD'; expected 'STANDARD' or 'GLACIER_IR', a word that a request has carried, or a matcher such as expect.any(String). Did you mean STANDARD?",
      ),
    );
  });

  it('may be the text that a request had in place of a number, a switch or a date', () => {
    expect(check({ MaxKeys: 'many', PartNumber: '0', Quiet: 'yes', Since: 'soon', Attributes: 'all' })).not.toThrow();
  });
});
