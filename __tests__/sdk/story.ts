import type { MockS3 } from 's3-versioning-mock';
import type { Ability, Scene, StoryClient } from '../support/clients/story-client';

export interface Stage {
  readonly s3: MockS3;
  readonly client: StoryClient;
  readonly dialect: Scene['dialect'];
  /** Undefined in the first region of AWS. */
  readonly location: string | undefined;
}

export interface Story {
  readonly title: string;
  readonly column: string;
  readonly needs?: Ability;
  play(stage: Stage): Promise<void>;
}
