import { ActionIcon, Button, Group, Menu, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import {
  IconDeviceMobile,
  IconDots,
  IconFingerprint,
  IconInfoCircle,
  IconKey,
  IconPencil,
  IconPlus,
  IconShieldLock,
  IconTrash,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { passkeysSupported } from '@/api/passkeys'
import type { MfaMethod, MfaMethods } from '@/api/types'
import { notifyDone } from '@/components/notify'
import { Problem } from '@/components/problem'
import { Grow, None, Row, Rows, Section } from '@/components/section'
import { Badge } from '@/components/state-badge'
import { ErrorState } from '@/components/states'
import { TimeAgo } from '@/components/time-ago'

import { mfaQuery, useNewBackupCodes, useRemoveFactor, useRenameFactor } from '../api/mfa'
import { AddPasskey } from './add-passkey'
import { AddTotp } from './add-totp'
import { BackupCodes } from './backup-codes'
import { ProofField, useProof } from './proof'

type Dialog =
  | { kind: 'totp' | 'passkey' | 'newCodes' }
  | { kind: 'codes'; codes: readonly string[] }
  | { kind: 'rename' | 'remove'; method: MfaMethod }

/** The second factors: authenticator apps, passkeys, backup codes. */
export function FactorsSection() {
  const { t } = useTranslation()
  const query = useQuery(mfaQuery())
  const [dialog, setDialog] = useState<Dialog | null>(null)
  if (query.isPending) return <Skeleton h={230} radius="lg" />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const mfa = query.data
  return (
    <Section
      flush
      title={t('account.factors.title')}
      text={mfa.required ? t('account.factors.required') : t('account.factors.text')}
      actions={
        mfa.methods.length > 0 ? (
          <Badge tone="ok" text={t('account.factors.on')} />
        ) : (
          <Badge tone={mfa.required ? 'warn' : 'quiet'} text={t('account.factors.off')} />
        )
      }
    >
      <Methods mfa={mfa} onDialog={setDialog} />
      <AddButtons mfa={mfa} onDialog={setDialog} />
      <FactorDialog dialog={dialog} onDialog={setDialog} />
    </Section>
  )
}

function Methods({ mfa, onDialog }: { mfa: MfaMethods; onDialog: (dialog: Dialog) => void }) {
  const { t } = useTranslation()
  if (mfa.methods.length === 0) {
    return (
      <Stack gap={0} pt="md">
        <None>{t('account.factors.none')}</None>
      </Stack>
    )
  }
  return (
    <Rows>
      {mfa.methods.map((method) => (
        <Row key={method.id}>
          {method.type === 'totp' ? (
            <IconDeviceMobile size={20} stroke={1.6} aria-hidden />
          ) : (
            <IconFingerprint size={20} stroke={1.6} aria-hidden />
          )}
          <Grow>
            <Text fz="sm" fw={500} truncate title={method.name}>
              {method.name}
            </Text>
            <Text fz="xs" c="dimmed">
              {t(`account.factors.${method.type}`)} · {t('account.added')} <TimeAgo at={method.createdAt} />
              {method.lastUsedAt && (
                <>
                  {' · '}
                  {t('account.lastUsed')} <TimeAgo at={method.lastUsedAt} />
                </>
              )}
            </Text>
          </Grow>
          <Menu position="bottom-end" width={180}>
            <Menu.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t('account.actionsOf', { name: method.name })}
              >
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconPencil size={16} />}
                onClick={() => onDialog({ kind: 'rename', method })}
              >
                {t('account.rename')}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} />}
                onClick={() => onDialog({ kind: 'remove', method })}
              >
                {t('action.remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Row>
      ))}
      <Row>
        <IconKey size={20} stroke={1.6} aria-hidden />
        <Grow>
          <Text fz="sm" fw={500}>
            {t('account.codes.name')}
          </Text>
          <Text fz="xs" c={mfa.backupCodesLeft < 3 ? 'var(--ss-warn)' : 'dimmed'}>
            {t('account.codes.left', { count: mfa.backupCodesLeft })}
          </Text>
        </Grow>
        <Button size="xs" variant="default" onClick={() => onDialog({ kind: 'newCodes' })}>
          {t('account.codes.renew')}
        </Button>
      </Row>
    </Rows>
  )
}

function AddButtons({ mfa, onDialog }: { mfa: MfaMethods; onDialog: (dialog: Dialog) => void }) {
  const { t } = useTranslation()
  const canUsePasskeys = mfa.canUsePasskeys && passkeysSupported()
  return (
    <Stack gap="sm" px={18} py={14} style={{ borderTop: '1px solid var(--ss-border)' }}>
      <Group gap="xs">
        <Button
          size="xs"
          variant={mfa.methods.length === 0 ? 'filled' : 'default'}
          leftSection={<IconPlus size={15} />}
          onClick={() => onDialog({ kind: 'totp' })}
        >
          {t('account.totp.add')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFingerprint size={15} />}
          disabled={!canUsePasskeys}
          onClick={() => onDialog({ kind: 'passkey' })}
        >
          {t('account.passkey.add')}
        </Button>
      </Group>
      {!canUsePasskeys && (
        <Text fz="xs" c="dimmed">
          <IconInfoCircle size={14} style={{ verticalAlign: '-2px' }} aria-hidden />{' '}
          {t('account.passkey.unavailable')}
        </Text>
      )}
    </Stack>
  )
}

