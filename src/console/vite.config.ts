import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
  root,
  plugins: [react()],
  build: { outDir: path.resolve(root, '..', '..', 'dist', 'console'), emptyOutDir: true },
  server: { proxy: { '/v1': 'http://127.0.0.1:8090' } },
});
