import { describe, expect, it } from '@jest/globals';
import { readOtherHost } from '../../src/capture/guard';

describe('a host that no mock answers', () => {
  it.each`
    host                                             | kind
    ${'sts.amazonaws.com'}                           | ${'sts'}
    ${'sts.us-east-1.amazonaws.com'}                 | ${'sts'}
    ${'sts.amazonaws.com.cn'}                        | ${'aws-service'}
    ${'sts.eu.west.amazonaws.com'}                   | ${'aws-service'}
    ${'portal.sso.us-east-1.amazonaws.com'}          | ${'sign-in'}
    ${'oidc.us-east-1.amazonaws.com'}                | ${'sign-in'}
    ${'us-east-1.signin.aws.amazon.com'}             | ${'sign-in'}
    ${'dynamodb.eu-west-1.amazonaws.com'}            | ${'aws-service'}
    ${'kms.us-iso-east-1.c2s.ic.gov'}                | ${'aws-service'}
    ${'vault.execute-api.eu-west-1.amazonaws.com'}   | ${'aws-service'}
    ${'resource-controller.cloud.ibm.com'}           | ${'ibm-cloud-service'}
    ${'iam.cloud.ibm.com'}                           | ${'endpoint'}
    ${'s3.eu-west-1.amazonaws.com'}                  | ${'endpoint'}
    ${'ec2-1-2-3-4.eu-west-1.compute.amazonaws.com'} | ${'endpoint'}
    ${'minio-1234.elb.eu-west-1.amazonaws.com'}      | ${'endpoint'}
    ${'minio.us-south.containers.appdomain.cloud'}   | ${'endpoint'}
    ${'sts.minio.test'}                              | ${'endpoint'}
    ${'169.254.169.254'}                             | ${'metadata'}
    ${'169.254.170.2'}                               | ${'metadata'}
    ${'169.254.170.23'}                              | ${'metadata'}
    ${'fd00:ec2::254'}                               | ${'metadata'}
    ${'169.254.170.99'}                              | ${'endpoint'}
  `('is of the kind $kind: $host', ({ host, kind }) => {
    expect(readOtherHost(String(host), 443, () => false).kind).toBe(kind);
  });

  it.each`
    host                          | port    | buckets               | entry
    ${'minio.corp.example'}       | ${443}  | ${[]}                 | ${'minio.corp.example'}
    ${'vault.minio.corp.example'} | ${443}  | ${['vault']}          | ${'minio.corp.example'}
    ${'vault.minio.corp.example'} | ${80}   | ${['vault']}          | ${'minio.corp.example'}
    ${'vault.minio.corp.example'} | ${9000} | ${['vault']}          | ${'minio.corp.example:9000'}
    ${'vault.minio.corp.example'} | ${9000} | ${['other']}          | ${'vault.minio.corp.example:9000'}
    ${'my.vault.minio.test'}      | ${443}  | ${['my', 'my.vault']} | ${'minio.test'}
    ${'vault.localhost'}          | ${9000} | ${['vault']}          | ${'localhost:9000'}
    ${'vault'}                    | ${9000} | ${['vault']}          | ${'vault:9000'}
    ${'127.0.0.1'}                | ${9000} | ${['127']}            | ${'127.0.0.1:9000'}
    ${'::1'}                      | ${9000} | ${[]}                 | ${'[::1]:9000'}
  `('is named $entry in the option hosts: $host:$port with buckets $buckets', ({ host, port, buckets, entry }) => {
    const names = [buckets].flat();
    const isBucket = (name: string) => names.includes(name);
    expect(readOtherHost(String(host), Number(port), isBucket).entry).toBe(entry);
  });
});