function FactorDialog({
  dialog,
  onDialog,
}: {
  dialog: Dialog | null
  onDialog: (dialog: Dialog | null) => void
}) {
  const { t } = useTranslation()
  const close = () => onDialog(null)
  const added = (codes: readonly string[]) => {
    notifyDone(t('account.factors.added'))
    onDialog(codes.length > 0 ? { kind: 'codes', codes } : null)
  }
  if (!dialog) return null
  const frame = (title: string, content: ReactNode, size = 'md') => (
    <Modal
      opened
      onClose={close}
      title={title}
      size={size}
      // Codes that are shown once do not go by a slip of the mouse.
      closeOnClickOutside={dialog.kind !== 'codes'}
      closeOnEscape={dialog.kind !== 'codes'}
      withCloseButton={dialog.kind !== 'codes'}
    >
      {content}
    </Modal>
  )
  switch (dialog.kind) {
    case 'totp':
      return frame(t('account.totp.add'), <AddTotp onAdded={added} onCancel={close} />, 'lg')
    case 'passkey':
      return frame(t('account.passkey.add'), <AddPasskey onAdded={added} onCancel={close} />)
    case 'newCodes':
      return frame(
        t('account.codes.renew'),
        <NewCodes onMade={(codes) => onDialog({ kind: 'codes', codes })} onCancel={close} />,
      )
    case 'codes':
      return frame(t('account.codes.name'), <BackupCodes codes={dialog.codes} onDone={close} />)
    case 'rename':
      return frame(t('account.rename'), <Rename method={dialog.method} onDone={close} />)
    case 'remove':
      return frame(
        t('account.factors.removeTitle', { name: dialog.method.name }),
        <Remove method={dialog.method} onDone={close} />,
      )
  }
}

function NewCodes({
  onMade,
  onCancel,
}: {
  onMade: (codes: readonly string[]) => void
  onCancel: () => void
}) {
  const { t } = useTranslation()
  const proof = useProof({ always: true })
  const renew = useNewBackupCodes()
  return (
    <Ask
      text={t('account.codes.renewText')}
      confirm={t('account.codes.renew')}
      icon={<IconShieldLock size={16} />}
      busy={renew.isPending}
      onCancel={onCancel}
      onConfirm={() =>
        renew.mutate(
          { password: proof.password },
          { onSuccess: (answer) => onMade(answer.backupCodes ?? []), onError: proof.heed },
        )
      }
    >
      <ProofField proof={proof} error={renew.error} />
    </Ask>
  )
}

function Remove({ method, onDone }: { method: MfaMethod; onDone: () => void }) {
  const { t } = useTranslation()
  const proof = useProof({ always: true })
  const remove = useRemoveFactor()
  return (
    <Ask
      text={t(`account.factors.removeText.${method.type}`)}
      confirm={t('action.remove')}
      danger
      busy={remove.isPending}
      onCancel={onDone}
      onConfirm={() =>
        remove.mutate({ id: method.id, password: proof.password }, { onSuccess: onDone, onError: proof.heed })
      }
    >
      <ProofField proof={proof} error={remove.error} />
    </Ask>
  )
}

function Rename({ method, onDone }: { method: MfaMethod; onDone: () => void }) {
  const { t } = useTranslation()
  const rename = useRenameFactor()
  const [name, setName] = useState(method.name)
  return (
    <Ask
      confirm={t('account.save')}
      busy={rename.isPending}
      onCancel={onDone}
      onConfirm={() => rename.mutate({ id: method.id, name: name.trim() }, { onSuccess: onDone })}
    >
      <Problem error={rename.error} />
      <TextInput
        label={t('account.factorName')}
        maxLength={100}
        required
        withAsterisk={false}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </Ask>
  )
}

function Ask({
  text,
  confirm,
  icon,
  danger = false,
  busy,
  onCancel,
  onConfirm,
  children,
}: {
  text?: string
  confirm: string
  icon?: ReactNode
  danger?: boolean
  busy: boolean
  onCancel: () => void
  onConfirm: () => void
  children: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <form
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        onConfirm()
      }}
    >
      <Stack gap="md">
        {text && (
          <Text fz="sm" c="dimmed">
            {text}
          </Text>
        )}
        {children}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" color={danger ? 'red.8' : undefined} leftSection={icon} loading={busy}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
