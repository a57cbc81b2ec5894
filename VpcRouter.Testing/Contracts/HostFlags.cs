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
        "address", "allowed-hosts", "config", "health", "help", "insecure", "json", "logfile", "mode", "plugin-dir", "port", "route-quota",
        "tls-cert", "tls-client-ca", "tls-key", "token", "token-file", "token-for-reads", "verbose", "version", "wait",
    ];

    private static readonly string[] LettersOfTheTool = ["?", "H", "a", "h", "l", "m", "p"];

    public static FrozenSet<string> Names { get; } =
        SettingDescriptor.Of(typeof(VpcRouterOptions)).Select(setting => setting.Name).Concat(OfTheTool).ToFrozenSet();

    public static FrozenSet<string> Letters { get; } =
        SettingDescriptor.Of(typeof(VpcRouterOptions)).Select(setting => setting.ShortName).OfType<string>().Concat(LettersOfTheTool).ToFrozenSet();
}
