import { bundle, isBundled } from './bundle.mjs'

// The bundler is a process of its own: what takes longest to load is loaded beside it.
await Promise.all([isBundled() || bundle(), import('@microsoft/teams-ai/lib/Application.js'), import('botbuilder')])
// For what is loaded from here on: to read the maps of all the libraries would take a fifth of the start.
process.setSourceMapsEnabled(true)
await import('../dist/bot/index.js')
