import { defineConfig } from 'prisma/config';

// These commands never run the schema engine, but Prisma's command line wants a file at its path and would download one.
const COMMANDS_WITHOUT_ENGINE = ['generate', 'validate', 'format', 'version'];
if (COMMANDS_WITHOUT_ENGINE.includes(process.argv[2] ?? ''))
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

/** Settings of Prisma's command line; the running service takes its database from `src/app/config.ts` instead. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost:5432/none' },
});
