import { describe, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { clients } from '../support/clients';
import { bothDialects } from '../support/clients/story-client';
import { applies, play, stories } from './stories';

const telling = new Set(['enable', 'MFA on', 'put, get']);

/** One client of each dialect plays every story, the others the telling ones: `npm run test:verify` plays all by all. */
describe.each(bothDialects)('%s', (dialect) => {
  const s3 = mockS3();
  const spoken = clients.filter(({ dialects }) => dialects.includes(dialect));

  describe.each(spoken)('$name', (kind) => {
    const told = kind === spoken[0] ? stories : stories.filter(({ column }) => telling.has(column));
    it.each(told.filter((story) => applies(story, kind)))('$title', (story) => play(story, kind, dialect, s3));
  });
});
