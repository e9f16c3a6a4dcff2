/**
 * The compiled twin of a source file of ours, for a worker thread.
 *
 * Node 20 cannot load TypeScript in a worker thread, even where the main thread can (vitest, tsx): from `src/**.ts`
 * the thread is started with `dist/**.js`, which the bootstrap builds before tests and starts. A URL that is compiled
 * already is given back unchanged.
 */
export function compiledTwin(moduleUrl: URL): URL {
  if (!moduleUrl.pathname.endsWith('.ts')) return moduleUrl;
  const sourceAt = moduleUrl.pathname.lastIndexOf('/src/');
  const compiled = new URL(moduleUrl);
  const inside = moduleUrl.pathname.slice(sourceAt + '/src/'.length).replace(/\.ts$/, '.js');
  compiled.pathname = `${moduleUrl.pathname.slice(0, sourceAt)}/dist/${inside}`;
  return compiled;
}
