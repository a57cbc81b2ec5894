using VpcRouter.Plugins;
using VpcRouter.Testing.Contracts;

namespace VpcRouter.Testing;

/// <summary>Checks that a watcher keeps its contract with hosts.</summary>
public static class WatcherContract
{
    /// <summary>Runs the watcher several times, stops it at several moments, and tells every rule of <see cref="ContractRule"/> that it breaks.</summary>
    /// <param name="plugin">The watcher, with settings with which it delivers a spec that stays the same meanwhile.</param>
    /// <param name="options">What the check can't know by itself.</param>
    /// <exception cref="PluginContractException">It breaks rules; carries every breach found.</exception>
    /// <exception cref="PluginException">It can't be made.</exception>
    /// <exception cref="Settings.SettingsException">The settings given are wrong.</exception>
    public static Task CheckAsync(PluginHarness plugin, WatcherContractOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var given = options ?? new WatcherContractOptions();
        return ContractCheck.RunAsync(plugin, PluginKind.Watcher, given, (breaches, lifeCycle) => new WatcherCheck(plugin, given, breaches, lifeCycle));
    }
}
