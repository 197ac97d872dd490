import { refusal } from './refusal';

/** Refusals of a browser's preflight request. */
export const cors = {
  CorsBucketMissing: refusal<{ readonly Method: string; readonly ResourceType: string }>({
    code: 'AccessForbidden',
    status: 403,
    message: 'CORSResponse: Bucket not found',
    fields: ({ Method, ResourceType }) => ({ Method, ResourceType }),
  }),
  CorsNotEnabled: refusal<{ readonly Method: string; readonly ResourceType: string }>({
    code: 'AccessForbidden',
    status: 403,
    message: 'CORSResponse: CORS is not enabled for this bucket.',
    fields: ({ Method, ResourceType }) => ({ Method, ResourceType }),
    meantByCode: true,
  }),
  CorsOriginMissing: refusal({
    code: 'BadRequest',
    status: 400,
    message: 'Insufficient information. Origin request header needed.',
  }),
  CorsMethodInvalid: refusal<{ readonly method: string }>({
    code: 'BadRequest',
    status: 400,
    message: ({ method }) => `Invalid Access-Control-Request-Method: ${method}`,
  }),
};
