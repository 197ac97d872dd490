import { isRecord } from '../../text/value-kinds';

/** The claims of a web identity token that is a JWT. Its signature is not checked, since the mock has no identity providers. */
export interface Claims {
  /** Without `https://`, as condition keys and providers' ARNs name it. */
  readonly issuer: string;
  /** The issuer as the token has it. */
  readonly iss: string;
  readonly sub: string;
  readonly aud: readonly string[];
  readonly amr: readonly string[];
  /** Seconds since 1970. */
  readonly exp: number | undefined;
}

/** Reads the claims of a token; undefined for a text that is not a JWT. */
export function readClaims(token: string): Claims | undefined {
  const [header = '', payload = '', signature, ...rest] = token.split('.');
  if (signature === undefined || rest.length > 0 || readPart(header) === undefined) return undefined;
  const claims = readPart(payload);
  if (claims === undefined) return undefined;
  const { iss, sub, aud, amr, exp } = claims;
  const ofToken = { iss: textOf(iss), sub: textOf(sub), aud: textsOf(aud), amr: textsOf(amr) };
  return { ...ofToken, issuer: ofToken.iss.replace(/^https:\/\//, ''), exp: typeof exp === 'number' ? exp : undefined };
}

function readPart(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === 'string');
}
