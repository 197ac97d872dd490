import { readUserPolicy, type UserPolicy } from '../access/user-policy';

/** The parts of AWS's own managed policies that are about S3, by name (F708). */
const actionsByName = {
  AmazonS3FullAccess: ['s3:*', 's3-object-lambda:*'],
  AmazonS3ReadOnlyAccess: ['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'],
  AdministratorAccess: ['*'],
  ReadOnlyAccess: ['s3:Get*', 's3:List*', 's3:DescribeJob'],
};

/** AWS's own managed policies by their ARNs in a partition. */
export function awsManagedPolicies(partition: string): readonly (readonly [arn: string, policy: UserPolicy])[] {
  return Object.entries(actionsByName).map(([name, Action]) => {
    const Statement = [{ Effect: 'Allow', Action, Resource: '*' }];
    const policy = readUserPolicy(JSON.stringify({ Version: '2012-10-17', Statement }), name);
    return [`arn:${partition}:iam::aws:policy/${name}`, policy];
  });
}
