import { md5Of } from './objects';
import { send, type WireCall } from './wire-client';

export const configuration = (...rules: readonly string[]) =>
  `<LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${rules.map((rule) => `<Rule>${rule}</Rule>`).join('')}</LifecycleConfiguration>`;

export const putLifecycle = (body: string, headers: WireCall['headers'] = {}, bucket = 'logs') =>
  send({ method: 'PUT', path: `/${bucket}?lifecycle`, body, headers: { 'Content-MD5': md5Of(body), ...headers } });

export const on = '<Status>Enabled</Status>';
export const everything = `<Filter/>${on}`;
export const filter = (content: string) => `<Filter>${content}</Filter>${on}`;
export const days = (count: number) => `<Expiration><Days>${count}</Days></Expiration>`;
export const noncurrent = (content: string) => `<NoncurrentVersionExpiration>${content}</NoncurrentVersionExpiration>`;
export const abort = (count: number) =>
  `<AbortIncompleteMultipartUpload><DaysAfterInitiation>${count}</DaysAfterInitiation></AbortIncompleteMultipartUpload>`;
export const transition = (when: string, storageClass: string) =>
  `<Transition>${when}<StorageClass>${storageClass}</StorageClass></Transition>`;
export const noncurrentTransition = (when: string, storageClass: string) =>
  `<NoncurrentVersionTransition>${when}<StorageClass>${storageClass}</StorageClass></NoncurrentVersionTransition>`;
export const tag = (key: string, value = '1') => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`;
