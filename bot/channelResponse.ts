import type { Response } from 'express'

/**
 * What botbuilder may answer the channel. It sends the text of whatever was thrown, and calls a token that somebody else
 * has signed a fault of the server: here a refusal is a refusal, and no error's text leaves the house.
 * `turn.begun` tells whether the sender was let in.
 */
export function channelResponse(res: Response, turn: { begun: boolean }) {
  let status = 200
  let body: unknown
  const answer = {
    socket: res.socket,
    header: (name: string, value: unknown) => res.header(name, String(value)),
    status(code: number) {
      status = code === 500 && !turn.begun ? 401 : code
      return answer
    },
    send(content: unknown) {
      body = content
      return answer
    },
    end() {
      const refused = REFUSED[status]
      if (refused !== undefined) res.status(status).json({ error: refused })
      else if (body === undefined) res.status(status).end()
      else res.status(status).send(body)
      return answer
    },
  }
  return answer
}

const REFUSED: Partial<Record<number, string>> = {
  400: 'This is not an activity that can be read.',
  401: 'This was not signed by the channel for this bot.',
  500: 'Something went wrong here.',
}
