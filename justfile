# Every command a developer runs; `./dev NAME` runs one of them. What takes more than a line lives in tools/.
set positional-arguments

# List the commands
default:
    @just --list --unsorted

# Install what is missing, build the UI, and run everything on this machine
[positional-arguments]
up *args: web
    @python -m tools.machine up
    @exec streamspace up "$@"

# Check and test everything, as CI does; arguments go to pytest, and then only pytest runs
[positional-arguments]
test *args:
    @exec python -m tools.test "$@"

# Break things for long: `./dev faults --minutes 30`; further arguments go to pytest
[positional-arguments]
faults *args:
    @exec python -m tools.faults "$@"

# Lint, types, import rules, formatting and the web UI's checks
check: web-packages
    @exec python -m tools.check

# Format, and fix what ruff can
fmt:
    ruff check --fix-only --quiet .
    ruff format .

# Build the web UI if its sources changed
web:
    @python -m tools.web build

# Install the web UI's packages if they changed
web-packages:
    @python -m tools.web packages

# Check what this machine lacks
doctor *args:
    @streamspace doctor "$@"

# Bring the database that the settings name to the newest tables; with a message, write a new migration
migrate *message:
    @python -m streamspace.server.migrations "$@"

# Build the images of Docker sessions beforehand: the base, and those of templates (or `all`)
[positional-arguments]
images *templates:
    @exec python -m tools.images "$@"

# Write the API's description, and the web UI's types from it
openapi:
    python -m tools.openapi web/openapi.json
    cd web && npm run --silent generate

# Benchmarks: each prints a table and writes JSON to benchmarks/results
bench-api *args:
    @exec python -m benchmarks.api "$@"
bench-start *args:
    @exec python -m benchmarks.start "$@"
bench-streams *args:
    @exec python -m benchmarks.streams "$@"
