import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { PGlite } from '@electric-sql/pglite';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { PrismaPGlite } from 'pglite-prisma-adapter';

// Prisma's schema engine as WebAssembly: no binary, no download. A tool of development; the service never loads it.

/** The part of the WebAssembly interface that is used here; the types of Node 20 do not declare it. */
interface WebAssemblyInterface {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ readonly instance: { readonly exports: { __wbindgen_start(): void } } }>;
}

/** The SQL that leads from the schema of a live database to a schema file, or that there is nothing to do. */
export type SchemaDifference = { readonly kind: 'none' } | { readonly kind: 'sql'; readonly sql: string };

let loading: Promise<void> | undefined;

/** Once for each process: a second instance breaks the finalizers of the first. */
async function loadEngine(): Promise<void> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const file = await readFile(path.join(folder, 'schema_engine_bg.wasm'));
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyInterface };
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string): void => console.error(message),
    },
  });
  const { instance } = await WebAssembly.instantiate(file, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/** Opens the engine on a live database; what it can do beyond `diffSchema` is what `prisma migrate deploy` does. */
export async function openSchemaEngine(database: PGlite, schemaFile: string): Promise<glue.SchemaEngine> {
  await (loading ??= loadEngine());
  return glue.SchemaEngine.new(
    { datamodels: [[schemaFile, await readFile(schemaFile, 'utf8')]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(database)),
  );
}

/**
 * Compares a live database with a Prisma schema file.
 *
 * Indexes with expressions or conditions, CHECK constraints, triggers and views are not seen: they may stand in a
 * migration without being in the schema file.
 */
export async function diffSchema(database: PGlite, schemaFile: string): Promise<SchemaDifference> {
  const engine = await openSchemaEngine(database, schemaFile);
  const files = [{ path: schemaFile, content: await readFile(schemaFile, 'utf8') }];
  const { stdout, exitCode } = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: path.dirname(schemaFile) },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return exitCode === 0 ? { kind: 'none' } : { kind: 'sql', sql: stdout ?? '' };
}
