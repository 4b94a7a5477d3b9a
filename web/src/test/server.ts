import { setupServer } from 'msw/node'

/** Answers requests in tests; each test says what it expects. */
export const server = setupServer()
