import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import type { PersonDetail } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { Grow, Row, Rows, Section } from '@/components/section'
import { may } from '@/lib/authorization'

/** Where somebody belongs, as far as who looks may know, and as what. */
export function PersonOrganizations({ person }: { person: PersonDetail }) {
  const { t } = useTranslation()
  const me = useMe()
  const { organizations } = person
  const canOpen = (id: string) =>
    may(me, 'organizations:all') || (may(me, 'organizations:view') && id === me.orgId)
  return (
    <Section title={t('nav.organizations')} flush={organizations.length > 0}>
      {organizations.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('people.inNoOrganization')}
        </Text>
      )}
      {organizations.length > 0 && (
        <Rows>
          {organizations.map((one) => (
            <Row key={one.id}>
              <Grow>
                {canOpen(one.id) ? (
                  <Anchor
                    fz="sm"
                    fw={500}
                    c="var(--mantine-color-text)"
                    display="block"
                    truncate
                    renderRoot={(props) => (
                      <Link to="/admin/organizations/$id" params={{ id: one.id }} {...props} />
                    )}
                  >
                    {one.displayName}
                  </Anchor>
                ) : (
                  <Text fz="sm" fw={500} truncate>
                    {one.displayName}
                  </Text>
                )}
                <Text fz="xs" c="dimmed" truncate>
                  {one.name}
                </Text>
              </Grow>
              <Text fz="sm" c="dimmed">
                {t(`orgRole.${one.orgRole}`)}
              </Text>
            </Row>
          ))}
        </Rows>
      )}
    </Section>
  )
}
