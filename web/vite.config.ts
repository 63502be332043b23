import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Vite loads its configuration by default export.
export default defineConfig(({ mode }) => {
  const router = 'http://127.0.0.1:4000';
  return {
    root: import.meta.dirname,
    plugins: [react()],
    build: {
      target: 'es2023',
      outDir: 'dist',
      emptyOutDir: true,
      cssCodeSplit: false,
      // No data: addresses, so that the content security policy needs no exception.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: mode === 'development',
      // What is loaded first is two files, the page's and the libraries': cut into forty, by what later parts share with it, it compresses worse.
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              { name: 'libraries', tags: ['$initial'], test: /node_modules/ },
              { name: 'page', tags: ['$initial'] },
            ],
          },
        },
      },
    },
    server: { proxy: { '/graphql': { target: router, ws: true }, '/attachments': { target: router } } },
  };
});
