import type { MockS3 } from 's3-versioning-mock';
import type { Ability, Scene, StoryClient } from '../support/clients/story-client';

/** What a story has to play with. */
export interface Stage {
  readonly s3: MockS3;
  readonly client: StoryClient;
  readonly dialect: Scene['dialect'];
  /** Where the client makes its buckets: how S3 names it, undefined for the first region of AWS. */
  readonly location: string | undefined;
}

/** Something that code under test does with S3, told once for all clients. */
export interface Story {
  readonly title: string;
  /** Its head in the table. */
  readonly column: string;
  readonly needs?: Ability;
  play(stage: Stage): Promise<void>;
}
