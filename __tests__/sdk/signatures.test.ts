import { describe, it } from '@jest/globals';
import { mockS3 } from '../../src';
import { clients } from '../support/clients';
import { bothDialects } from '../support/clients/story-client';
import { applies, play, stories } from './stories';

describe.each(bothDialects)('signatures checked, %s', (dialect) => {
  const spoken = clients.filter(({ dialects }) => dialects.includes(dialect));
  describe.each(spoken)('$name', (kind) => {
    it.each(stories.filter((story) => applies(story, kind)))('$title', async (story) => {
      await using s3 = mockS3({ verifySignatures: true });
      await play(story, kind, dialect, s3);
    });
  });
});
