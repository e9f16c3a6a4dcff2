/**
 * The compiled file of a module of ours that runs in a worker thread.
 *
 * Node 20 cannot load TypeScript in a worker thread, even where the main thread can (vitest, tsx): from `src/**.ts`
 * the thread is started with `dist/**.js`, which the bootstrap builds before tests and starts.
 *
 * @param name of the module, without extension
 * @param besideUrl `import.meta.url` of a module in the same folder
 */
export function compiledTwin(name: string, besideUrl: string): URL {
  const file = new URL(`./${name}.js`, besideUrl);
  if (besideUrl.endsWith('.js')) return file;
  const sourceAt = file.pathname.lastIndexOf('/src/');
  file.pathname = `${file.pathname.slice(0, sourceAt)}/dist/${file.pathname.slice(sourceAt + '/src/'.length)}`;
  return file;
}
