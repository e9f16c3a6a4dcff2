import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressFiles } from './compress-files.ts';

const root = import.meta.dirname;

export default defineConfig({
  root,
  plugins: [react(), compressFiles()],
  build: { outDir: path.resolve(root, '..', '..', 'dist', 'console'), emptyOutDir: true },
  server: { proxy: { '/v1': 'http://127.0.0.1:8090' } },
});
