import { S3Error } from '../../refusals/s3-error';
import { required, structure } from '../../shapes/elements';
import { metricsFilter } from '../../shapes/filters';
import { text } from '../../shapes/values';
import { checkFilled, configurationFamily } from './family';
import { checkFilter, readSelection } from './filters';

const item = structure({
  Id: required(text),
  Filter: metricsFilter,
});

/** The mock measures nothing (F380). */
export const metrics = configurationFamily('metrics', 'MetricsConfiguration', item, {
  whenIdInvalid: 'MalformedXML',
  whenIdsDiffer: 'MalformedXML',
  checkSchema({ Filter }) {
    checkFilter(Filter);
    const { written, tags } = readSelection({ Filter });
    const { AccessPointArn: arn } = written;
    checkFilled({ Prefix: Filter?.Prefix });
    for (const { Key } of tags) checkFilled({ Key });
    if (arn !== undefined && !/^arn:[\w-]+:s3:[\w-]+:\d{12}:accesspoint\/.+$/.test(arn))
      throw new S3Error('MalformedXML').quoting({ AccessPointArn: arn });
  },
});
