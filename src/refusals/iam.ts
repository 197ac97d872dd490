import { refusal } from './refusal';

/** Refusals of IBM Cloud's token service, in its own words. */
export const iam = {
  /** A request to IBM Cloud for a token, with a grant_type that the mock does not have. */
  IamGrantTypeUnsupported: refusal<{ readonly value: string }>({
    code: 'BXNIM0105E',
    status: 400,
    message: ({ value }) => `Validation of property 'grant_type' with value '${value}' failed.`,
  }),
  /** A request to IBM Cloud for a token, with a response_type other than 'cloud_iam'. */
  IamResponseTypeInvalid: refusal<{ readonly value: string }>({
    code: 'BXNIM0106E',
    status: 400,
    message: ({ value }) =>
      `Validation of property 'response_type' with value '${value}' failed. Valid values: 'cloud_iam'`,
  }),
  /** A request to IBM Cloud for a token, without the API key or the refresh token that its grant_type needs. */
  IamPropertyMissing: refusal<{ readonly property: string }>({
    code: 'BXNIM0109E',
    status: 400,
    message: ({ property }) => `Property missing or empty: ${property}`,
  }),
  /** A request to IBM Cloud for a token, with an API key that the test refuses. */
  IamApiKeyUnknown: refusal({ code: 'BXNIM0415E', status: 400, message: 'Provided API key could not be found' }),
  /** A request to IBM Cloud for a token, with a refresh token that the test refuses. */
  IamRefreshTokenExpired: refusal({ code: 'BXNIM0408E', status: 400, message: 'Provided refresh token is expired' }),
};
