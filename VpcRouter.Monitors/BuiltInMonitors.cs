using System.Reflection;
using VpcRouter.Monitors.Multi;

namespace VpcRouter.Monitors;

/// <summary>Where a host finds the built-in monitors: icmpecho, tcp, http, ec2status, multi and always. Thread-safe.</summary>
public static class BuiltInMonitors
{
    /// <summary>The assembly to give to <see cref="Plugins.PluginCatalog.FromAssemblies"/>.</summary>
    public static Assembly Assembly => typeof(BuiltInMonitors).Assembly;

    /// <summary>The names in a value of <c>--multi-plugins</c>, for a host that must know the monitors before it can read their settings.</summary>
    /// <param name="multiPlugins">Names separated by <c>:</c> or <c>,</c>.</param>
    /// <returns>The names as given, empty ones left out; whether they can be used shows when the plugin is made.</returns>
    public static IReadOnlyList<string> SubMonitorNames(string multiPlugins)
    {
        ArgumentNullException.ThrowIfNull(multiPlugins);
        return [.. MultiSettings.Split(multiPlugins).Where(name => name.Length > 0)];
    }
}
