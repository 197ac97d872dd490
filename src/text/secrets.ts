import { inspect } from 'node:util';

/** By names in lower case. An MFA code is not a secret, since it works once and for half a minute; nor is the signature in a header, which is that of one request. */
const words: ReadonlyMap<string, string> = new Map([
  ['webidentitytoken', '<token>'],
  ['tradeintoken', '<token>'],
  ['samlassertion', '<assertion>'],
  ['secretaccesskey', '<secret>'],
  ['sessiontoken', '<token>'],
  ['x-amz-security-token', '<token>'],
  ['x-amz-s3session-token', '<token>'],
  // Of a presigned URL or form: it works for everybody, up to seven days.
  ['x-amz-signature', '<signature>'],
  ['signature', '<signature>'],
  ['ssecustomerkey', '<key>'],
  ['copysourcessecustomerkey', '<key>'],
  ['x-amz-server-side-encryption-customer-key', '<key>'],
  ['x-amz-copy-source-server-side-encryption-customer-key', '<key>'],
  // IBM Cloud's token service.
  ['apikey', '<key>'],
  ['access_token', '<token>'],
  ['refresh_token', '<token>'],
  // An MFA device's, of which its codes are made.
  ['secret', '<secret>'],
]);

/** Schemes of Authorization that send the secret itself. */
const openSchemes = /^(Bearer|Basic) .+$/is;

export function printable(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const lower = name.toLowerCase();
  return lower === 'authorization' ? value.replace(openSchemes, '$1 <token>') : (words.get(lower) ?? value);
}

export function printableUrl(url: string): string {
  if (!url.includes('?')) return url;
  return url.replace(/([?&])([^=&#]+)=([^&#]*)/g, (whole, before: string, name: string) => {
    const word = words.get(name.replace(/%2d/gi, '-').toLowerCase());
    return word === undefined ? whole : `${before}${name}=${word}`;
  });
}

/** `&WebIdentityToken=` or `name="x-amz-security-token"`. */
export function hasSecretField(form: string): boolean {
  return [...form.matchAll(/(?:^|[&"])([\w-]+)(?==|")/g)].some(([, name = '']) => words.has(name.toLowerCase()));
}

function isNameOfSecret(name: string): boolean {
  const lower = name.toLowerCase();
  return words.has(lower) || lower === 'authorization';
}

function isSecret(name: string, value: unknown): boolean {
  return printable(name, value) !== value;
}

/** Those that `hideSecrets` hides are included. */
export function printableEntries(members: object): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries(Object.getOwnPropertyDescriptors(members)).flatMap(([name, { enumerable, value, get }]) => {
    // A member that says how another is misspelt throws when it is read.
    if (enumerable !== true && !isNameOfSecret(name)) return [];
    const own: unknown = get === undefined ? value : Reflect.get(members, name);
    return enumerable === true || isSecret(name, own) ? [[name, printable(name, own)] as const] : [];
  });
}

/** If it threw, jest would print all members as they are. */
export function makeCopyJson<Outline>(copy: object): Outline {
  return Object.fromEntries(printableEntries(copy)) as Outline; // of the same handle
}

export function printAs<Members extends object>(members: Members, printed: () => object): Members {
  // Of no other effect: comparisons and copies do not see what is not enumerable.
  return Object.defineProperties(members, { toJSON: { value: printed }, [inspect.custom]: { value: printed } });
}

/** Credentials, which are there to be copied into a client: a copy has the secrets, and a text does not. */
export function printWithoutSecrets<Members extends object>(members: Members): Members {
  return printAs(members, () => Object.fromEntries(printableEntries(members)));
}

/** Hides a member of a handle from clones and from the errors of node:assert: it is read by its name alone. */
export function hideMember<Handle extends object>(handle: Handle, name: string & keyof Handle): void {
  Object.defineProperty(handle, name, { enumerable: false });
}

/** No copy, clone, list of members or text has them. Without secrets, the same object. */
export function hideSecrets<Members extends object>(members: Members): Members {
  if (!hasSecrets(members)) return members;
  const copy = {};
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(members))) {
    const isOpen = descriptor.enumerable === true && !isSecret(name, descriptor.value);
    if (name !== 'toJSON') Object.defineProperty(copy, name, { ...descriptor, enumerable: isOpen });
  }
  return printWithoutSecrets(copy as Members); // the same members
}

function hasSecrets(members: object): boolean {
  const given = members as Readonly<Record<string, unknown>>; // read by its own names
  for (const name in given) if (isSecret(name, given[name])) return true;
  return false;
}
