namespace VpcRouter.Plugins;

/// <summary>
/// Declares, on an assembly, a plugin in it. The plugin class implements <see cref="IWatcherPlugin"/> or <see cref="IMonitorPlugin"/>;
/// its constructor may ask for its settings object and for any service of the host (loggers, <see cref="TimeProvider"/>,
/// <see cref="RouteSpecs.RouteSpecReader"/>, <see cref="IPluginFactory"/>).
/// </summary>
/// <param name="name">The name to select it by; compared case-insensitively. With a dot in it (<c>Acme.Etcd</c>) unless the plugin comes with the program.</param>
/// <param name="description">One line on what it does.</param>
/// <param name="pluginType">The plugin class.</param>
/// <param name="apiVersion">
/// The version of the plugin contract that the plugin was built against. Leave it out: the compiler puts in what it builds against. A host
/// with another version refuses the plugin before anything of it runs.
/// </param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class VpcRouterPluginAttribute(string name, string description, Type pluginType, int apiVersion = PluginApi.Version) : Attribute
{
    /// <summary>The name to select it by.</summary>
    public string Name { get; } = name;

    /// <summary>One line on what it does.</summary>
    public string Description { get; } = description;

    /// <summary>The plugin class.</summary>
    public Type PluginType { get; } = pluginType;

    /// <summary>The version of the plugin contract that the plugin was built against.</summary>
    public int ApiVersion { get; } = apiVersion;

    /// <summary>The class whose properties carry <see cref="Settings.SettingAttribute"/>, or <see langword="null"/> for a plugin without settings.</summary>
    public Type? SettingsType { get; init; }
}
