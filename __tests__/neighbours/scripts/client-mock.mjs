import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { mockClient } = require('aws-sdk-client-mock');
const { SendMessageCommand, SQSClient } = require('@aws-sdk/client-sqs');

let mock;

export default {
  start() {
    mock = mockClient(SQSClient);
    mock.on(SendMessageCommand).resolves({ MessageId: 'theirs' });
  },
  stop: () => mock.restore(),
  async ask() {
    const credentials = { accessKeyId: 'KEY', secretAccessKey: 'SECRET' };
    const client = new SQSClient({ region: 'us-east-1', credentials, maxAttempts: 1 });
    const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';
    return (await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'text' }))).MessageId;
  },
};
