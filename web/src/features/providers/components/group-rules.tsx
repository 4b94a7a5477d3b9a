import { ActionIcon, Button, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import { ORG_ROLES, ROLES } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { may } from '@/lib/authorization'

import type { GroupRule } from '../api/providers'
import classes from './providers.module.css'

interface Props {
  rules: GroupRule[]
  onChange: (rules: GroupRule[]) => void
  /** Whether a rule may give a role on the whole platform. */
  withRoles: boolean
}

/** Who is in the provider's group gets a group, or a role, here. */
export function GroupRules({ rules, onChange, withRoles }: Props) {
  const { t } = useTranslation()
  const mayGrant = may(useMe(), 'roles:grant')
  const put = (index: number, change: Partial<GroupRule>) =>
    onChange(rules.map((rule, at) => (at === index ? { ...rule, ...change } : rule)))
  return (
    <Stack gap="sm">
      {rules.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('providers.noRules')}
        </Text>
      )}
      {rules.map((rule, index) => (
        <div
          key={index}
          className={classes.rule}
          role="group"
          aria-label={t('providers.rule', { index: index + 1 })}
        >
          <TextInput
            label={t('providers.ruleClaim')}
            maxLength={200}
            value={rule.claim}
            onChange={(event) => put(index, { claim: event.currentTarget.value })}
          />
          <TextInput
            label={t('providers.ruleGroup')}
            maxLength={50}
            value={rule.groupName ?? ''}
            onChange={(event) => put(index, { groupName: event.currentTarget.value || null })}
          />
          <Select
            label={t('providers.ruleOrgRole')}
            placeholder={t('providers.ruleNothing')}
            clearable
            data={ORG_ROLES.map((value) => ({ value, label: t(`orgRole.${value}`) }))}
            value={rule.orgRole ?? null}
            onChange={(orgRole) => put(index, { orgRole })}
          />
          {withRoles && mayGrant ? (
            <Select
              label={t('providers.ruleRole')}
              placeholder={t('providers.ruleNothing')}
              clearable
              data={ROLES.filter((value) => value !== 'user').map((value) => ({
                value,
                label: t(`role.${value}`),
              }))}
              value={rule.role ?? null}
              onChange={(role) => put(index, { role })}
            />
          ) : (
            <span />
          )}
          <ActionIcon
            size="lg"
            variant="subtle"
            color="gray"
            aria-label={t('providers.removeRule', { index: index + 1 })}
            onClick={() => onChange(rules.filter((_, at) => at !== index))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => onChange([...rules, { claim: '' }])}
        >
          {t('providers.addRule')}
        </Button>
      </div>
    </Stack>
  )
}
