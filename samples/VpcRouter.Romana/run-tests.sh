#!/bin/sh
# Builds the plugin against the packages in ../../artifacts/packages and runs its tests; arguments go to dotnet test.
set -eu
cd "$(dirname "$0")"
ls ../../artifacts/packages/VpcRouter.Cli.*.nupkg >/dev/null || { echo "first: dotnet pack -c Release ../../VpcRouter.sln" >&2; exit 2; }
rm -rf .packages/vpcrouter.* artifacts
dotnet pack -c Release src/VpcRouter.Romana
dotnet test -c Release VpcRouter.Romana.sln "$@"
