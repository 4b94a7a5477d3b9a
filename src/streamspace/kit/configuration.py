"""Settings of a program: flags win over variables, variables over a YAML file, the file over defaults."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Self, cast

import yaml
from pydantic import BeforeValidator, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, YamlConfigSettingsSource

from streamspace.kit import durations


def _duration(value: object) -> object:
    """Take `90s` or `30m` as people write them; the rest is pydantic's business."""
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            return durations.parse(value)
    return value


Duration = Annotated[timedelta, BeforeValidator(_duration)]
"""A length of time, written `90s`, `30m`, `1h30m`."""


class BadSettings(Exception):  # noqa: N818 - reads as the fact it states
    """A setting is unknown or has a wrong value; the text names each one."""


class FileSettings(BaseSettings):
    """Settings that may also come from a YAML file. A name that does not exist is an error, not a surprise later."""

    model_config = SettingsConfigDict(env_nested_delimiter="__", extra="forbid", frozen=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, YamlConfigSettingsSource(settings_cls)

    @classmethod
    def load(cls, flags: dict[str, Any], config: Path | None = None) -> Self:
        """Read the settings from all sources.

        Raises:
            BadSettings: something is wrong with one of them; the text is for the person who starts the program.
        """
        reading = cls
        if config is not None:
            if not config.is_file():
                raise BadSettings(f"The settings file {config} does not exist.")
            named = SettingsConfigDict(**{**cls.model_config, "yaml_file": str(config)})
            reading = cast(
                "type[Self]", type(cls.__name__, (cls,), {"model_config": named, "__module__": cls.__module__})
            )
        try:
            return reading(**flags)
        except ValidationError as error:
            wrong = [f"{'.'.join(map(str, found['loc'])) or 'settings'}: {found['msg']}" for found in error.errors()]
            raise BadSettings(" ".join(wrong)) from None
        except (OSError, yaml.YAMLError, ValueError) as error:
            raise BadSettings(f"The settings cannot be read: {error}") from None
