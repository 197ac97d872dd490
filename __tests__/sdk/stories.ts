import type { MockS3 } from 's3-versioning-mock';
import type { ClientFacts, ClientKind, Scene } from '../support/clients/story-client';
import { encryptionStories } from './encryption-stories';
import { listingStories } from './listing-stories';
import { mfaStories } from './mfa-stories';
import { objectStories } from './object-stories';
import { presignedStories } from './presigned-stories';
import type { Story } from './story';
import { versioningStories } from './versioning-stories';

export const chapters: Readonly<Record<string, readonly Story[]>> = {
  versioning: versioningStories,
  objects: [...objectStories, ...listingStories, ...mfaStories],
  encryption: encryptionStories,
  'presigned URLs with versions': presignedStories,
};

export const stories: readonly Story[] = Object.values(chapters).flat();

export function applies(story: Story, { lacks = [] }: ClientFacts): boolean {
  return story.needs === undefined || !lacks.includes(story.needs);
}

export async function play(story: Story, kind: ClientKind, dialect: Scene['dialect'], s3: MockS3): Promise<void> {
  const client = kind.open({ dialect, credentials: s3.account.credentials });
  try {
    const location = dialect === 'ibm-cos' ? 'us-south-standard' : kind.region;
    await story.play({ s3, client, dialect, location });
    kind.proof?.(s3);
  } finally {
    await client.close?.();
  }
}
