import { invalidValue } from '../text/invalid-value';

/** The form of the id of an organization. */
export const organizationForm = "the id of an organization, such as 'o-a1b2c3d4e5'";

/** Whether a text is the id of an organization of AWS Organizations (F662). */
export function isOrganizationId(text: string): boolean {
  return /^o-[a-z\d]{10,32}$/.test(text);
}

/** Reads the option `organizationId`. */
export function readOrganizationId(at: string, given: string | undefined): string | undefined {
  if (given === undefined || (typeof given === 'string' && isOrganizationId(given))) return given;
  throw invalidValue(at, 'organizationId', given, `${organizationForm}: o- and 10 to 32 small letters and digits`);
}
