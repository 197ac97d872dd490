import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  parseHttpDate,
  parseIsoDate,
  writeHttpDate,
  writeInstant,
  writeIsoDate,
  writeJavaDate,
} from '../../src/formats/dates';

const instant = Date.UTC(2026, 2, 31, 7, 35, 5);
// From the year 0000 to the year 9999, the range of four digits.
const instants = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 });

describe('dates as S3 writes them', () => {
  it.each<{ milliseconds: number; http: string; iso: string }>`
    milliseconds     | http                               | iso
    ${instant}       | ${'Tue, 31 Mar 2026 07:35:05 GMT'} | ${'2026-03-31T07:35:05.000Z'}
    ${instant + 999} | ${'Tue, 31 Mar 2026 07:35:05 GMT'} | ${'2026-03-31T07:35:05.000Z'}
    ${0}             | ${'Thu, 01 Jan 1970 00:00:00 GMT'} | ${'1970-01-01T00:00:00.000Z'}
    ${-1}            | ${'Wed, 31 Dec 1969 23:59:59 GMT'} | ${'1969-12-31T23:59:59.000Z'}
  `('$milliseconds is $http and $iso', ({ milliseconds, http, iso }) => {
    expect(writeHttpDate(milliseconds)).toBe(http);
    expect(writeIsoDate(milliseconds)).toBe(iso);
  });

  it('leaves the milliseconds of a whole second out in a header (F107)', () => {
    expect([instant, instant + 120].map(writeInstant)).toEqual(['2026-03-31T07:35:05Z', '2026-03-31T07:35:05.120Z']);
  });
});

describe('parseHttpDate', () => {
  it.each<{ text: string; milliseconds: number | undefined }>`
    text                                 | milliseconds
    ${'Tue, 31 Mar 2026 07:35:05 GMT'}   | ${instant}
    ${'Tuesday, 31-Mar-26 07:35:05 GMT'} | ${instant}
    ${'Tue Mar 31 07:35:05 2026'}        | ${instant}
    ${'Sun, 31 Mar 2026 07:35:05 GMT'}   | ${instant}
    ${'tue, 31 mar 2026 07:35:05 gmt'}   | ${instant}
    ${'Tue, 31 Mar 2026 07:35:05 UTC'}   | ${instant}
    ${'Tue, 31 Mar 2026 07:35:05 +0000'} | ${instant}
    ${'Sun, 06 Nov 1994 08:49:37 GMT'}   | ${784111777000}
    ${'Sunday, 06-Nov-94 08:49:37 GMT'}  | ${784111777000}
    ${'Sun Nov  6 08:49:37 1994'}        | ${784111777000}
    ${'Sun, 6 Nov 1994 08:49:37 GMT'}    | ${784111777000}
    ${'Thu, 29 Feb 2024 00:00:00 GMT'}   | ${Date.UTC(2024, 1, 29)}
    ${'Sun, 29 Feb 2026 00:00:00 GMT'}   | ${undefined}
    ${'Tue, 31 Foo 2026 07:35:05 GMT'}   | ${undefined}
    ${'Tue, 00 Mar 2026 07:35:05 GMT'}   | ${undefined}
    ${'Tue, 31 Mar 2026 24:35:05 GMT'}   | ${undefined}
    ${'Tue, 31 Mar 2026 07:60:05 GMT'}   | ${undefined}
    ${'Tue, 31 Mar 2026 07:35:05 CET'}   | ${undefined}
    ${'2026-03-31T07:35:05Z'}            | ${undefined}
    ${'20260331T073505Z'}                | ${undefined}
    ${'yesterday'}                       | ${undefined}
    ${''}                                | ${undefined}
  `('reads "$text" as $milliseconds', ({ text, milliseconds }) => {
    expect(parseHttpDate(text)).toBe(milliseconds);
  });

  it('reads back what httpDate writes', () => {
    fc.assert(
      fc.property(instants, (milliseconds) => {
        expect(parseHttpDate(writeHttpDate(milliseconds))).toBe(Math.floor(milliseconds / 1000) * 1000);
      }),
    );
  });
});

