import { Group, NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import { CORES, GIBIBYTES, type Sizes } from '../sizes'

export function ResourceInputs({ sizes, onChange }: { sizes: Sizes; onChange: (sizes: Sizes) => void }) {
  const { t } = useTranslation()
  return (
    <Group grow align="flex-start">
      <NumberInput
        label={t('launch.cpu')}
        suffix={` ${t('launch.cores')}`}
        decimalScale={2}
        {...CORES}
        value={sizes.cores}
        onChange={(cores) => onChange({ ...sizes, cores: Number(cores) || CORES.min })}
      />
      <NumberInput
        label={t('launch.memory')}
        suffix=" GiB"
        decimalScale={3}
        {...GIBIBYTES}
        value={sizes.gibibytes}
        onChange={(gibibytes) => onChange({ ...sizes, gibibytes: Number(gibibytes) || GIBIBYTES.min })}
      />
    </Group>
  )
}
