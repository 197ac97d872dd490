import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { keys, policies, requests, requestValues } from '../support/access-policies';
import { callerNames } from '../support/access-scene';
import { isNaivelyAllowed } from '../support/naive-access';
import { naiveQuestionOf } from '../support/naive-callers';
import { sceneMock } from '../support/scene-mock';
import { callOf } from './access-calls';

const mock = sceneMock();

// The values that a request has in a mock.
const values = requestValues.map((given) => ({ ...given, 'aws:sourceip': ['127.0.0.1'], 'aws:tagkeys': undefined }));

it('a request is refused if a naive reading of the policies does not allow it, and carried out if it does', async () => {
  const met = { allowed: 0, denied: 0 };
  await fc.assert(
    fc.asyncProperty(policies, requests, values, async (given, request, of) => {
      const scene = mock.play(given, keys);
      for (const name of callerNames) {
        const secure = of['aws:securetransport'][0] === 'true';
        const headers = { 'User-Agent': of['aws:useragent']?.[0] };
        const { status } = await mock.ask(name, { ...callOf(request), headers, secure });
        const allowed = isNaivelyAllowed(naiveQuestionOf(scene, name, { policies: given, request, values: of }));
        met[allowed ? 'allowed' : 'denied'] += 1;
        expect({ name, access: status === 403 ? 'denied' : 'allowed' }).toEqual({
          name,
          access: allowed ? 'allowed' : 'denied',
        });
      }
    }),
    { numRuns: 120 },
  );
  expect(met.allowed).toBeGreaterThan(200);
  expect(met.denied).toBeGreaterThan(200);
});
