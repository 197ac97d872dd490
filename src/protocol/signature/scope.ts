import { S3Error } from '../../refusals/s3-error';

/** A credential as a SigV4 signature names it: `AKID/20260331/eu-west-1/s3/aws4_request`. */
export interface Credential {
  readonly accessKeyId: string;
  /** What follows the access key. */
  readonly scope: string;
  readonly date: string;
  /** Empty for SigV4a, whose scope names none. */
  readonly region: string;
}

/** What is wrong with a credential, in S3's words. */
interface CredentialProblem {
  readonly problem: string;
  readonly Region?: string;
}

/** Reads a credential, or tells what S3 finds wrong with it: its parts, the form of its date, region, service, terminal. */
export function readCredential(
  text: string,
  { asymmetric, region: expected }: { readonly asymmetric: boolean; readonly region: string | undefined },
): Credential | CredentialProblem {
  const [accessKeyId = '', date = '', ...rest] = text.split('/');
  const [region = '', service = '', terminal = ''] = asymmetric ? ['', ...rest] : rest;
  if (rest.length !== (asymmetric ? 2 : 3)) {
    const place = asymmetric ? '' : 'REGION/';
    return { problem: `the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/${place}SERVICE/aws4_request".` };
  }
  if (!isDate(date)) {
    return {
      problem: `incorrect date format "${date}". This date in the credential must be in the format "yyyyMMdd".`,
    };
  }
  if (!asymmetric && region === '') return { problem: 'a non-empty region must be provided in the credential.' };
  if (!asymmetric && expected !== undefined && region !== expected)
    return { problem: `the region '${region}' is wrong; expecting '${expected}'`, Region: expected };
  if (service !== 's3') return { problem: `incorrect service "${service}". This endpoint belongs to "s3".` };
  if (terminal !== 'aws4_request')
    return { problem: `incorrect terminal "${terminal}". This endpoint uses "aws4_request".` };
  return { accessKeyId, scope: text.slice(accessKeyId.length + 1), date, region };
}

/** As Java reads yyyyMMdd: two digits of the month, and as many of the day as there are. What follows the digits is not read. */
function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d+)/.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** The refusal of a SigV4a request that is not signed for this region. */
export function refusalOfRegionSet(set: string, region: string): S3Error | undefined {
  const matches = set.split(',').some((entry) => {
    const pattern = entry.split('*').map((part) => part.replace(/[.?+^$()[\]{}|\\]/g, '\\$&'));
    return entry !== '' && new RegExp(`^${pattern.join('.*')}$`, 'i').test(region);
  });
  return matches ? undefined : new S3Error('RegionSetMismatch', { RequestedRegion: region, RegionSet: set });
}
