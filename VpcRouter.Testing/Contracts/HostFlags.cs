using System.Collections.Frozen;
using VpcRouter.Hosting;
using VpcRouter.Settings;

namespace VpcRouter.Testing.Contracts;

/// <summary>The flags that the command line keeps for itself.</summary>
internal static class HostFlags
{
    // The tool is no library, so its own can't be read from it; a test of this project keeps the two in line.
    private static readonly string[] OfTheTool =
    [
        "--account", "--address", "-a", "--allowed-hosts", "--config", "--health", "-H", "--help", "-h", "-?", "--insecure", "--json", "--logfile", "-l",
        "--mode", "-m", "--plugin-dir", "--port", "-p", "--route-quota", "--tag", "--tls-cert", "--tls-client-ca", "--tls-key", "--token", "--token-file",
        "--token-for-reads", "--verbose", "--version", "--wait",
    ];

    public static FrozenSet<string> All { get; } =
        SettingDescriptor.Of(typeof(VpcRouterOptions)).SelectMany(setting => setting.Flags).Concat(OfTheTool).ToFrozenSet();
}
