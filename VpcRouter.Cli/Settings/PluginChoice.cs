using VpcRouter.Monitors;
using VpcRouter.Plugins;
using VpcRouter.Settings;

namespace VpcRouter.Cli.Settings;

/// <summary>The plugins that a command line names, found before it is parsed: only then is it known which flags there are.</summary>
internal sealed class PluginChoice
{
    private PluginChoice(IReadOnlyList<PluginDescriptor> plugins) => Plugins = plugins;

    public IReadOnlyList<PluginDescriptor> Plugins { get; }

    /// <summary>Finds the plugins.</summary>
    /// <param name="catalog">The plugins that there are.</param>
    /// <param name="valueOf">Gives the raw value of a setting, wherever it was given.</param>
    /// <exception cref="UsageException">A plugin named isn't there.</exception>
    public static PluginChoice Find(PluginCatalog catalog, Func<SettingDescriptor, string?> valueOf)
    {
        var general = SettingDescriptor.Of(typeof(GeneralSettings)).ToDictionary(setting => setting.Name);
        var plugins = new List<PluginDescriptor>();
        if (valueOf(general["mode"]) is { } mode)
            plugins.Add(Get(catalog, PluginKind.Watcher, mode, "mode"));
        var monitor = Get(catalog, PluginKind.Monitor, valueOf(general["health"]) ?? new GeneralSettings().Health, "health");
        plugins.Add(monitor);
        // The sub-plugins of multi bring flags of their own.
        if (monitor.Settings.FirstOrDefault(setting => setting.Name == "multi-plugins") is { } names && valueOf(names) is { } list)
            plugins.AddRange(BuiltInMonitors.SubMonitorNames(list).Select(name => Get(catalog, PluginKind.Monitor, name, names.Name)).Distinct());
        return new PluginChoice(plugins);
    }

    // The catalogue knows what there is, but not which setting asked for it.
    private static PluginDescriptor Get(PluginCatalog catalog, PluginKind kind, string name, string setting)
    {
        try
        {
            return catalog.Get(kind, name);
        }
        catch (PluginException e)
        {
            throw new UsageException($"--{setting}: {e.Message}");
        }
    }
}
