import { connect } from 'node:tls';
import { expect, it } from '@jest/globals';
import { mockS3 } from '../../../../src/index';
import { makeSelfSigned } from '../../../support/self-signed';
import { event } from '../../scene';

// A port waits for two seconds for a connection on which no request came.
it('a port with a certificate closes idle connections with the port', async () => {
  const tls = makeSelfSigned('localhost');
  await using s3 = mockS3({ hosts: { only: [] } });
  const listener = await s3.listen({ tls, hostname: 'localhost' });
  const socket = connect({ host: 'localhost', port: listener.port, ca: tls.cert });
  await event(socket, 'secureConnect');
  let isClosed = false;
  socket.once('close', () => {
    isClosed = true;
  });
  const closed = event(socket, 'close');
  socket.resume();
  await listener.close();
  await closed;
  expect(isClosed).toBe(true);
});
