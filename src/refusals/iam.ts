import { refusal } from './refusal';

/** Refusals of IBM Cloud's token service, in its own words. */
export const iam = {
  /** A request to IBM Cloud for a token, with a grant_type that the mock does not have. */
  IamGrantTypeUnsupported: refusal<{ readonly value: string }>(
    'BXNIM0105E',
    400,
    ({ value }) => `Validation of property 'grant_type' with value '${value}' failed.`,
  ),
  /** A request to IBM Cloud for a token, with a response_type other than 'cloud_iam'. */
  IamResponseTypeInvalid: refusal<{ readonly value: string }>(
    'BXNIM0106E',
    400,
    ({ value }) => `Validation of property 'response_type' with value '${value}' failed. Valid values: 'cloud_iam'`,
  ),
  /** A request to IBM Cloud for a token, without the API key or the refresh token that its grant_type needs. */
  IamPropertyMissing: refusal<{ readonly property: string }>(
    'BXNIM0109E',
    400,
    ({ property }) => `Property missing or empty: ${property}`,
  ),
  /** A request to IBM Cloud for a token, with an API key that the test refuses. */
  IamApiKeyUnknown: refusal('BXNIM0415E', 400, 'Provided API key could not be found'),
  /** A request to IBM Cloud for a token, with a refresh token that the test refuses. */
  IamRefreshTokenExpired: refusal('BXNIM0408E', 400, 'Provided refresh token is expired'),
};
