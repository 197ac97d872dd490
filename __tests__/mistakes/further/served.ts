/** A command line, and what curl or a program in Python then sends to its port. The screen is the answer, and what the command prints. */
export interface ServedMistake {
  readonly title: string;
  readonly cause: string;
  readonly cure: string;
  readonly args: readonly string[];
  readonly request?: { readonly method: string; readonly path: string; readonly body?: string };
}

export const servedMistakes: readonly ServedMistake[] = [
  {
    title: 'The flag is misspelt',
    cause: "Unknown option '--buckets'",
    cure: 'Did you mean --bucket?',
    args: ['--buckets', 'vault'],
  },
  {
    title: 'A setting of a bucket is misspelt',
    cause: "there is no setting 'versioned'",
    cure: 'Did you mean versioning?',
    args: ['--bucket', 'vault:versioned=Enabled'],
  },
  {
    title: 'curl sends no signature',
    cause: 'an anonymous caller',
    cure: 'sign it, or presign its URL',
    args: ['--bucket', 'vault'],
    request: { method: 'PUT', path: '/vault/report.pdf', body: 'first' },
  },
  {
    title: 'The clock gets a misspelt member',
    cause: "there is no option 'day'",
    cure: 'Did you mean days?',
    args: ['--bucket', 'vault'],
    request: { method: 'POST', path: '/_mock/clock/advance', body: '{"day":31}' },
  },
  {
    title: 'A path of the door is misspelt',
    cause: 'the door has no /_mock/bucket/vault',
    cure: '/_mock/buckets/{bucket}',
    args: ['--bucket', 'vault'],
    request: { method: 'GET', path: '/_mock/bucket/vault' },
  },
];
