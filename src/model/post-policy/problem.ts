/** The problem of a policy that cannot be read, in S3's words. */
export class PolicyProblem extends Error {}
