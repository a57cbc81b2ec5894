using VpcRouter.Plugins;

namespace VpcRouter.Testing.Contracts;

/// <summary>The whole check of a plugin. It goes on after a breach, as far as that makes sense.</summary>
internal static class ContractCheck
{
    /// <exception cref="PluginContractException">The plugin breaks rules.</exception>
    public static async Task RunAsync(PluginHarness plugin, PluginKind kind, ContractOptions options, Func<Breaches, LifeCycle, IPluginCheck> make)
    {
        plugin.Require(kind);
        var breaches = new Breaches();
        var settings = new SettingsRules(plugin, breaches);
        settings.CheckDeclarations();
        await settings.CheckBadAsync(options.BadSettings).ConfigureAwait(false);
        var lifeCycle = new LifeCycle(options, breaches);
        await lifeCycle.CheckUnusedAsync(plugin).ConfigureAwait(false);
        var check = make(breaches, lifeCycle);
        await lifeCycle.CheckStopAtStartAsync(check.Start).ConfigureAwait(false);
        await check.RunAsync().ConfigureAwait(false);
        breaches.ThrowIfAny(plugin.Descriptor.Name);
    }
}
