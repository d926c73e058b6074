import type { Environment } from './config.ts'

const HOW: Partial<Record<keyof Environment, string>> = {
  BOT_ID: 'the application (client) id of the bot registration in Azure',
  BOT_PASSWORD: 'a client secret of the bot registration',
  BOT_TENANT_ID: 'the tenant of the bot registration',
  GRAPH_TENANT_ID: 'the tenant whose accounts are managed',
  GRAPH_CLIENT_ID: 'the application (client) id with the Graph permissions in the README',
  SECRET_KEY: '32 random bytes in base64, from: openssl rand -base64 32',
  POLICY_FILE: 'your copy of services/approvals/policy.default.yml with the object ids of your groups',
}

/** One line for each thing that production cannot do without. */
export function missingInProduction(read: Environment): string[] {
  const missing = Object.entries(HOW)
    .filter(([name]) => read[name as keyof Environment] === undefined)
    .map(([name, what]) => `${name} is missing. Set it to ${what}.`)
  if (!read.GRAPH_CLIENT_SECRET && !read.GRAPH_CLIENT_CERTIFICATE_PATH) {
    missing.push(
      'GRAPH_CLIENT_CERTIFICATE_PATH (or GRAPH_CLIENT_SECRET) is missing. Set it to a PEM file with certificate and key.',
    )
  }
  if (!read.MONGODB_URI && !read.DATA_DIR) {
    missing.push(
      'MONGODB_URI is missing. Set it to your MongoDB, or DATA_DIR to a lasting folder for a single process.',
    )
  }
  return missing
}

const OVER_TLS = {
  GRAPH_BASE_URL: 'a token is sent there',
  GRAPH_AUTHORITY: 'the credential is sent there',
  BOT_OPENID_METADATA: 'whoever answers for it could speak as anybody',
} as const

/** Half a set of credentials is a mistake everywhere, never a reason to go on without. */
export function incomplete(read: Environment): string[] {
  const together = (names: (keyof Environment)[]): string[] => {
    const set = names.filter((n) => read[n] !== undefined)
    const unset = names.filter((n) => read[n] === undefined)
    return set.length > 0 && unset.length > 0
      ? [`${unset.join(' and ')} must be set together with ${set.join(' and ')}.`]
      : []
  }
  const complaints = [
    ...together(['BOT_ID', 'BOT_PASSWORD', 'BOT_TENANT_ID']),
    ...together(['GRAPH_TENANT_ID', 'GRAPH_CLIENT_ID']),
  ]
  if (read.GRAPH_CLIENT_ID && !read.GRAPH_CLIENT_SECRET && !read.GRAPH_CLIENT_CERTIFICATE_PATH) {
    complaints.push(
      'GRAPH_CLIENT_ID needs GRAPH_CLIENT_CERTIFICATE_PATH or GRAPH_CLIENT_SECRET beside it. Set one of them.',
    )
  }
  if (read.GRAPH_BASE_URL && !read.GRAPH_CLIENT_ID && !isLoopback(read.GRAPH_BASE_URL)) {
    complaints.push(
      'GRAPH_BASE_URL is not on this machine, so GRAPH_TENANT_ID and GRAPH_CLIENT_ID with a credential are needed. Set them.',
    )
  }
  for (const [name, why] of Object.entries(OVER_TLS)) {
    const address = read[name as keyof typeof OVER_TLS]
    if (address?.startsWith('http:') && !isLoopback(address)) {
      complaints.push(`${name} must begin with https://, as ${why}. Correct it.`)
    }
  }
  if (!read.BOT_ID && read.HOST && !['127.0.0.1', 'localhost', '::1'].includes(read.HOST)) {
    complaints.push(
      'HOST opens the bot to the network, so BOT_ID, BOT_PASSWORD and BOT_TENANT_ID are needed. Set them, or leave HOST out.',
    )
  }
  if (read.SECRET_KEY && Buffer.from(read.SECRET_KEY, 'base64').length !== 32) {
    complaints.push('SECRET_KEY does not hold 32 bytes. Make one with: openssl rand -base64 32')
  }
  return complaints
}

const isLoopback = (address: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname)
