import { expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { refused, serveDoor } from '../../support/door';

const { door } = serveDoor(mockS3({ buckets: { vault: {} } }));

it('the door keeps the last hundred snapshots', async () => {
  const ids: string[] = [];
  for (let count = 0; count < 101; count += 1) {
    const { body } = await door('POST', '/snapshot');
    ids.push((body as { readonly id: string }).id);
  }
  expect(await door('POST', '/restore', { id: ids[0] })).toMatchObject(
    refused(404, { message: `there is no snapshot '${ids[0]}'. The last 100 are kept.` }),
  );
  expect(await door('POST', '/restore', { id: ids[1] })).toMatchObject({ status: 204 });
});
