import { S3Client } from '@aws-sdk/client-s3';

/**
 * A stand-in for the client of `ibm-cos-sdk-v2`: the commands of the AWS SDK v3, with a token of IAM in place of a signature.
 * @module
 */

interface IamCredentials {
  readonly apiKey: string;
  readonly serviceInstanceId: string;
}

async function fetchToken(apikey: string): Promise<string> {
  const form = { grant_type: 'urn:ibm:params:oauth:grant-type:apikey', response_type: 'cloud_iam', apikey };
  const answer = await fetch('https://iam.cloud.ibm.com/identity/token', {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string }; // IAM's document
  return token;
}

export function makeCosClientV2({ apiKey, serviceInstanceId }: IamCredentials): S3Client {
  let token: Promise<string> | undefined;
  return new S3Client({
    endpoint: 'https://s3.us-south.cloud-object-storage.appdomain.cloud',
    region: 'us-south',
    maxAttempts: 1,
    credentials: { accessKeyId: 'unused', secretAccessKey: 'unused' },
    signer: {
      async sign(request) {
        token ??= fetchToken(apiKey);
        const Authorization = `Bearer ${await token}`;
        return {
          ...request,
          headers: { ...request.headers, Authorization, 'ibm-service-instance-id': serviceInstanceId },
        };
      },
    },
  });
}
