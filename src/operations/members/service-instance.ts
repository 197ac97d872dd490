import { isSameInstance } from '../../model/identity/iam';
import { S3Error } from '../../refusals/s3-error';
import { header } from '../../shapes/places';
import { text } from '../../shapes/values';
import type { Context } from '../operation';

export const serviceInstanceMember = {
  IBMServiceInstanceId: header('ibm-service-instance-id', text, { dialect: 'ibm-cos' }),
};

/**
 * Throws if the request names another instance than the one that was declared for the account. A request with a token has to name the
 * instance, since a token is valid for all instances. A request that is signed with keys need not name it, since keys belong to one
 * instance (F166).
 */
export function checkServiceInstance({ store, request }: Context, named: string | undefined): void {
  const { serviceInstanceId: own } = store;
  if (own === undefined || !request.dialect.requests.hasServiceInstances) return;
  if (named === undefined) {
    const { identity } = request;
    if (identity instanceof S3Error || identity.scheme !== 'bearer') return;
    throw new S3Error('ServiceInstanceInvalid', {}, 'the request has a token and no ibm-service-instance-id');
  }
  if (!isSameInstance(named, own))
    throw new S3Error('ServiceInstanceInvalid', {}, `ibm-service-instance-id is ${named}; the account's is ${own}`);
}
