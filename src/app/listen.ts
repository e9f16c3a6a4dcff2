import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../domain/errors.ts';

interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** Environment variable that names the port. */
  readonly variable: string;
}

/**
 * Opens a server's port and answers with its address, such as `http://127.0.0.1:8090`.
 *
 * @throws AppError `config.invalid` when the port is taken or the address cannot be had; the server is closed then.
 */
export async function listen(server: FastifyInstance, options: ListenOptions): Promise<string> {
  const { host, port } = options;
  try {
    await server.listen({ host, port });
  } catch (cause) {
    await server.close();
    throw listenFault(cause, options);
  }
  const bound = server.server.address() as AddressInfo;
  return `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${bound.port}`;
}

function listenFault(cause: unknown, { host, port, variable }: ListenOptions): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') {
    const message = `Port ${port} on ${host} is taken by another program. Stop it, or choose another port: ${variable}=${port + 1}`;
    return new AppError('config.invalid', variable === 'ASSAY_PORT' ? `${message} npm start` : message, { cause });
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    const message = `Assay cannot listen on ${host}, port ${port} (${code}): set ASSAY_HOST and ${variable} to what this machine allows.`;
    return new AppError('config.invalid', message, { cause });
  }
  return cause;
}
