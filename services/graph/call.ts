/** The last, optional argument of every call to Graph. */
export interface Call {
  /** A GUID; sent as `client-request-id`, kept over retries and pages, and found again in Microsoft's audit log. */
  clientRequestId?: string
}
