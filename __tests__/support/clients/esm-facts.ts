import { bothDialects, type ClientFacts } from './story-client';

/** The clients of `esm.mts`, which jest cannot load. */
export const esmFacts = {
  got: { name: 'got', dialects: bothDialects, lacks: ['presign', 'presignAny'] },
  s3mini: {
    name: 's3mini',
    dialects: bothDialects,
    lacks: ['mfa', 'list', 'locate', 'delete', 'anyBody', 'listObjects', 'customerKeys', 'presignAny'],
    // It sends its region whenever it makes a bucket, which S3 refuses in the first region.
    region: 'eu-west-1',
  },
  nodeHttps: { name: "import 'node:https'", dialects: bothDialects, lacks: ['presign', 'presignAny'] },
} as const satisfies Readonly<Record<string, ClientFacts>>;
