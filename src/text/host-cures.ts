/** Writes what to do if code calls S3 at hosts that no mock answers. `entries` are entries of the option `hosts`. */
export function writeHostCure(entries: readonly string[]): string {
  const list = entries.map((entry) => `'${entry}'`).join(', ');
  return `Answer them: mockS3({ hosts: [${list}] }). If the code is meant to reach the host, let it pass: mockS3({ hosts: { pass: [${list}] } }).`;
}
