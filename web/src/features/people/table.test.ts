import { expect, test } from 'vitest'

import { makePerson } from '@/test/factories'

import { isFiltered, peopleCsv, peopleSearch } from './table'

test('an address keeps only what it may say', () => {
  expect(
    peopleSearch({ q: 'sam', role: 'admin', orgRole: 'king', active: false, sort: '-lastLogin', page: 3 }),
  ).toEqual({ q: 'sam', role: 'admin', active: false, sort: '-lastLogin' })
  expect(peopleSearch({ q: 7, sort: 'password', active: 'yes', provider: 'ldap' })).toEqual({})
})

test('sorting alone is no filter', () => {
  expect([isFiltered({ sort: 'username' }), isFiltered({ active: false })]).toEqual([false, true])
})

test('a name in an export cannot become a formula', () => {
  const [head, line] = peopleCsv([makePerson({ fullName: '=cmd()', email: 'a@b.c' })]).split('\r\n')
  expect(head).toMatch(/^username,email,fullName/)
  expect(line).toMatch(/^sam,a@b\.c,'=cmd\(\),user,user,local,true,/)
})
