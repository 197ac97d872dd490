import { expect, it, jest } from '@jest/globals';
import { day } from '../../../src/formats/durations';
import { md5Of, put } from '../../support/objects';
import { startedMocks } from '../../support/started-mocks';
import { addPart, begin, complete } from '../../support/uploads';

const start = startedMocks();
const digest = { 'Content-MD5': md5Of('data') };

async function upload(): Promise<void> {
  const id = await begin('/locked/k');
  await complete('/locked/k', id, await addPart('/locked/k', id, 1, 'data', digest));
}

// F106
it.each<[what: string, write: () => Promise<unknown>]>([
  ['PutObject', () => put('/locked/k', 'data', digest)],
  ['CopyObject', () => put('/locked/k', '', { 'x-amz-copy-source': '/open/source' })],
  ['an upload', upload],
])(
  'the default retention of %s counts from the date of its version, though the clock runs meanwhile',
  async (_what, write) => {
    let now = Date.UTC(2026, 0, 31);
    jest.spyOn(Date, 'now').mockImplementation(() => {
      now += 1;
      return now;
    });
    const defaultRetention = { Mode: 'GOVERNANCE', Days: 30 } as const;
    const s3 = start({
      buckets: { locked: { objectLock: { defaultRetention } }, open: { objects: { source: 'data' } } },
    });
    await write();
    const [version] = s3.bucket('locked').versions('k');
    const { lastModified, retention } = version ?? {};
    expect(Number(retention?.RetainUntilDate) - Number(lastModified)).toBe(30 * day);
  },
);
