import { DuplicateKey, StoreUnreachable } from './store.ts'

/** Errors that mean "no answer", by the driver's own names. @see https://mongodb.github.io/node-mongodb-native/7.0/ */
const unreachable = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongoTopologyClosedError',
  'MongoNotConnectedError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoClientClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoOperationTimeoutError',
  'MongoExpiredSessionError',
])

/** Server error codes that mean "not now": shutting down, or no longer the primary. @see mongo/src/mongo/base/error_codes.yml */
const notNow = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436])

/** Runs an operation and gives its failure the port's name. Messages hold no address: an address may hold a password. */
export async function translateErrors<R>(collection: string, operation: () => Promise<R>): Promise<R> {
  try {
    return await operation()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const code = 'code' in error ? error.code : undefined
    if (code === 11000) throw new DuplicateKey(collection, { cause: error })
    if (unreachable.has(error.name) || (typeof code === 'number' && notNow.has(code))) {
      throw new StoreUnreachable('MongoDB did not answer. Does it run, and may this machine reach it (MONGODB_URI)?', {
        cause: error,
      })
    }
    if (error.name === 'MongoParseError' || error.name === 'MongoAPIError' || code === 18 || code === 13) {
      throw new StoreUnreachable(refusals[String(code)] ?? 'MONGODB_URI is not a MongoDB connection string.')
    }
    throw error
  }
}

const refusals: Record<string, string> = {
  13: 'MongoDB does not allow this user (MONGODB_URI) to read and write the database. Give it the readWrite role.',
  18: 'MongoDB does not accept the user name or password in MONGODB_URI.',
}
