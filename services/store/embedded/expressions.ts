import { Context } from 'mingo/core'
import * as expression from 'mingo/operators/expression'
import { mongoLike } from './nullness.ts'

/** For a filter with `$expr`. */
export const withExpressions = Context.from(mongoLike, Context.init({ expression: { ...expression } }))
