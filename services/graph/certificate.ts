import { X509Certificate } from 'node:crypto'

export interface ClientCertificate {
  thumbprintSha256: string
  privateKey: string
}

const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]+?-----END (?:[A-Z]+ )?PRIVATE KEY-----/
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/

/** Reads one PEM text with both a certificate and its private key, in any order. @throws Error that says what is missing */
export function certificateFrom(pem: string): ClientCertificate {
  const privateKey = PRIVATE_KEY.exec(pem)?.[0]
  const certificate = CERTIFICATE.exec(pem)?.[0]
  if (!privateKey || !certificate || privateKey.includes('ENCRYPTED')) {
    throw new Error(
      'The Graph client certificate must be a PEM file with the certificate and its unencrypted private key: ' +
        `${!certificate ? 'it has no certificate' : 'it has no such key'}. Put both into the one file and try again.`,
    )
  }
  const thumbprintSha256 = new X509Certificate(certificate).fingerprint256.replaceAll(':', '')
  return { thumbprintSha256, privateKey }
}
