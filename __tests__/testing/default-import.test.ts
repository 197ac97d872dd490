import { describe, expect, it, jest } from '@jest/globals';
import { makeDefault, refuseCalls } from '../../src/testing/default-import';
import { thrownBy } from '../support/thrown';

const call = (value: object) => () => Reflect.apply(value as () => unknown, undefined, [{}]);
const construct = (value: object) => () => Reflect.construct(value as new () => object, []);

describe('the exports of an entry that is CommonJS', () => {
  const mockS3 = () => 'a mock';
  const exported = refuseCalls({ mockS3 }, 's3-versioning-mock/jest', 'mockS3');

  it('are members of a function that says what to import', () => {
    const message =
      "s3-versioning-mock/jest has no default export: import { mockS3 } from 's3-versioning-mock/jest', or const { mockS3 } = require('s3-versioning-mock/jest')";
    expect({ ...exported }).toEqual({ mockS3 });
    for (const act of [call(exported), construct(exported)]) {
      expect(thrownBy(act)).toMatchObject({ name: 'TypeError', message });
    }
    // Compilers that do not look for a default export of another module read this member.
    expect(call(Reflect.get(exported, 'default'))).toThrow(message);
  });

  it('can be replaced by a spy', () => {
    const spied = exported as { mockS3: () => string };
    jest.spyOn(spied, 'mockS3').mockReturnValue('a spy');
    expect(spied.mockS3()).toBe('a spy');
  });
});

describe('the default export of an entry that is an ES module', () => {
  const value = makeDefault(['MockS3', 'mockS3', 'default', 'module.exports'], 's3-versioning-mock/vitest', 'mockS3');
  const message = "s3-versioning-mock/vitest has no default export: import { mockS3 } from 's3-versioning-mock/vitest'";

  it('throws if it is called, or if a member is read', () => {
    for (const act of [call(value), construct(value), () => Reflect.get(value, 'mockS3')]) {
      expect(thrownBy(act)).toMatchObject({ name: 'TypeError', message });
    }
  });

  it('is silent about what tools read of each module', () => {
    expect(['default', 'module.exports', '__esModule', 'then'].map((name) => Reflect.get(value, name))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
