import { GraphFailure } from '../errors.ts'
import { contextOf, isJson, type Call, type GraphAnswer, type Json, type Route } from '../http.ts'
import { projectionOf } from '../query/project.ts'
import { findUser } from '../rules/find.ts'
import { hasMailbox } from '../rules/licensing.ts'
import { bodyOf, parametersOf } from './body.ts'

const bad = (code: string, message: string) => new GraphFailure(400, code, { message })

/** @throws GraphFailure 404 when the account has no mailbox */
function ownerOf({ tenant, args }: Call) {
  const user = findUser(tenant, args['id'] ?? '')
  // A shared mailbox lives on without a licence.
  if (hasMailbox(tenant, user) || user.mailbox['userPurpose'] === 'shared') return user
  throw new GraphFailure(404, 'MailboxNotEnabledForRESTAPI', {
    message: 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  })
}

const DEFAULTS: Json = {
  archiveFolder: null,
  userPurpose: 'user',
  timeZone: 'UTC',
  dateFormat: 'yyyy-MM-dd',
  timeFormat: 'HH:mm',
  delegateMeetingMessageDeliveryOptions: 'sendToDelegateOnly',
  language: { locale: 'en-US', displayName: 'English (United States)' },
  automaticRepliesSetting: {
    status: 'disabled',
    externalAudience: 'none',
    internalReplyMessage: '',
    externalReplyMessage: '',
  },
}

function settings(call: Call): GraphAnswer {
  const user = ownerOf(call)
  const all: Json = { ...DEFAULTS, ...user.mailbox }
  const { select } = projectionOf(call.request.query)
  const chosen = select === undefined ? all : Object.fromEntries(select.map((name) => [name, all[name] ?? null]))
  const context = contextOf(call.request, `users('${user.id}')/mailboxSettings`)
  return { status: 200, body: { '@odata.context': context, ...chosen } }
}

function changeSettings(call: Call): GraphAnswer {
  const user = ownerOf(call)
  for (const [name, value] of Object.entries(bodyOf(call))) {
    if (name.startsWith('@')) continue
    if (!(name in DEFAULTS) || name === 'userPurpose')
      throw bad('ErrorInvalidProperty', `The property '${name}' cannot be set.`)
    const before = user.mailbox[name] ?? DEFAULTS[name]
    user.mailbox[name] = isJson(before) && isJson(value) ? { ...before, ...value } : value
  }
  return settings(call)
}

function sendMail(call: Call): GraphAnswer {
  const user = ownerOf(call)
  const { message, savetosentitems } = parametersOf(call)
  if (!isJson(message)) throw bad('ErrorInvalidParameter', 'The parameter Message is missing.')
  const recipients = [message['toRecipients'], message['ccRecipients'], message['bccRecipients']].flat().filter(isJson)
  const addresses = recipients.map(({ emailAddress }) => (isJson(emailAddress) ? emailAddress['address'] : undefined))
  const valid = addresses.every((address) => typeof address === 'string' && /^[^@\s]+@[^@\s]+$/.test(address))
  if (addresses.length === 0 || !valid) {
    throw bad('ErrorInvalidRecipients', 'At least one recipient is not valid.')
  }
  call.tenant.mail.push({
    from: typeof user.props['userPrincipalName'] === 'string' ? user.props['userPrincipalName'] : '',
    message,
    saveToSentItems: savetosentitems !== false,
    at: new Date(call.tenant.now()).toISOString(),
  })
  return { status: 202 }
}

export const mailRoutes: readonly Route[] = [
  ['GET', '/users/{id}/mailboxSettings', settings],
  ['PATCH', '/users/{id}/mailboxSettings', changeSettings],
  ['POST', '/users/{id}/sendMail', sendMail],
]
