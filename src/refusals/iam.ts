import { refusal } from './refusal';

/** Refusals of IBM Cloud's token service, in its own words. */
export const iam = {
  IamGrantTypeUnsupported: refusal<{ readonly value: string }>({
    code: 'BXNIM0105E',
    status: 400,
    message: ({ value }) => `Validation of property 'grant_type' with value '${value}' failed.`,
  }),
  IamResponseTypeInvalid: refusal<{ readonly value: string }>({
    code: 'BXNIM0106E',
    status: 400,
    message: ({ value }) =>
      `Validation of property 'response_type' with value '${value}' failed. Valid values: 'cloud_iam'`,
  }),
  IamPropertyMissing: refusal<{ readonly property: string }>({
    code: 'BXNIM0109E',
    status: 400,
    message: ({ property }) => `Property missing or empty: ${property}`,
  }),
  IamApiKeyUnknown: refusal({ code: 'BXNIM0415E', status: 400, message: 'Provided API key could not be found' }),
  IamRefreshTokenExpired: refusal({ code: 'BXNIM0408E', status: 400, message: 'Provided refresh token is expired' }),
};
