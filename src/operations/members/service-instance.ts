import { isSameInstance } from '../../model/identity/iam';
import { S3Error } from '../../refusals/s3-error';
import { header } from '../../shapes/places';
import { text } from '../../shapes/values';
import type { Context } from '../operation';

export const serviceInstanceMember = {
  IBMServiceInstanceId: header('ibm-service-instance-id', text, { dialect: 'ibm-cos' }),
};

/** A token is valid for all instances, so a request with one names its instance; keys belong to one, and need not name it (F166). */
export function checkServiceInstance({ store, request }: Context, named: string | undefined): void {
  const { serviceInstanceId: own } = store;
  if (own === undefined || !request.dialect.requests.hasServiceInstances) return;
  if (named === undefined) {
    const { identity } = request;
    if (identity instanceof S3Error || identity.scheme !== 'bearer') return;
    throw new S3Error('ServiceInstanceInvalid', {}, 'the request has a token and no ibm-service-instance-id');
  }
  if (!isSameInstance(named, own))
    throw new S3Error(
      'ServiceInstanceInvalid',
      {},
      `ibm-service-instance-id is ${named}; the account's is ${own}, by the option serviceInstanceId`,
    );
}
