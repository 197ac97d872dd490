import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { type Headers, put, undeclared } from '../../support/uploads';
import { send } from '../../support/wire-client';

const start = '2026-03-31T07:35:05Z';

mockS3({
  now: start,
  buckets: { vault: { versioning: 'Enabled' }, plain: {}, paused: { versioning: 'Suspended' }, other: {} },
});

const copy = (path: string, source: string, headers: Headers = {}) =>
  send({ method: 'PUT', path, headers: { 'x-amz-copy-source': source, ...headers } });
const past = 'Tue, 31 Mar 2026 07:00:00 GMT';
const future = 'Wed, 01 Apr 2026 07:00:00 GMT';

describe('conditions on the source', () => {
  const etag = '"6654c734ccab8f440ff0825eb443dc7f"';
  const name = (condition: string) => `x-amz-copy-source-${condition.toLowerCase()}`;

  // Recorded: localstack, test_s3_copy_object_preconditions; dyus/meeseeks-s3, tests/upload_part_copy. F92, F574
  it.each<{ conditions: Record<string, string>; failing: string | undefined }>`
    conditions                                                     | failing
    ${{ 'If-Match': etag }}                                        | ${undefined}
    ${{ 'If-Match': etag.replaceAll('"', '') }}                    | ${undefined}
    ${{ 'If-Match': '*' }}                                         | ${undefined}
    ${{ 'If-Match': '"other"' }}                                   | ${'If-Match'}
    ${{ 'If-Match': `"other", ${etag}` }}                          | ${undefined}
    ${{ 'If-Match': '"other","else"' }}                            | ${'If-Match'}
    ${{ 'If-Match': `W/${etag}` }}                                 | ${undefined}
    ${{ 'If-None-Match': '"other"' }}                              | ${undefined}
    ${{ 'If-None-Match': '"other","else"' }}                       | ${undefined}
    ${{ 'If-None-Match': `"other",${etag}` }}                      | ${'If-None-Match'}
    ${{ 'If-None-Match': `W/${etag}` }}                            | ${'If-None-Match'}
    ${{ 'If-None-Match': '*' }}                                    | ${'If-None-Match'}
    ${{ 'If-None-Match': etag }}                                   | ${'If-None-Match'}
    ${{ 'If-Modified-Since': past }}                               | ${undefined}
    ${{ 'If-Modified-Since': 'Tue, 31 Mar 2026 07:35:05 GMT' }}    | ${'If-Modified-Since'}
    ${{ 'If-Modified-Since': future }}                             | ${undefined}
    ${{ 'If-Unmodified-Since': future }}                           | ${undefined}
    ${{ 'If-Unmodified-Since': past }}                             | ${'If-Unmodified-Since'}
    ${{ 'If-Match': etag, 'If-Unmodified-Since': past }}           | ${undefined}
    ${{ 'If-None-Match': '"other"', 'If-Unmodified-Since': past }} | ${'If-Unmodified-Since'}
    ${{ 'If-None-Match': etag, 'If-Modified-Since': past }}        | ${'If-None-Match'}
  `('$conditions: $failing fails', async ({ conditions, failing }) => {
    await put('/vault/a.txt', 'v1');
    const headers = Object.fromEntries(Object.entries<string>(conditions).map(([key, value]) => [name(key), value]));
    const { status, text } = await copy('/vault/b.txt', '/vault/a.txt', headers);
    if (failing === undefined) expect(status).toBe(200);
    else
      expect({ status, text }).toEqual({
        status: 412,
        text: undeclared(
          'PreconditionFailed',
          'At least one of the pre-conditions you specified did not hold',
          `<Condition>x-amz-copy-source-${failing}</Condition>`,
        ),
      });
  });
});

describe('conditions on the destination', () => {
  // Recorded: localstack, test_copy_object_if_none_match, test_copy_object_if_match. F66
  it.each<{ condition: Headers; before: string; status: number; refusal: string | undefined }>`
    condition                                                   | before       | status | refusal
    ${{ 'If-None-Match': '*' }}                                 | ${'nothing'} | ${200} | ${undefined}
    ${{ 'If-None-Match': '*' }}                                 | ${'marker'}  | ${200} | ${undefined}
    ${{ 'If-None-Match': '*' }}                                 | ${'object'}  | ${412} | ${'<Condition>If-None-Match</Condition>'}
    ${{ 'If-Match': '"8d777f385d3dfec8815d20f7496026dc"' }}     | ${'object'}  | ${200} | ${undefined}
    ${{ 'If-Match': '8d777f385d3dfec8815d20f7496026dc"' }}      | ${'object'}  | ${200} | ${undefined}
    ${{ 'If-Match': '"other"' }}                                | ${'object'}  | ${412} | ${'<Condition>If-Match</Condition>'}
    ${{ 'If-Match': '"other"' }}                                | ${'nothing'} | ${404} | ${'<Key>b.txt</Key>'}
    ${{ 'If-Match': '"other"' }}                                | ${'marker'}  | ${404} | ${'<Key>b.txt</Key>'}
    ${{ 'If-Match': '*' }}                                      | ${'object'}  | ${501} | ${'<Header>If-Match</Header>'}
    ${{ 'If-Match': 'W/"8d777f385d3dfec8815d20f7496026dc"' }}   | ${'object'}  | ${412} | ${'<Condition>If-Match</Condition>'}
    ${{ 'If-Match': '"0","8d777f385d3dfec8815d20f7496026dc"' }} | ${'object'}  | ${412} | ${'<Condition>If-Match</Condition>'}
    ${{ 'If-None-Match': '"other", *' }}                        | ${'nothing'} | ${501} | ${'<Header>If-None-Match</Header>'}
  `('$condition over $before: $status', async ({ condition, before, status, refusal }) => {
    await put('/vault/a.txt', 'v1');
    if (before !== 'nothing') await put('/vault/b.txt', 'data');
    if (before === 'marker') await send({ method: 'DELETE', path: '/vault/b.txt' });
    const answer = await copy('/vault/b.txt', '/vault/a.txt', condition);
    expect(answer.status).toBe(status);
    if (refusal !== undefined) expect(answer.body).toContain(refusal);
  });
});
