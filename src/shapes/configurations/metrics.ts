import { list, required, structure } from '../elements';
import { text } from '../values';
import { tag } from './filters';

const conditions = structure({ Prefix: text, Tags: list(tag, 'Tag'), AccessPointArn: text });

const configuration = structure({
  Id: required(text),
  Filter: structure({ Prefix: text, Tag: tag, AccessPointArn: text, And: conditions }),
});

/** The request metrics of its objects, each with an id. */
export const metrics = list(configuration, 'MetricsConfiguration', [0, 1000]);
