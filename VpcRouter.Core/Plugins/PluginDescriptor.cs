using System.Reflection;
using VpcRouter.Plugins.Loading;
using VpcRouter.Settings;

namespace VpcRouter.Plugins;

/// <summary>A plugin that can be selected by name. Immutable and thread-safe.</summary>
public sealed class PluginDescriptor
{
    internal PluginDescriptor(VpcRouterPluginAttribute declaration, string version, string? location = null)
    {
        Name = declaration.Name;
        Version = version;
        Location = location;
        Description = declaration.Description;
        PluginType = declaration.PluginType;
        SettingsType = declaration.SettingsType;
        Kind = typeof(IWatcherPlugin).IsAssignableFrom(PluginType) ? PluginKind.Watcher
            : typeof(IMonitorPlugin).IsAssignableFrom(PluginType) ? PluginKind.Monitor
            : throw new PluginException($"Plugin {Label} names the class {PluginType}, which is neither {nameof(IWatcherPlugin)} nor {nameof(IMonitorPlugin)}.");
        Settings = SettingsType is null ? [] : SettingsOf(SettingsType);
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

    /// <summary>The full path of the folder that it was loaded from; <see langword="null"/> for one whose assembly the program brought along.</summary>
    public string? Location { get; }

    internal Type PluginType { get; }

    /// <summary>The name as messages have it.</summary>
    internal string Label => Location is null ? $"\"{Name}\"" : $"\"{Name}\" in {Location}";

    /// <summary>The plugins that an assembly of the program declares.</summary>
    internal static IEnumerable<PluginDescriptor> Of(Assembly assembly) =>
        assembly.GetCustomAttributes<VpcRouterPluginAttribute>().Select(declaration => new PluginDescriptor(declaration, declaration.Name.Contains('.', StringComparison.Ordinal) ? VersionOf(declaration.PluginType) : "built-in"));

    private static string VersionOf(Type type) =>
        VersionText.WithoutRevision(type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion) ?? "unknown";

    private IReadOnlyList<SettingDescriptor> SettingsOf(Type type)
    {
        try
        {
            var settings = SettingDescriptor.Of(type);
            return SettingsCheck.FindProblem(settings) is { } problem ? throw new PluginException($"Plugin {Label} declares its settings in {type}, {problem}.") : settings;
        }
        catch (Exception e) when (e is not PluginException)
        {
            throw new PluginException($"Plugin {Label} declares its settings in {type}, which can't be made with its defaults: {OneLine.Of(e)}", e);
        }
    }
}
