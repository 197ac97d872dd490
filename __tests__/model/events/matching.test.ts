import { describe, expect, it } from '@jest/globals';
import { findMatchingDestinations, whyNotSent } from '../../../src/model/events/matching';
import type { EventName } from '../../../src/model/events/report';
import { toQueue } from '../../support/event-scene';

type Rule = readonly [name: 'prefix' | 'Prefix' | 'suffix' | 'Suffix', value: string];

const rules = (...given: readonly Rule[]) => ({
  Filter: { Key: { FilterRules: given.map(([Name, Value]) => ({ Name, Value })) } },
});

describe('a configuration asks for an event', () => {
  it.each<[events: string, name: EventName, asks: boolean]>([
    ['s3:ObjectCreated:Put', 'ObjectCreated:Put', true],
    ['s3:ObjectCreated:Put', 'ObjectCreated:Post', false],
    ['s3:ObjectCreated:*', 'ObjectCreated:CompleteMultipartUpload', true],
    ['s3:ObjectCreated:*', 'ObjectRemoved:Delete', false],
    ['s3:ObjectRemoved:*', 'LifecycleExpiration:Delete', false],
    ['s3:ObjectRemoved:Delete', 'ObjectRemoved:Delete', true],
    ['s3:ObjectRemoved:Delete', 'ObjectRemoved:DeleteMarkerCreated', false],
    ['s3:LifecycleExpiration:*', 'LifecycleExpiration:DeleteMarkerCreated', true],
    ['s3:LifecycleTransition', 'LifecycleTransition', true],
    ['s3:ObjectAcl:Put', 'ObjectAcl:Put', true],
  ])('%s of %s: %s', (events, name, asks) => {
    expect(findMatchingDestinations(toQueue([events as 's3:ObjectCreated:*']), name, 'a')).toHaveLength(asks ? 1 : 0);
  });

  it.each<[rules: ReturnType<typeof rules>, key: string, matches: boolean]>([
    [rules(['Prefix', 'images/']), 'images/a.jpg', true],
    [rules(['Prefix', 'images/']), 'Images/a.jpg', false],
    [rules(['Prefix', 'images/']), 'old/images/a.jpg', false],
    [rules(['Suffix', '.jpg']), 'images/a.jpg', true],
    [rules(['Suffix', '.jpg']), 'images/a.JPG', false],
    [rules(['prefix', 'images/'], ['suffix', '.jpg']), 'images/a.png', false],
    [rules(['prefix', 'images/'], ['suffix', '.jpg']), 'images/a.jpg', true],
    [rules(['Prefix', 'a*']), 'ab', false],
    [rules(['Prefix', '']), 'a', true],
    [rules(['Prefix', 'red flower']), 'red flower.jpg', false],
    [rules(['Prefix', 'red+flower']), 'red flower.jpg', true],
    [rules(['Suffix', '%40b']), 'a@b', true],
  ])('with the filter %j of %s: %s', (more, key, matches) => {
    const notification = toQueue(['s3:ObjectCreated:*'], more);
    expect(findMatchingDestinations(notification, 'ObjectCreated:Put', key)).toHaveLength(matches ? 1 : 0);
  });
});

describe('the reasons why an event was not sent', () => {
  const thumbnails = (...given: readonly Rule[]) =>
    toQueue(['s3:ObjectCreated:*'], { Id: 'thumbnails', ...rules(...given) });

  it.each([
    ['there is no configuration', undefined, 'a.jpg', ['the bucket has no notification configuration']],
    [
      'the prefix differs',
      thumbnails(['Prefix', 'images/']),
      'other/a.jpg',
      ["filter prefix 'images/' of 'thumbnails' does not match 'other/a.jpg'"],
    ],
    [
      'both rules differ',
      thumbnails(['Prefix', 'images/'], ['Suffix', '.jpg']),
      'a.png',
      [
        "filter prefix 'images/' of 'thumbnails' does not match 'a.png'",
        "filter suffix '.jpg' of 'thumbnails' does not match 'a.png'",
      ],
    ],
    [
      'the filter is not encoded',
      thumbnails(['Prefix', 'red flower']),
      'red flower.jpg',
      [
        "filter prefix 'red flower' of 'thumbnails' does not match 'red+flower.jpg', as messages have the key 'red flower.jpg'",
      ],
    ],
    ['it matches', thumbnails(['Prefix', 'images/']), 'images/a.jpg', []],
    ['no key is given', thumbnails(['Prefix', 'images/']), undefined, []],
  ])('say that %s', (_what, notification, key, reasons) => {
    expect(whyNotSent(notification, 'ObjectCreated:Put', key)).toEqual(reasons);
  });

  it('say which events a configuration asks for', () => {
    expect(whyNotSent(thumbnails(), 'ObjectRemoved:Delete', 'a')).toEqual([
      "configuration 'thumbnails' asks for 's3:ObjectCreated:*'",
    ]);
    expect(whyNotSent(thumbnails(), 'ObjectRemoved:Delete', undefined)).toEqual([
      "configuration 'thumbnails' asks for 's3:ObjectCreated:*'",
    ]);
  });
});
