import { mockS3 } from 's3-versioning-mock';
import { esmClients } from '../support/clients/esm.mjs';
import { applies, play, stories } from './stories.js';

const verifySignatures = process.argv.includes('--verify-signatures');

for (const kind of esmClients) {
  for (const dialect of kind.dialects) {
    for (const story of stories.filter((one) => applies(one, kind))) {
      const s3 = mockS3({ verifySignatures });
      const failure = await play(story, kind, dialect, s3).then(
        () => undefined,
        (error: Error) => error.stack ?? error.message,
      );
      await s3.stop();
      console.log(JSON.stringify({ client: kind.name, dialect, story: story.title, failure }));
    }
  }
}
