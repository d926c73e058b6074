const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** Is this an Entra object id, as opposed to a name somebody gave? */
export const isObjectId = (text: string): boolean => GUID.test(text)
