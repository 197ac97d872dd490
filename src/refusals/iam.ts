import type { RefusalForms } from './form';

/** What IBM Cloud's token service refuses, in its own words. */
export const iamRefusals: RefusalForms<
  | 'IamGrantTypeUnsupported'
  | 'IamResponseTypeInvalid'
  | 'IamPropertyMissing'
  | 'IamApiKeyUnknown'
  | 'IamRefreshTokenExpired'
> = {
  IamGrantTypeUnsupported: {
    code: 'BXNIM0105E',
    status: 400,
    message: ({ value }) => `Validation of property 'grant_type' with value '${value}' failed.`,
  },
  IamResponseTypeInvalid: {
    code: 'BXNIM0106E',
    status: 400,
    message: ({ value }) =>
      `Validation of property 'response_type' with value '${value}' failed. Valid values: 'cloud_iam'`,
  },
  IamPropertyMissing: {
    code: 'BXNIM0109E',
    status: 400,
    message: ({ property }) => `Property missing or empty: ${property}`,
  },
  IamApiKeyUnknown: { code: 'BXNIM0415E', status: 400, message: 'Provided API key could not be found' },
  IamRefreshTokenExpired: { code: 'BXNIM0408E', status: 400, message: 'Provided refresh token is expired' },
};
