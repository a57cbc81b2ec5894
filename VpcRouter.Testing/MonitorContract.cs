using VpcRouter.Plugins;
using VpcRouter.Testing.Contracts;

namespace VpcRouter.Testing;

/// <summary>Checks that a monitor keeps its contract with hosts.</summary>
public static class MonitorContract
{
    /// <summary>Runs the monitor several times, gives it lists of hosts, stops it at several moments, and tells every rule of <see cref="ContractRule"/> that it breaks.</summary>
    /// <param name="plugin">The monitor, with settings with which it is quick: hosts are probed and fail many times.</param>
    /// <param name="options">What the check can't know by itself, above all which hosts fail.</param>
    /// <exception cref="PluginContractException">It breaks rules; carries every breach found.</exception>
    /// <exception cref="PluginException">It can't be made.</exception>
    /// <exception cref="Settings.SettingsException">The settings given are wrong.</exception>
    public static Task CheckAsync(PluginHarness plugin, MonitorContractOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var given = options ?? new MonitorContractOptions();
        return ContractCheck.RunAsync(plugin, PluginKind.Monitor, given, (breaches, lifeCycle) => new MonitorCheck(plugin, given, breaches, lifeCycle));
    }
}
