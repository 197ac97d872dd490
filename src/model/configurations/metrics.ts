import { S3Error } from '../../refusals/s3-error';
import { checkFilled, configurationFamily } from './family';
import { checkFilter, tagsOf } from './filters';

/** The request metrics of a bucket. The mock measures nothing (F380). */
export const metrics = configurationFamily('metrics', {
  whenIdInvalid: 'MalformedXML',
  whenIdsDiffer: 'MalformedXML',
  checkSchema({ Filter }) {
    checkFilter(Filter);
    const { Prefix, And, AccessPointArn: arn = And?.AccessPointArn } = Filter ?? {};
    checkFilled({ Prefix });
    for (const { Key } of tagsOf(Filter)) checkFilled({ Key });
    if (arn !== undefined && !/^arn:[\w-]+:s3:[\w-]+:\d{12}:accesspoint\/.+$/.test(arn))
      throw new S3Error('MalformedXML').quoting({ AccessPointArn: arn });
  },
});
