"""The JSON of the commands over HTTP: the same answers, under the addresses of the pages, with `/api/` before the name.

In: a desk and a query. Out: what `servanda NAME --format json` prints, byte for byte; or a problem (RFC 9457). One
operation for each command; what each takes and gives stands in an OpenAPI document that is made of the same values.
"""
