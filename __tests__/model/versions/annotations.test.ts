import { describe, expect, it } from '@jest/globals';
import { Ids } from '../../../src/model/ids';
import {
  checkAnnotationBody,
  checkAnnotationName,
  makeAnnotation,
  mostAnnotations,
  pageAnnotations,
  withAnnotation,
  withoutAnnotation,
} from '../../../src/model/versions/annotations';
import type { Version } from '../../../src/model/versions/version';

const ids = new Ids('seed');
const annotation = (name: string) =>
  makeAnnotation(ids, { name, body: Buffer.from(name), modified: 0, encryption: {} });
const versionWith = (...names: string[]) => ({ annotations: names.map(annotation) }) as unknown as Version; // of a version, the part that is read
const namesOf = ({ annotations = [] }: Version) => annotations.map(({ name }) => name);

// F842
describe('the name of an annotation', () => {
  it.each(['a', 'A-b_c.9', 'é', 'x'.repeat(512), 'é'.repeat(256), 'my-aws'])('may be %j', (name) => {
    expect(() => checkAnnotationName(name)).not.toThrow();
  });

  it.each([
    ['x'.repeat(513), 'AnnotationNameTooLong'],
    ['é'.repeat(257), 'AnnotationNameTooLong'],
    ['', 'InvalidAnnotationName'],
    ['aws-x', 'InvalidAnnotationName'],
    ['AWS-x', 'InvalidAnnotationName'],
    ['S3x', 'InvalidAnnotationName'],
    ['a b', 'InvalidAnnotationName'],
    ['a/b', 'InvalidAnnotationName'],
  ])('is refused if it is %j: %s', (name, refusal) => {
    expect(() => checkAnnotationName(name)).toThrow(refusal);
  });
});

// F842
describe('the text of an annotation', () => {
  it('has one byte to a mebibyte of UTF-8', () => {
    expect(() => checkAnnotationBody(Buffer.alloc(1024 * 1024, 'x'))).not.toThrow();
    expect(() => checkAnnotationBody(Buffer.alloc(1024 * 1024 + 1, 'x'))).toThrow('AnnotationTooLarge');
    expect(() => checkAnnotationBody(Buffer.alloc(0))).toThrow('AnnotationEmpty');
    expect(() => checkAnnotationBody(Buffer.from([0xff]))).toThrow('UnsupportedMediaType');
  });
});

describe('the annotations of a version', () => {
  it('are in the order of the bytes of their names, each name once', () => {
    const added = withAnnotation(versionWith('b', '\uffff'), annotation('\u{10000}'));
    expect(namesOf(added)).toEqual(['b', '\uffff', '\u{10000}']);
    expect(namesOf(withAnnotation(added, annotation('b')))).toEqual(['b', '\uffff', '\u{10000}']);
  });

  it('are absent once the last is removed', () => {
    expect(withoutAnnotation(versionWith('a'), 'a').annotations).toBeUndefined();
    expect(namesOf(withoutAnnotation(versionWith('a', 'b'), 'a'))).toEqual(['b']);
  });

  it('are a thousand at most', () => {
    const full = versionWith(...Array.from({ length: mostAnnotations }, (_, index) => `n${index}`));
    expect(namesOf(withAnnotation(full, annotation('n7')))).toHaveLength(1000);
    expect(() => withAnnotation(full, annotation('other'))).toThrow('AnnotationLimitExceeded');
  });

  it('are listed in pages, each after the last name of the one before', () => {
    const version = versionWith('a1', 'a2', 'a3', 'b1');
    const page = (after: string, limit = 2) => {
      const { items, isTruncated } = pageAnnotations(version, { prefix: 'a', after, limit });
      return [items.map(({ name }) => name), isTruncated];
    };
    expect(page('')).toEqual([['a1', 'a2'], true]);
    expect(page('a2')).toEqual([['a3'], false]);
    expect(page('', 3)).toEqual([['a1', 'a2', 'a3'], false]);
  });
});
