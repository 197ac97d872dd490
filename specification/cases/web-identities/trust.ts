import type { RecordedCall, RecordedCases } from '../../../src/facts/case';
import { request, tokenOf } from './tokens';

const provider = 'arn:aws:iam::000000000000:oidc-provider/oidc.example.com';
const role = 'arn:aws:iam::$(account):role/deployer';
const denied = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';

function stateOf(condition: object | undefined, principal: object = { Federated: provider }) {
  const Statement = [
    {
      Effect: 'Allow',
      Principal: principal,
      Action: 'sts:AssumeRoleWithWebIdentity',
      ...(condition && { Condition: condition }),
    },
  ];
  return {
    account: '000000000000',
    roles: { deployer: { trust: JSON.stringify({ Version: '2012-10-17', Statement }) } },
  };
}

const assume = (label: string, claims: object, refused?: string, code = '400 InvalidIdentityToken'): RecordedCall => [
  label,
  'sts:AssumeRoleWithWebIdentity',
  request(tokenOf(claims)),
  refused === undefined ? '200' : code,
  refused === undefined ? {} : { Error: { Message: refused } },
  { by: 'anonymous' },
];
const refusedBy = (label: string, claims: object = {}): RecordedCall =>
  assume(label, claims, denied, '403 AccessDenied');
const forRoles = (roles: unknown) => ({ 'https://aws.amazon.com/roles': roles });
const matching = forRoles(['arn:aws:iam::000000000000:role/deployer']);
const mismatching = forRoles(['arn:aws:iam::000000000000:role/another-role']);
const notForRole = 'The target role ARN is not present in the roles claim of the identity token';

export const rolesOfTokens: RecordedCases = {
  file: 'internal/services/sts/testdata/oidc/aws-roles.json',
  recorded: 'September 2026',
  cases: {
    'a token with a roles claim is accepted for these roles only': {
      fact: 'F1010',
      state: stateOf(undefined),
      calls: [
        assume('roles-bool', forRoles(true), 'The roles claim is not in a supported format'),
        assume('roles-object', forRoles({ role }), 'The roles claim is not in a supported format'),
        assume('roles-mixed-array', forRoles([123, 'arn:aws:iam::000000000000:role/deployer'])),
        assume(
          'roles-nested-array',
          forRoles([['arn:aws:iam::000000000000:role/deployer']]),
          'The roles claim contains no valid role ARNs',
        ),
      ],
    },
    'a trust policy can check whether the token names its role': {
      fact: 'F1010',
      state: stateOf({ Bool: { 'sts:RoleAuthorizedByIdp': 'false' } }),
      calls: [
        assume('roles-bool-false-absent', {}),
        refusedBy('roles-bool-false-matching', matching),
        assume('roles-bool-false-mismatch', mismatching, notForRole),
      ],
    },
  },
};

const trustedIf = (label: string, condition: object): RecordedCases['cases'] => ({
  [`a condition of a trust policy is met: ${label}`]: {
    fact: 'F1011',
    state: stateOf(condition),
    calls: [assume(label, {})],
  },
});
const notTrustedIf = (label: string, condition?: object, principal?: object): RecordedCases['cases'] => ({
  [`a condition of a trust policy is not met: ${label}`]: {
    fact: 'F1011',
    state: stateOf(condition, principal),
    calls: [refusedBy(label)],
  },
});
const equals = (key: string, value: string) => ({ StringEquals: { [key]: value } });

export const bearers: RecordedCases = {
  file: 'internal/services/sts/testdata/oidc/aws-trust.json',
  recorded: 'September 2026',
  cases: {
    ...trustedIf('principal-account-role', equals('aws:PrincipalAccount', '000000000000')),
    ...notTrustedIf('principal-account-anonymous', equals('aws:PrincipalAccount', 'anonymous')),
    ...trustedIf('principal-type-user', equals('aws:PrincipalType', 'User')),
    ...notTrustedIf('principal-type-federated-user', equals('aws:PrincipalType', 'FederatedUser')),
    ...notTrustedIf('principal-type-assumed-role', equals('aws:PrincipalType', 'AssumedRole')),
    ...trustedIf('userid-provider', equals('aws:userid', provider)),
    ...notTrustedIf('userid-subject', equals('aws:userid', 'subject-probe')),
    ...notTrustedIf('userid-provider-colon-subject', equals('aws:userid', `${provider}:subject-probe`)),
    ...trustedIf('principal-arn-absent', { Null: { 'aws:PrincipalArn': 'true' } }),
    ...notTrustedIf('principal-arn-provider', equals('aws:PrincipalArn', provider)),
    ...notTrustedIf('aws-wildcard-principal', undefined, { AWS: '*' }),
  },
};
