import { createSandbox } from './index.ts'

const port = Number(process.env['SANDBOX_PORT'] ?? 4100)
const sandbox = await createSandbox({ port })
console.log(`Sandbox tenant "Contoso" answers as Microsoft Graph on ${sandbox.url}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)))
}
