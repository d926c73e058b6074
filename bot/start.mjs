import './bundle.mjs'

await import('../dist/bot/index.js')
