import type { MockS3 } from 's3-versioning-mock';
import type { Ability, Scene, StoryClient } from '../support/clients/story-client';

/** The mock and the client that a story plays with. */
export interface Stage {
  readonly s3: MockS3;
  readonly client: StoryClient;
  readonly dialect: Scene['dialect'];
  /** The location of the buckets that the client makes; undefined in the first region of AWS. */
  readonly location: string | undefined;
}

/** A use of S3 by code under test, written once for all clients. */
export interface Story {
  readonly title: string;
  /** Its heading in the table. */
  readonly column: string;
  readonly needs?: Ability;
  play(stage: Stage): Promise<void>;
}
