import type { RequestEntry } from '../journal/entry';

/** What IBM COS has in place of what only AWS has, by the query of the operation. */
const ofCos: Readonly<Record<string, string>> = {
  policy:
    "IBM COS has no bucket policies. To let everybody read an object, write ACL: 'public-read' in PutObject or PutObjectAcl; IBM Cloud IAM gives users their rights, outside of the API of S3",
  policyStatus: 'IBM COS has no bucket policies: GetObjectAcl says whether everybody can read an object',
  notification: 'IBM COS has no notifications in the API of S3: its events go to Code Engine, through another service',
  attributes: 'HeadObject has the size and the ETag, and IBM COS answers that',
};

const ofDialects = { aws: undefined, 'ibm-cos': ofCos };

const start = 'the service has no ';

/** Returns the end of a line about an operation that IBM COS lacks. */
export function writeLackedOperation({ dialect, status, why = '' }: RequestEntry): string {
  const known = ofDialects[dialect];
  if (known === undefined || status !== 501 || !why.startsWith(start)) return '';
  const name = /\?(\w+)/.exec(why.slice(start.length, start.length + 100))?.[1] ?? '';
  const instead = Object.hasOwn(known, name) ? known[name] : undefined;
  return `; ${instead ?? 'IBM COS has no such operation: leave the request out where the code talks to COS'}`;
}
