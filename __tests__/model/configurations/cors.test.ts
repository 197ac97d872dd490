import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { CorsRule } from '../../../src/model/configurations/cors';
import { type CrossOriginRequest, matchCors } from '../../../src/model/configurations/cors';

const page = 'https://page.example.com';

function rule(origins: string, methods: string, headers = ''): CorsRule {
  const listed = (text: string) => text.split(' ').filter((item) => item !== '');
  return {
    AllowedOrigins: origins.split(' '),
    AllowedMethods: listed(methods),
    ...(headers !== '' && { AllowedHeaders: listed(headers) }),
  };
}

function matched(rules: readonly CorsRule[], request: Partial<CrossOriginRequest>): string {
  const found = matchCors(rules, { origin: page, method: 'GET', headers: [], ...request });
  return typeof found === 'string' ? found : `${rules.indexOf(found.rule)} ${found.allowedOrigin}`;
}

// F342
describe('an origin', () => {
  it.each<{ origins: string; origin: string; fits: boolean }>`
    origins                                    | origin                        | fits
    ${page}                                    | ${'http://page.example.com'}  | ${false}
    ${page}                                    | ${`${page}:8080`}             | ${false}
    ${'https://*.example.com'}                 | ${'https://example.com'}      | ${false}
    ${'http://*.origin.com'}                   | ${'http://test.origin.com/'}  | ${false}
    ${'https://*'}                             | ${page}                       | ${true}
    ${'*.example.com'}                         | ${page}                       | ${true}
    ${'https://page*page.example.com'}         | ${page}                       | ${false}
    ${'https://a.test https://page.example.*'} | ${page}                       | ${true}
    ${''}                                      | ${page}                       | ${false}
    ${'null'}                                  | ${'null'}                     | ${true}
    ${'https://page.example.com.'}             | ${page}                       | ${false}
    ${'https://page?example.com'}              | ${page}                       | ${false}
    ${'https://page.example.co.'}              | ${'https://page.example.com'} | ${false}
  `('$origins and $origin: $fits', ({ origins, origin, fits }) => {
    expect(matchCors([rule(origins, 'GET')], { origin, method: 'GET', headers: [] })).toEqual(
      fits ? expect.any(Object) : expect.stringMatching(`^no rule allows the origin '${origin}'`),
    );
  });
});

it.each<{ origins: string; origin: string; near: string }>`
  origins                    | origin                       | near
  ${'https://*.example.com'} | ${'https://example.com'}     | ${"a rule allows 'https://*.example.com', and this origin has no name before that point: allow it by itself too"}
  ${page}                    | ${'http://page.example.com'} | ${`a rule allows '${page}', and this origin has the scheme http: allow it with that scheme too`}
  ${page}                    | ${`${page}:8080`}            | ${`a rule allows '${page}', and this origin has a port: allow it with that port too`}
  ${'https://a.test'}        | ${page}                      | ${undefined}
`('the reason names the rule that nearly allows $origin: $origins', ({ origins, origin, near }) => {
  const text = String(matchCors([rule(origins, 'GET')], { origin, method: 'GET', headers: [] }));
  expect(text.split('; ')[1]).toBe(near);
});

// Recorded: justincormack/argmin, test_cors_preflight_origin_wildcard_matrix. F342
describe('several rules with wildcards', () => {
  const rules = [
    rule('http://*suffix', 'GET'),
    rule('http://start*end', 'GET'),
    rule('http://prefix*', 'GET'),
    rule('http://*.put', 'PUT'),
  ];

  it.each<{ origin: string; method: string; found: string | undefined }>`
    origin                     | method   | found
    ${'http://foo.suffix'}     | ${'GET'} | ${'0 http://*suffix'}
    ${'http://foo.suffix.get'} | ${'GET'} | ${undefined}
    ${'http://startend'}       | ${'GET'} | ${'1 http://start*end'}
    ${'http://start12end'}     | ${'GET'} | ${'1 http://start*end'}
    ${'http://0start12end'}    | ${'GET'} | ${undefined}
    ${'http://prefix'}         | ${'GET'} | ${'2 http://prefix*'}
    ${'http://prefix.suffix'}  | ${'GET'} | ${'0 http://*suffix'}
    ${'http://bla.prefix'}     | ${'GET'} | ${undefined}
    ${'http://foo.put'}        | ${'GET'} | ${undefined}
    ${'http://foo.put'}        | ${'PUT'} | ${'3 http://*.put'}
  `('$method from $origin: $found', ({ origin, method, found }) => {
    expect(matched(rules, { origin, method })).toEqual(found ?? expect.stringMatching(/^no rule/));
  });
});

