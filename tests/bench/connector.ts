import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What Teams is to a bot, and no more: takes every message at once, gives it an id, forgets it. `GET /` tells how many. */
let taken = 0
const server = createServer((req, res) => {
  req.resume().on('end', () => {
    if (req.method !== 'GET') taken += 1
    const body = req.method === 'GET' ? { taken } : { id: `m${taken}` }
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => console.log(`Teams listens on 127.0.0.1:${(server.address() as AddressInfo).port}`))
