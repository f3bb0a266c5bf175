import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const server = process.env.GRIDLINE_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    // The console serves a strict content security policy, so nothing may be inlined as data: or script text.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rollupOptions: {
      output: {
        manualChunks(id) {
          if (id.includes('/node_modules/ol/')) return 'map-engine'
          if (id.includes('/node_modules/@vue/') || id.includes('/node_modules/vue')) return 'vue'
          return undefined
        },
      },
    },
  },
  server: { proxy: { '/api': server, '/health': server } },
})
