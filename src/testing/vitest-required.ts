/**
 * The module that `require('s3-versioning-mock/vitest')` loads. The entry for vitest is an ES module, and waits for vitest while it loads, so
 * that no version of Node can require it. Tools that compile `import` to `require`, as jest's do, would report a mistake of syntax.
 * @module
 */
import { S3MockError } from '../s3-mock-error';
import { refuseOutsideVitest } from './vitest-hooks';

refuseOutsideVitest();
throw new S3MockError(
  'OUTSIDE_VITEST',
  "s3-versioning-mock/vitest was required. It is an ES module: write import { mockS3 } from 's3-versioning-mock/vitest', in an ES module or " +
    'in a test file, which vitest compiles to one.',
);
