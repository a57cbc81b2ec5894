using System.Reflection;
using VpcRouter.Settings;

namespace VpcRouter.Plugins;

/// <summary>A plugin that can be selected by name. Immutable and thread-safe.</summary>
public sealed class PluginDescriptor
{
    internal PluginDescriptor(VpcRouterPluginAttribute declaration, bool isBuiltIn)
    {
        Name = declaration.Name;
        Description = declaration.Description;
        PluginType = declaration.PluginType;
        SettingsType = declaration.SettingsType;
        Kind = typeof(IWatcherPlugin).IsAssignableFrom(PluginType) ? PluginKind.Watcher
            : typeof(IMonitorPlugin).IsAssignableFrom(PluginType) ? PluginKind.Monitor
            : throw new PluginException($"Plugin \"{Name}\" names the class {PluginType}, which is neither {nameof(IWatcherPlugin)} nor {nameof(IMonitorPlugin)}.");
        Settings = SettingsType is null ? [] : SettingDescriptor.Of(SettingsType);
        Version = isBuiltIn ? "built-in" : PluginType.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
    }

    /// <summary>The name to select it by.</summary>
    public string Name { get; }

    /// <summary>Whether it is a watcher or a monitor.</summary>
    public PluginKind Kind { get; }

    /// <summary>One line on what it does.</summary>
    public string Description { get; }

    /// <summary><c>built-in</c>, or the version of the plugin's assembly.</summary>
    public string Version { get; }

    /// <summary>Its settings.</summary>
    public IReadOnlyList<SettingDescriptor> Settings { get; }

    /// <summary>The class that declares its settings, or <see langword="null"/>.</summary>
    public Type? SettingsType { get; }

    internal Type PluginType { get; }
}