describe('a header', () => {
  it.each<{ allowed: string; headers: readonly string[]; strange: string | undefined }>`
    allowed             | headers                        | strange
    ${''}               | ${[]}                          | ${undefined}
    ${''}               | ${['x-amz-date']}              | ${"the header 'x-amz-date'"}
    ${'*'}              | ${['x-amz-date', 'range']}     | ${undefined}
    ${'X-Amz-Date'}     | ${['x-amz-date']}              | ${undefined}
    ${'x-amz-*'}        | ${['x-amz-date', 'x-amz-mfa']} | ${undefined}
    ${'x-amz-*'}        | ${['x-amz-date', 'range']}     | ${"the header 'range'"}
    ${'x-*-date Range'} | ${['range', 'x-amz-date']}     | ${undefined}
    ${'x-amz-dat'}      | ${['x-amz-date']}              | ${"the header 'x-amz-date'"}
  `('$allowed and $headers', ({ allowed, headers, strange }) => {
    const why = `no rule that allows the origin '${page}' and the method 'GET' allows ${strange}`;
    expect(matched([rule('*', 'GET', allowed)], { headers })).toBe(strange === undefined ? '0 *' : why);
  });
});

describe('the rules', () => {
  const rules = [
    rule('https://a.test', 'GET'),
    rule(`https://b.test ${page} *`, 'PUT', 'x-a'),
    rule('*', 'GET PUT', 'x-b'),
    rule('https://*', 'GET', 'x-a x-c'),
  ];

  it.each<{ request: Partial<CrossOriginRequest>; found: string }>`
    request                                        | found
    ${{}}                                          | ${'2 *'}
    ${{ origin: 'https://a.test' }}                | ${'0 https://a.test'}
    ${{ method: 'PUT' }}                           | ${`1 ${page}`}
    ${{ origin: 'https://c.test', method: 'PUT' }} | ${'1 *'}
    ${{ headers: ['x-a'] }}                        | ${'3 https://*'}
    ${{ method: 'PUT', headers: ['x-b'] }}         | ${'2 *'}
    ${{ headers: ['x-a', 'x-b'] }}                 | ${`no rule that allows the origin '${page}' and the method 'GET' allows all of the headers`}
    ${{ method: 'DELETE' }}                        | ${`no rule that allows the origin '${page}' allows the method 'DELETE'`}
    ${{ method: 'get' }}                           | ${`no rule that allows the origin '${page}' allows the method 'get'`}
    ${{ method: undefined }}                       | ${'the preflight names no Access-Control-Request-Method'}
  `('the first that allows all of $request', ({ request, found }) => {
    expect(matched(rules, request)).toBe(found);
  });
});

describe('random rules and requests', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 4 });
  const pattern = fc.oneof(
    letters,
    fc.tuple(letters, letters).map(([start, end]) => `${start}*${end}`),
  );
  const method = fc.constantFrom('GET', 'PUT');
  const rules = fc.array(
    fc.record({
      AllowedOrigins: fc.array(pattern, { minLength: 1, maxLength: 3 }),
      AllowedMethods: fc.array(method, { minLength: 1, maxLength: 2 }),
      AllowedHeaders: fc.array(
        pattern.map((text) => text.toUpperCase()),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 4 },
  );
  const request = fc.record({ origin: letters, method, headers: fc.array(letters, { maxLength: 2 }) });

  const isCovered = (one: string, text: string) => {
    if (one === text) return true;
    if (!one.includes('*')) return false;
    return [...Array(text.length + 1).keys()].some((length) =>
      [...Array(text.length + 1).keys()].some((at) => one.replace('*', text.slice(at, at + length)) === text),
    );
  };

  it('match as a naive reading of the rules', () => {
    void fc.assert(
      fc.property(rules, request, (given, asked) => {
        const expected = given.find(
          ({ AllowedOrigins, AllowedMethods, AllowedHeaders }) =>
            AllowedOrigins.some((one) => isCovered(one, asked.origin)) &&
            AllowedMethods.includes(asked.method) &&
            asked.headers.every((header) => AllowedHeaders.some((one) => isCovered(one.toLowerCase(), header))),
        );
        const found = matchCors(given, asked);
        expect(typeof found === 'string' ? undefined : found.rule).toBe(expected);
        expect(typeof found === 'string' || isCovered(found.allowedOrigin, asked.origin)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
