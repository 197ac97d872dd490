/** Values that a test may call as methods, by the error of the engine, which names the member and not the cure. */
const cures: readonly (readonly [error: RegExp, cure: string])[] = [
  [
    /\.object\(\.\.\.\)\.body is not a function/,
    "The body of an object is a value, as those of current() and versions() are: write s3.bucket('vault').object('report.pdf').body, without ().",
  ],
  [/\bbuckets is not a function/, "s3.buckets is the list of all buckets: write s3.bucket('vault') for one."],
];

/** The cure of a failed call of a value, in words; undefined if the error is another. */
export function writeCalledValue(printed: string): string | undefined {
  return cures.find(([error]) => error.test(printed))?.[1];
}
