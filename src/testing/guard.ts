import { whenTestsBegin } from '../border/around-tests';
import { whenFileEnds } from '../border/end-of-file';
import { enter } from '../border/entrance';
import { watchLoadingFile } from '../border/this-test-file';

const why =
  'no running mock answers it, and s3-versioning-mock/guard was imported. Call mockS3() before this request is sent';
const { startGuard } = enter('guard', () => require('../guard') as typeof import('../guard')); // what the path leads to
const fileIsOver = watchLoadingFile();

whenFileEnds(startGuard(why, fileIsOver), fileIsOver);
whenTestsBegin((runner) =>
  process.emitWarning(
    `s3-versioning-mock/guard was imported outside of the test files, and refuses the requests of this process alone: name it in setupFiles of ${runner}`,
    'S3MockWarning',
  ),
);
