import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Vite loads its configuration by default export.
export default defineConfig({
  root: import.meta.dirname,
  base: '/graphiql/',
  plugins: [react()],
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One application that is loaded whole, by developers.
    chunkSizeWarningLimit: 2_000,
  },
});
