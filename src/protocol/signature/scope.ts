import { S3Error } from '../../refusals/s3-error';

export interface Credential {
  readonly text: string;
  readonly accessKeyId: string;
  readonly scope: string;
  readonly date: string;
  /** Empty for SigV4a, whose scope names no region. */
  readonly region: string;
  readonly service: string;
  readonly terminal: string;
}

interface Kind {
  readonly asymmetric: boolean;
  readonly place: 'Header' | 'Query';
}

export function readCredential(text: string, { asymmetric, place }: Kind): Credential {
  const [accessKeyId = '', date = '', ...rest] = text.split('/');
  const [region = '', service = '', terminal = ''] = asymmetric ? ['', ...rest] : rest;
  if (rest.length === (asymmetric ? 2 : 3))
    return { text, accessKeyId, scope: text.slice(accessKeyId.length + 1), date, region, service, terminal };
  throw asymmetric
    ? new S3Error(`Authorization${place}RegionlessCredentialMalformed`).quoting({ Credential: text })
    : new S3Error(`Authorization${place}CredentialMalformed`).quoting({ Credential: text });
}

interface Scoped {
  readonly credential: () => Credential;
  readonly asymmetric: () => boolean;
  readonly verifier: { readonly region: string | undefined };
}

/** The checks of a credential, but for its day, which are ordered in `orders.ts`. */
export function checksOfCredential(place: 'Header' | 'Query') {
  return {
    'the parts of the credential': ({ credential }: Scoped) => void credential(),
    'an access key': ({ credential }: Scoped) => {
      const { accessKeyId, text } = credential();
      if (accessKeyId === '') throw new S3Error(`Authorization${place}AccessKeyMissing`).quoting({ Credential: text });
    },
    'the form of its date': ({ credential }: Scoped) => {
      const { date } = credential();
      if (!isCredentialDate(date)) throw new S3Error(`Authorization${place}DateMalformed`, { date });
    },
    'its region': ({ credential, asymmetric, verifier }: Scoped) => {
      const { region, text } = credential();
      if (asymmetric()) return;
      if (region === '') throw new S3Error(`Authorization${place}RegionMissing`).quoting({ Credential: text });
      if (verifier.region !== undefined && region !== verifier.region)
        throw new S3Error(`Authorization${place}RegionWrong`, { region, Region: verifier.region });
    },
    'its service': ({ credential }: Scoped) => {
      const { service } = credential();
      if (service !== 's3') throw new S3Error(`Authorization${place}ServiceWrong`, { service });
    },
    'its terminal': ({ credential }: Scoped) => {
      const { terminal } = credential();
      if (terminal !== 'aws4_request') throw new S3Error(`Authorization${place}TerminalWrong`, { terminal });
    },
  };
}

/** Whether Java reads a text as yyyyMMdd: two digits are the month, and all digits after them the day. Java ignores the rest. */
export function isCredentialDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d+)/.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

export function checkRegionSet(set: string, region: string): void {
  const isSigned = set.split(',').some((entry) => matches(entry.toLowerCase(), region));
  if (!isSigned) throw new S3Error('RegionSetMismatch', { RequestedRegion: region, RegionSet: set });
}

/** Whether an entry of a set names a region. In the entry, `*` stands for any letters. */
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
