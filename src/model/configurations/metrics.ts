import { S3Error } from '../../refusals/s3-error';
import { list, required, structure } from '../../shapes/elements';
import { tag } from '../../shapes/lifecycle';
import { text } from '../../shapes/values';
import { checkFilled, configurationFamily } from './family';
import { checkFilter, makePredicates } from './filters';

const conditions = structure({ Prefix: text, Tags: list(tag, 'Tag'), AccessPointArn: text });

const item = structure({
  Id: required(text),
  Filter: structure({ Prefix: text, Tag: tag, AccessPointArn: text, And: conditions }),
});

/** The mock measures nothing (F380). */
export const metrics = configurationFamily('metrics', 'MetricsConfiguration', item, {
  whenIdInvalid: 'MalformedXML',
  whenIdsDiffer: 'MalformedXML',
  checkSchema({ Filter }) {
    checkFilter(Filter);
    const { Prefix, And, AccessPointArn: arn = And?.AccessPointArn } = Filter ?? {};
    checkFilled({ Prefix });
    for (const { Key } of makePredicates({ Filter }).tags) checkFilled({ Key });
    if (arn !== undefined && !/^arn:[\w-]+:s3:[\w-]+:\d{12}:accesspoint\/.+$/.test(arn))
      throw new S3Error('MalformedXML').quoting({ AccessPointArn: arn });
  },
});
