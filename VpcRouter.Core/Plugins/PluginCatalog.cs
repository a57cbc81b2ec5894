using System.Reflection;
using VpcRouter.Plugins.Loading;
using VpcRouter.Settings;

namespace VpcRouter.Plugins;

/// <summary>The plugins that can be selected, by kind and name; names compare case-insensitively. Thread-safe.</summary>
public sealed class PluginCatalog
{
    private readonly Dictionary<(PluginKind Kind, string Name), PluginDescriptor> _plugins = [];

    private readonly ExternalPlugins _external;

    private PluginCatalog(IEnumerable<PluginDescriptor> plugins, ExternalPlugins external)
    {
        _external = external;
        foreach (var plugin in plugins)
        {
            if (!_plugins.TryAdd(KeyOf(plugin.Kind, plugin.Name), plugin))
                throw new PluginException($"Two {Word(plugin.Kind)} plugins are named \"{plugin.Name}\": {_plugins[KeyOf(plugin.Kind, plugin.Name)].PluginType} and {plugin.PluginType}; remove one.");
        }
    }

    /// <summary>Every plugin of the assemblies, and those of the folders that were asked for already; watchers first, by name.</summary>
    public IReadOnlyList<PluginDescriptor> Plugins => [.. _plugins.Values.Concat(_external.LoadedSoFar).OrderBy(plugin => plugin.Kind).ThenBy(plugin => plugin.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Makes a catalog of the plugins that assemblies declare with <see cref="VpcRouterPluginAttribute"/>.</summary>
    /// <exception cref="PluginException">Two plugins of a kind have one name, or a class is no plugin.</exception>
    public static PluginCatalog FromAssemblies(params IEnumerable<Assembly> assemblies) =>
        new(assemblies.Distinct()
            .SelectMany(PluginDescriptor.Of), ExternalPlugins.None);

    /// <summary>
    /// Makes a catalog that also has the plugins installed in plugin directories: each folder in one holds a plugin with its dependencies,
    /// and is named like the plugin's assembly. Nothing is loaded before <see cref="Get"/> asks for it, and then nothing else than that.
    /// </summary>
    /// <param name="directories">The directories; one that doesn't exist holds nothing. They replace those given before.</param>
    public PluginCatalog WithDirectories(params IEnumerable<string> directories) => new(_plugins.Values, new ExternalPlugins([.. directories]));

    /// <summary>Looks a plugin up.</summary>
    /// <exception cref="PluginException">There is none, with the names of those there are; there are two; or it can't be loaded from its folder.</exception>
    public PluginDescriptor Get(PluginKind kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var external = _external.Load(name);
        if (_plugins.TryGetValue(KeyOf(kind, name), out var plugin))
            return external.Count == 0 ? plugin : throw new PluginException($"Plugin \"{name}\" is there twice: in this program and in {external[0].Location}; remove one.");
        if (external.FirstOrDefault(candidate => candidate.Kind == kind) is { } loaded)
            return loaded;
        if (external.Count > 0)
            throw new PluginException($"Plugin {external[0].Label} is a {Word(external[0].Kind)}, not a {Word(kind)}.");
        var known = string.Join(", ", Plugins.Where(candidate => candidate.Kind == kind).Select(candidate => candidate.Name));
        throw new PluginException(name.Contains('.', StringComparison.Ordinal) && _external.HasDirectories
            ? $"There is no {Word(kind)} \"{name}\": {_external.Describe(name)}."
            : $"There is no {Word(kind)} \"{name}\"; give one of: {known}.");
    }

    /// <summary>The settings of several plugins together. A setting that two inherit from one base class is one setting.</summary>
    /// <exception cref="PluginException">Two plugins declare different settings by one name.</exception>
    public static IReadOnlyList<SettingDescriptor> SettingsOf(IEnumerable<PluginDescriptor> plugins)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        var byFlag = new Dictionary<string, (SettingDescriptor Setting, PluginDescriptor Owner)>();
        var settings = new List<SettingDescriptor>();
        foreach (var (plugin, setting) in plugins.SelectMany(plugin => plugin.Settings.Select(setting => (plugin, setting))))
        {
            foreach (var flag in setting.Flags)
            {
                if (!byFlag.TryAdd(flag, (setting, plugin)) && !byFlag[flag].Setting.IsSameDeclarationAs(setting))
                    throw new PluginException($"Plugin {plugin.Label} declares {flag}, which plugin {byFlag[flag].Owner.Label} declares too; use one of them.");
            }

            if (byFlag["--" + setting.Name].Setting == setting)
                settings.Add(setting);
        }

        return settings;
    }

    /// <summary>What was found in the plugin directories, usable or not.</summary>
    internal ExternalPlugins External => _external;

    private static (PluginKind Kind, string Name) KeyOf(PluginKind kind, string name) => (kind, name.ToUpperInvariant());

    private static string Word(PluginKind kind) => kind == PluginKind.Watcher ? "watcher" : "monitor";
}
