import { flags, leftOut } from './flags';

/** The column in which the text of a flag begins. */
const COLUMN = 24;

/** A flag with its text, each line of which begins in the same column. */
function writeFlag(head: string, [first = '', ...others]: readonly string[]): string {
  const indent = ' '.repeat(COLUMN);
  const line = head.length < COLUMN - 1 ? `${head.padEnd(COLUMN)}${first}` : `${head}\n${indent}${first}`;
  return [line, ...others.map((other) => `${indent}${other}`)].join('\n');
}

const listed = flags.map((one) =>
  writeFlag(`  ${one.flag}${'value' in one ? ` ${one.value}` : ''}`, [one.about].flat()),
);

/** What `--help` prints. */
export const help = `Usage: s3-versioning-mock [options]
       s3-versioning-mock facts [options]    plays recorded answers of AWS; facts --help lists its options

Answers like Amazon S3, and STS, at http://127.0.0.1:9000 until it is stopped (Ctrl+C).

${listed.join('\n')}

A <json> is JSON, or @ and the path of a file with it. What is given here wins over what the files of --fixtures say.

Let clients address buckets in the path (forcePathStyle: true in AWS's SDKs, pathStyle: true in minio's): names such as
vault.localhost do not resolve on every machine.

On SIGUSR2 it prints a new MFA header, a serial number and an unused code: kill -USR2 <pid>
`;

/** The options of `mockS3` and `listen` that the command does not have, as a list in Markdown. */
export const leftOutList = leftOut.map(({ option, why }) => `- \`${option}\`: ${why}.\n`).join('');
