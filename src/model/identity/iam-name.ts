import { invalidValue } from '../../text/invalid-value';

/** The name of a user or a role. ARNs have its path in front: `division/ann`. */
export interface IamName {
  readonly name: string;
  /** `/`, or `/division/`. */
  readonly path: string;
}

export function splitName(written: string): { readonly name: string; readonly path: string | undefined } {
  const end = written.lastIndexOf('/') + 1;
  return { name: written.slice(end), path: end === 0 ? undefined : `/${written.slice(0, end)}` };
}

export function writeFullName({ name, path }: IamName): string {
  return `${path.slice(1)}${name}`;
}

export function checkName(kind: 'user' | 'role', written: string, at = ''): void {
  // The key of { [name]: … } whose variable has no value.
  if (written === 'undefined')
    throw invalidValue(
      `${at}${kind}`,
      'name',
      written,
      `the name of a ${kind}: the variable that names it was not set`,
    );
  const { name, path = '/' } = splitName(typeof written === 'string' ? written : '');
  const isName = typeof written === 'string' && /^[\w+=,.@-]{1,64}$/.test(name);
  if (isName && path.length <= 512 && /^\/(?:[!-.0-~]+\/)*$/.test(path)) return;
  const hint =
    path === '/' ? '' : `; a path in front has 512 visible characters of ASCII at most, and no empty part: 'team/ann'`;
  throw invalidValue(`${at}${kind}`, 'name', written, `1 to 64 letters, digits or any of _+=,.@-${hint}`);
}
