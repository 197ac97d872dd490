import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { applies, chapters, play } from '../sdk/stories';
import { clients } from '../support/clients';
import { bothDialects } from '../support/clients/story-client';

/**
 * The first story of each chapter, through every client: what runs against the installed library in place of all stories.
 * @module
 */

const stories = Object.values(chapters).flatMap((told) => told.slice(0, 1));

describe.each(bothDialects)('%s', (dialect) => {
  const s3 = mockS3();

  describe.each(clients.filter(({ dialects }) => dialects.includes(dialect)))('$name', (kind) => {
    it.each(stories.filter((story) => applies(story, kind)))('$title', async (story) => {
      await play(story, kind, dialect, s3);
      expect(s3.requests.length).toBeGreaterThan(0);
    });
  });
});