describe('parseIsoDate', () => {
  it.each<{ text: string; milliseconds: number | undefined }>`
    text                                 | milliseconds
    ${'2026-03-31T07:35:05.000Z'}        | ${instant}
    ${'2026-03-31T07:35:05Z'}            | ${instant}
    ${'2026-03-31t07:35:05z'}            | ${instant}
    ${'2026-03-31T07:35:05.1Z'}          | ${instant + 100}
    ${'2026-03-31T07:35:05.12Z'}         | ${instant + 120}
    ${'2026-03-31T07:35:05.123Z'}        | ${instant + 123}
    ${'2026-03-31T07:35:05.123999999Z'}  | ${instant + 123}
    ${'2026-03-31T09:35:05+02:00'}       | ${instant}
    ${'2026-03-31T09:35:05+0200'}        | ${instant}
    ${'2026-03-30T23:05:05.5-08:30'}     | ${instant + 500}
    ${'0099-01-01T00:00:00Z'}            | ${-59042995200000}
    ${'2026-03-31T07:35:05'}             | ${undefined}
    ${'2026-03-31T07:35:05.Z'}           | ${undefined}
    ${'2026-03-31T07:35:05.1234567890Z'} | ${undefined}
    ${'2026-03-31T07:35:05+24:00'}       | ${undefined}
    ${'2026-03-31T07:35:05+02:60'}       | ${undefined}
    ${'2026-02-30T00:00:00Z'}            | ${undefined}
    ${'2026-13-01T00:00:00Z'}            | ${undefined}
    ${'2026-03-31T24:00:00Z'}            | ${undefined}
    ${'2026-03-31'}                      | ${undefined}
    ${'20260331'}                        | ${undefined}
    ${''}                                | ${undefined}
  `('reads "$text" as $milliseconds', ({ text, milliseconds }) => {
    expect(parseIsoDate(text)).toBe(milliseconds);
  });

  it('reads what JavaScript writes, to the millisecond', () => {
    fc.assert(
      fc.property(instants, (milliseconds) => {
        expect(parseIsoDate(new Date(milliseconds).toISOString())).toBe(milliseconds);
        expect(parseIsoDate(writeIsoDate(milliseconds))).toBe(Math.floor(milliseconds / 1000) * 1000);
      }),
    );
  });
});

// The first is recorded: localstack, test_s3_object_retention_exc. F108
describe("a date in Java's own form", () => {
  it.each([
    ['2020-01-01T00:00:00Z', 'Tue Dec 31 16:00:00 PST 2019'],
    ['2020-07-04T06:59:59.999Z', 'Fri Jul 03 23:59:59 PDT 2020'],
    ['2020-03-08T09:59:59Z', 'Sun Mar 08 01:59:59 PST 2020'],
    ['2020-03-08T10:00:00Z', 'Sun Mar 08 03:00:00 PDT 2020'],
    ['2020-11-05T08:05:09Z', 'Thu Nov 05 00:05:09 PST 2020'],
    ['1970-01-01T00:00:00Z', 'Wed Dec 31 16:00:00 PST 1969'],
  ])('%s is %s', (iso, words) => {
    expect(writeJavaDate(Date.parse(iso))).toBe(words);
  });
});

it('neither parser throws for any text, and isoDate writes what they read, in whole seconds', () => {
  const digits = fc.stringMatching(/^[0-9A-Za-z:,.+ -]{0,40}$/);
  const nearly = fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/);
  fc.assert(
    fc.property(fc.oneof(fc.string(), digits, nearly), (text) => {
      parseHttpDate(text);
      const read = parseIsoDate(text);
      if (read !== undefined) expect(parseIsoDate(writeIsoDate(read))).toBe(Math.floor(read / 1000) * 1000);
    }),
  );
});
