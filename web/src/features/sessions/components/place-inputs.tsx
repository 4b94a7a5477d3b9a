import { Group, MultiSelect, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import type { Preview } from '../api/preview'
import { labelChoices, oneOfEach, type WantedPlace } from '../place'

interface Props {
  /** What there is; unknown until the first answer. */
  places: Preview['places'] | undefined
  value: WantedPlace
  onChange: (place: WantedPlace) => void
}

/** Where a session is to run. Nothing where machines have neither regions nor labels. */
export function PlaceInputs({ places, value, onChange }: Props) {
  const { t } = useTranslation()
  if (!places) return null
  const labels = labelChoices(places)
  return (
    <Group grow align="flex-start" preventGrowOverflow={false}>
      {places.regions.length > 0 && (
        <Select
          label={t('launch.region')}
          placeholder={t('launch.anywhere')}
          clearable
          data={places.regions}
          value={value.region}
          onChange={(region) => onChange({ ...value, region })}
        />
      )}
      {labels.length > 0 && (
        <MultiSelect
          label={t('launch.labels')}
          placeholder={value.labels.length === 0 ? t('launch.anyLabels') : undefined}
          searchable
          clearable
          hidePickedOptions
          nothingFoundMessage={t('palette.nothing')}
          data={labels}
          value={value.labels}
          onChange={(chosen) => onChange({ ...value, labels: oneOfEach(chosen) })}
        />
      )}
    </Group>
  )
}
