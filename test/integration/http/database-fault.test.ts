import { PrismaPg } from '@prisma/adapter-pg';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseFaultOf } from '../../../src/adapters/postgres/database-fault.ts';
import { PrismaClient } from '../../../src/adapters/postgres/generated/client.ts';

/** A port of this machine on which nothing listens any more. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

let prisma: PrismaClient;
beforeAll(async () => {
  const connectionString = `postgresql://nobody@127.0.0.1:${await deadPort()}/none`;
  prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString }) });
});
afterAll(() => prisma.$disconnect());

it.each([
  ['a query', () => prisma.seller.count()],
  ['a raw query', () => prisma.$queryRaw`SELECT 1`],
  ['a transaction', () => prisma.$transaction(async (tx) => tx.seller.count())],
])('a server that is away is told as such, whatever was asked: %s', async (_name, ask) => {
  const thrown: unknown = await ask().then(
    () => 'answered',
    (fault: unknown) => fault,
  );
  expect(databaseFaultOf(thrown)).toMatchObject({ code: 'database.unavailable', isRetryable: true, cause: thrown });
});

it('other faults are not the database being away', () => {
  expect(databaseFaultOf(new Error('P1001'))).toBeUndefined();
  expect(databaseFaultOf('P1001')).toBeUndefined();
});
