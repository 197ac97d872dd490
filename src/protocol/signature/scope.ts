import { S3Error } from '../../refusals/s3-error';

export interface Credential {
  readonly accessKeyId: string;
  readonly scope: string;
  readonly date: string;
  /** Empty for SigV4a, whose scope names no region. */
  readonly region: string;
}

interface Expected {
  readonly asymmetric: boolean;
  readonly region: string | undefined;
  readonly place: 'Header' | 'Query';
}

export function readCredential(text: string, { asymmetric, region: expected, place }: Expected): Credential {
  const [accessKeyId = '', date = '', ...rest] = text.split('/');
  const [region = '', service = '', terminal = ''] = asymmetric ? ['', ...rest] : rest;
  if (rest.length !== (asymmetric ? 2 : 3)) {
    throw asymmetric
      ? new S3Error(`Authorization${place}RegionlessCredentialMalformed`).quoting({ Credential: text })
      : new S3Error(`Authorization${place}CredentialMalformed`).quoting({ Credential: text });
  }
  if (accessKeyId === '') throw new S3Error(`Authorization${place}AccessKeyMissing`).quoting({ Credential: text });
  if (!isCredentialDate(date)) throw new S3Error(`Authorization${place}DateMalformed`, { date });
  if (!asymmetric && region === '')
    throw new S3Error(`Authorization${place}RegionMissing`).quoting({ Credential: text });
  if (!asymmetric && expected !== undefined && region !== expected)
    throw new S3Error(`Authorization${place}RegionWrong`, { region, Region: expected });
  if (service !== 's3') throw new S3Error(`Authorization${place}ServiceWrong`, { service });
  if (terminal !== 'aws4_request') throw new S3Error(`Authorization${place}TerminalWrong`, { terminal });
  return { accessKeyId, scope: text.slice(accessKeyId.length + 1), date, region };
}

/** Whether Java reads a text as yyyyMMdd: two digits are the month, and all digits after them the day. Java ignores the rest. */
export function isCredentialDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d+)/.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

export function checkRegionSet(set: string, region: string): void {
  const isSigned = set.split(',').some((entry) => entry !== '' && matches(entry.toLowerCase(), region));
  if (!isSigned) throw new S3Error('RegionSetMismatch', { RequestedRegion: region, RegionSet: set });
}

/** Whether a region is one that an entry of a set names, in which `*` replaces any letters. */
function matches(entry: string, region: string): boolean {
  const [first = '', ...others] = entry.split('*');
  const last = others.pop();
  if (last === undefined) return first === region;
  // The leftmost place of a part leaves the most room for the others, so no other place has to be tried.
  let at = first.length;
  for (const part of others) {
    const found = region.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return region.startsWith(first) && region.endsWith(last) && at + last.length <= region.length;
}
