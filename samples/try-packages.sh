#!/usr/bin/env bash
# Tries the packages as a stranger would: packs a clean clone with an empty package cache, then, outside of it,
#   1. makes a console program that references them and fails a route over on the simulated VPC,
#   2. installs the tool and runs its demo,
#   3. makes a plugin from each template, tests it, installs it into the tool and finds it listed.
# What counts is what is committed. Leaves nothing behind unless KEEP=1.
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d -t vpcrouter-packages.XXXXXX)
[ "${KEEP:-}" = 1 ] || trap 'rm -rf "$work"' EXIT
export AWS_EC2_METADATA_DISABLED=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export NUGET_PACKAGES="$work/cache"
step() { echo; echo "== packages: $*"; }

step 'pack a clean clone'
git clone -q "file://$repository" "$work/clone"
dotnet pack -c Release "$work/clone/build/Packages.slnf" -p:CI=true
packages="$work/clone/artifacts/packages"
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$work/clone/Directory.Build.props")

# From here on only the packages are known. The machine's own sources are inherited.
mkdir "$work/outside"
cd "$work/outside"
cat > nuget.config <<CONFIG
<configuration>
  <packageSources>
    <add key="vpcrouter" value="$packages" />
  </packageSources>
</configuration>
CONFIG

step 'a program that fails a route over'
dotnet new console -o FailOver
dotnet add FailOver package VpcRouter.Core --version "$version"
dotnet add FailOver package VpcRouter.Simulator --version "$version"
cp "$repository/samples/FailOver/Program.cs" FailOver/Program.cs
dotnet run -c Release --project FailOver

step 'the tool'
dotnet tool install VpcRouter.Cli --version "$version" --tool-path tools
tools/vpcrouter --version
tools/vpcrouter demo --duration 10 --json | tee demo.json
grep -q '"completed":[1-9]' demo.json

step 'a plugin from each template'
dotnet new install "VpcRouter.Templates::$version" --debug:custom-hive "$work/hive"
for kind in watcher monitor; do
  name="Acme.My$kind"
  dotnet new "vpcrouter-$kind" -n "$name" --debug:custom-hive "$work/hive"
  dotnet test -c Release "$name/$name.slnx"
  dotnet pack -c Release "$name/$name"
  tools/vpcrouter plugins add "$name"/packages/"$name".*.nupkg --plugin-dir plugins
done
tools/vpcrouter plugins --plugin-dir plugins | tee listed.txt
grep -qi 'Acme.Mywatcher' listed.txt
grep -qi 'Acme.Mymonitor' listed.txt

step 'all fine'
