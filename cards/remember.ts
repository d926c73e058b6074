/** Keeps what was made for a key; beyond `most` keys it begins anew. */
export function remember<T>(most: number): (key: string, make: () => T) => T {
  const made = new Map<string, T>()
  return (key, make) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const fresh = make()
    if (made.size >= most) made.clear()
    made.set(key, fresh)
    return fresh
  }
}
