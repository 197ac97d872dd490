import { describe, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { clients } from '../support/clients';
import { bothDialects, type ClientKind } from '../support/clients/story-client';
import { applies, play, stories } from './stories';
import type { Story } from './story';

/** Each story is told by one client of its dialect: `npm run test:verify` plays all by all. */
describe.each(bothDialects)('%s', (dialect) => {
  const s3 = mockS3();
  const spoken = clients.filter(({ dialects }) => dialects.includes(dialect));

  /** The clients take turns. */
  function tellerOf(story: Story): ClientKind | undefined {
    const able = spoken.filter((kind) => applies(story, kind));
    return able[stories.indexOf(story) % able.length];
  }

  describe.each(spoken)('$name', (kind) => {
    const told = stories.filter((story) => tellerOf(story) === kind);
    it.each(told.length > 0 ? told : stories.filter((story) => applies(story, kind)).slice(0, 1))('$title', (story) =>
      play(story, kind, dialect, s3),
    );
  });
});
