using System.Reflection;
using VpcRouter.Settings;

namespace VpcRouter.Plugins;

/// <summary>The plugins that can be selected, by kind and name; names compare case-insensitively. Immutable and thread-safe.</summary>
public sealed class PluginCatalog
{
    private readonly Dictionary<(PluginKind Kind, string Name), PluginDescriptor> _plugins = [];

    private PluginCatalog(IEnumerable<PluginDescriptor> plugins)
    {
        foreach (var plugin in plugins)
        {
            if (!_plugins.TryAdd(KeyOf(plugin.Kind, plugin.Name), plugin))
                throw new PluginException($"Two {Word(plugin.Kind)} plugins are named \"{plugin.Name}\": {_plugins[KeyOf(plugin.Kind, plugin.Name)].PluginType} and {plugin.PluginType}; remove one.");
        }
    }

    /// <summary>Every plugin, watchers first, by name.</summary>
    public IReadOnlyList<PluginDescriptor> Plugins => [.. _plugins.Values.OrderBy(plugin => plugin.Kind).ThenBy(plugin => plugin.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Makes a catalog of the plugins that assemblies declare with <see cref="VpcRouterPluginAttribute"/>.</summary>
    /// <exception cref="PluginException">Two plugins of a kind have one name, or a class is no plugin.</exception>
    public static PluginCatalog FromAssemblies(params IEnumerable<Assembly> assemblies) =>
        new(assemblies.Distinct()
            .SelectMany(assembly => assembly.GetCustomAttributes<VpcRouterPluginAttribute>())
            .Select(declaration => new PluginDescriptor(declaration, isBuiltIn: !declaration.Name.Contains('.', StringComparison.Ordinal))));

    /// <summary>Looks a plugin up.</summary>
    /// <exception cref="PluginException">There is none; the message lists those there are.</exception>
    public PluginDescriptor Get(PluginKind kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_plugins.TryGetValue(KeyOf(kind, name), out var plugin))
            return plugin;
        var known = string.Join(", ", Plugins.Where(candidate => candidate.Kind == kind).Select(candidate => candidate.Name));
        throw new PluginException($"There is no {Word(kind)} \"{name}\"; give one of: {known}.");
    }

    /// <summary>The settings of several plugins together. A setting that two inherit from one base class is one setting.</summary>
    /// <exception cref="PluginException">Two plugins declare different settings by one name.</exception>
    public static IReadOnlyList<SettingDescriptor> SettingsOf(IEnumerable<PluginDescriptor> plugins)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        var byName = new Dictionary<string, SettingDescriptor>();
        foreach (var plugin in plugins)
        {
            foreach (var setting in plugin.Settings)
            {
                if (!byName.TryAdd(setting.Name, setting) && !byName[setting.Name].IsSameDeclarationAs(setting))
                    throw new PluginException($"Plugin \"{plugin.Name}\" declares --{setting.Name}, which another plugin in use declares too; use one of them.");
            }
        }

        return [.. byName.Values];
    }

    private static (PluginKind Kind, string Name) KeyOf(PluginKind kind, string name) => (kind, name.ToUpperInvariant());

    private static string Word(PluginKind kind) => kind == PluginKind.Watcher ? "watcher" : "monitor";
}
