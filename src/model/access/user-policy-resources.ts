import { partitionNames } from '../../formats/regions';
import { userPolicyWords as words } from './malformed-policy-document';
import { hasWildcard } from './wildcards';

/** The parts of an ARN. IAM completes one that has fewer with `*` (F582). */
const partsOfArn = 6;

/** An ARN of a user's policy with all its parts. */
export function completedArn(arn: string): string {
  const parts = arn.split(':');
  return arn === '*' ? arn : [...parts, ...Array<string>(Math.max(0, partsOfArn - parts.length)).fill('*')].join(':');
}

/** The mistake in a resource: the words of IAM, or that the policy fails legacy parsing, which is checked earlier. */
export type ResourceProblem = 'legacy' | { readonly message: string };

/** The mistake in a resource of a user's policy; undefined if IAM accepts it (F581). */
export function problemOfResource(text: string): ResourceProblem | undefined {
  if (text === '*') return undefined;
  const [first, partition, vendor, region = '', , ...rest] = text.split(':');
  if (partition === undefined) return { message: words.arn(text) };
  if (partition !== '*' && !partitionNames.includes(partition))
    return { message: words.partition(partition, completedArn(text.replace(/^[^:]*/, 'arn'))) };
  if (first !== 'arn') return { message: words.arn(text) };
  if (vendor === undefined) return { message: words.vendor };
  if (vendor === '' || (text.includes('::') && text.split(':').length < partsOfArn)) return 'legacy';
  if (hasWildcard(vendor)) return { message: words.vendor };
  const message = problemOfPlace(text, { vendor, region, resource: rest.length === 0 ? '*' : rest.join(':') });
  return message === undefined ? undefined : { message };
}

interface Place {
  readonly vendor: string;
  readonly region: string;
  readonly resource: string;
}

/** The kinds of resources of S3 that are in a region. Buckets and objects are not. */
const regional = /^(?:\*|accesspoint[/:]|job\/|storage-lens|async-request\/|access-grants\/)/;

const ofIam =
  /^(?:\*|root$|(?:user|federated-user|role|group|instance-profile|mfa|server-certificate|policy|sms-mfa|saml-provider|oidc-provider|report|access-report)\/)/;

function problemOfPlace(text: string, { vendor, region, resource }: Place): string | undefined {
  if (vendor === 's3' && region !== '' && !regional.test(resource)) return words.region(text);
  if (vendor !== 'iam') return undefined;
  if (region !== '' && text.split(':').length >= partsOfArn) return words.iamRegion(text);
  return ofIam.test(resource) ? undefined : words.iamPath;
}
