import { Button, Group, Modal, NumberInput, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { notifyDone } from '@/components/notify'
import { Problem } from '@/components/problem'
import { may } from '@/lib/authorization'
import { useLanguage } from '@/lib/format'

import { AGES, agesWith, formatAge } from '../ages'
import { applicationsQuery, machinesQuery, useChangePool, useCreatePool, type Pool } from '../api/pools'

const MOST = 100

interface Props {
  /** Missing: a new one. */
  pool?: Pool
  onClose: () => void
}

/** Has sessions of an application wait, or changes how many do. */
export function PoolDialog({ pool, onClose }: Props) {
  return pool ? <Change pool={pool} onClose={onClose} /> : <Create onClose={onClose} />
}

function Create({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const everywhere = may(me, 'pools:everywhere')
  const seesMachines = may(me, 'agents:view')
  const applications = useQuery(applicationsQuery())
  const machines = useQuery(machinesQuery(seesMachines))
  const create = useCreatePool()
  const [template, setTemplate] = useState<string | null>(null)
  const [size, setSize] = useState<number | string>(1)
  const [age, setAge] = useState('3600')
  const [who, setWho] = useState(everywhere ? 'everybody' : 'organization')
  const [machine, setMachine] = useState<string | null>(null)
  const [checked, setChecked] = useState(false)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setChecked(true)
    if (template === null || size === '') return
    create.mutate(
      {
        template,
        size: Number(size),
        maxAgeSeconds: Number(age),
        agentId: machine,
        orgId: who === 'organization' ? me.orgId : null,
      },
      {
        onSuccess: () => {
          notifyDone(t('pools.created'))
          onClose()
        },
      },
    )
  }
  return (
    <Modal opened onClose={onClose} title={t('pools.new')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Select
            label={t('pools.application')}
            placeholder={t('pools.choose')}
            data={(applications.data ?? []).map((one) => ({ value: one.name, label: one.displayName }))}
            searchable
            nothingFoundMessage={t('pools.noApplication')}
            error={checked && template === null && t('pools.choose')}
            value={template}
            onChange={setTemplate}
            data-autofocus
          />
          <Amounts size={size} onSize={setSize} age={age} onAge={setAge} ages={[...AGES]} />
          {everywhere && (
            <Stack gap={4}>
              <Text fz="sm" fw={500} id="pool-for">
                {t('pools.for')}
              </Text>
              <SegmentedControl
                aria-labelledby="pool-for"
                value={who}
                onChange={setWho}
                data={[
                  { value: 'everybody', label: t('pools.everybody') },
                  { value: 'organization', label: me.organization.displayName },
                ]}
              />
            </Stack>
          )}
          {seesMachines && (
            <Select
              label={t('pools.machine')}
              placeholder={t('pools.anyMachine')}
              data={machines.data ?? []}
              clearable
              value={machine}
              onChange={setMachine}
            />
          )}
          <Problem error={create.error} />
          <Foot saving={create.isPending} action={t('pools.create')} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}

function Change({ pool, onClose }: { pool: Pool; onClose: () => void }) {
  const { t } = useTranslation()
  const change = useChangePool(pool.id)
  const [size, setSize] = useState<number | string>(pool.size)
  const [age, setAge] = useState(String(pool.maxAgeSeconds))
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (size === '') return
    change.mutate(
      { size: Number(size), maxAgeSeconds: Number(age) },
      {
        onSuccess: () => {
          notifyDone(t('pools.changed'))
          onClose()
        },
      },
    )
  }
  return (
    <Modal opened onClose={onClose} title={t('pools.changeOf', { name: pool.template })}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Amounts
            size={size}
            onSize={setSize}
            age={age}
            onAge={setAge}
            ages={agesWith(pool.maxAgeSeconds)}
          />
          <Problem error={change.error} />
          <Foot saving={change.isPending} action={t('action.save')} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}

interface AmountsProps {
  size: number | string
  onSize: (size: number | string) => void
  age: string
  onAge: (age: string) => void
  ages: number[]
}

function Amounts({ size, onSize, age, onAge, ages }: AmountsProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <>
      <NumberInput
        label={t('pools.size')}
        description={t('pools.sizeText')}
        min={0}
        max={MOST}
        allowDecimal={false}
        allowNegative={false}
        value={size}
        onChange={onSize}
      />
      <Select
        label={t('pools.age')}
        description={t('pools.ageText')}
        data={ages.map((seconds) => ({ value: String(seconds), label: formatAge(seconds, language) }))}
        allowDeselect={false}
        value={age}
        onChange={(value) => value !== null && onAge(value)}
      />
    </>
  )
}

function Foot({ saving, action, onClose }: { saving: boolean; action: string; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onClose}>
        {t('action.cancel')}
      </Button>
      <Button type="submit" loading={saving}>
        {action}
      </Button>
    </Group>
  )
}
