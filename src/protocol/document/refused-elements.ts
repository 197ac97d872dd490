import { S3Error } from '../../refusals/s3-error';
import type { Element } from './elements';

/** An element that SDKs have and the document of a request may not have here. The journal has it as it was sent. */
export function malformedIfSent<T>(inner: Element<T>): Element<T> {
  return {
    ...inner,
    read(parent, name, report) {
      const value = inner.read(parent, name, report);
      if (value !== undefined) report(new S3Error('MalformedXML', {}, `<${parent.name}> may not have <${name}> here`));
      return value;
    },
  };
}
