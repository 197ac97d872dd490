import http from 'node:http';

/** The method of an agent that Node calls for each request, in the stack of the code that makes it. Its types leave it out. */
interface AgentPrototype {
  addRequest: (this: unknown, request: object, options: unknown, port: unknown, localAddress: unknown) => unknown;
}

/**
 * Calls a function with each request of node:http that code makes. Its bytes are often written later, when the connection is open, and the stack is then
 * Node's own. Call the returned function to end it.
 */
export function watchMadeRequests(listener: (request: object) => void): () => void {
  const prototype = http.Agent.prototype as unknown as AgentPrototype; // as described above
  const { addRequest } = prototype;
  const watched: AgentPrototype['addRequest'] = function (request, options, port, localAddress) {
    listener(request);
    return addRequest.call(this, request, options, port, localAddress);
  };
  prototype.addRequest = watched;
  return () => {
    // Somebody else may have replaced it in the meantime.
    if (prototype.addRequest === watched) prototype.addRequest = addRequest;
  };
}
