// What is used of teams-ai. Its index also loads planners and tokenizers for language models: a fifth of the whole start.
export { Application } from '@microsoft/teams-ai/lib/Application.js'
export { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js'
