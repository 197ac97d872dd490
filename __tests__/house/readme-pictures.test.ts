import { expect, it } from '@jest/globals';
import { deleteMarker } from 's3-versioning-mock';
import { mockS3 } from 's3-versioning-mock/jest';
import { textOf } from './files';

const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  buckets: {
    vault: {
      versioning: 'Suspended',
      mfaDelete: 'Enabled',
      objects: {
        'notes.txt': ['first', { body: 'second', versionId: 'null' }],
        'report.pdf': [
          { body: 'first', lastModified: '2026-01-15T09:00:00Z' },
          { body: 'second', lastModified: '2026-02-01T09:00:00Z' },
          deleteMarker,
        ],
      },
    },
  },
});
const [screen = '', drawing] = [...textOf('README.md').matchAll(/^```text\n([\s\S]*?)^```/gm)].map(([, text]) => text);

it('the failed assertion in the README is one that jest printed', () => {
  const indented = screen.replace(/^(?=.)/gm, '  ');
  expect(textOf('docs/mistakes.md')).toContain(indented);
});

it('the bucket in the README is drawn as the mock draws it', () => {
  expect(`${s3.bucket('vault')}\n`).toBe(drawing);
});
