/** The entry for vitest waits for vitest while it loads, so no Node can require it, and tools that compile `import` to `require` would report a mistake of syntax. @module */
import { S3MockError } from '../s3-mock-error';
import { refuseOutsideVitest } from './vitest-hooks';

refuseOutsideVitest();
throw new S3MockError(
  'OUTSIDE_VITEST',
  "s3-versioning-mock/vitest was required. It is an ES module: write import { mockS3 } from 's3-versioning-mock/vitest', in an ES module or " +
    'in a test file, which vitest compiles to one.',
);
