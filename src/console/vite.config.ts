import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressFiles } from './compress-files.ts';

const root = import.meta.dirname;

export default defineConfig({
  root,
  plugins: [react(), compressFiles()],
  // The oldest browsers with `light-dark()`. For older ones it would be rewritten in a way that only a style sheet with a
  // fixed colour scheme can bear: then all its colours are gone.
  build: {
    outDir: path.resolve(root, '..', '..', 'dist', 'console'),
    emptyOutDir: true,
    // The first page is 430 kB before compression, 115 kB after it; 350 kB compressed are the limit.
    chunkSizeWarningLimit: 700,
    // Most of the build is compressing, as it should be: no news for whoever starts Assay for the first time.
    rolldownOptions: { checks: { bundlerTimings: false } },
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:8090' } },
});
