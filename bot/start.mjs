import { bundled } from './bundle.mjs'

// The bundler is a process of its own: what takes longest to load is loaded beside it.
await Promise.all([bundled, import('@microsoft/teams-ai'), import('botbuilder')])
await import('../dist/bot/index.js')
