// Makes src/api/schema.d.ts from the server's OpenAPI document (web/openapi.json).
import { readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const document = readFileSync('openapi.json', 'utf8')
// A request may leave out what has a default.
writeFileSync('src/api/schema.d.ts', astToString(await openapiTS(document, { defaultNonNullable: false })))
