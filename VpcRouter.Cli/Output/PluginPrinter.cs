using VpcRouter.Plugins;
using VpcRouter.Settings;

namespace VpcRouter.Cli.Output;

/// <summary>Prints the plugins that there are, and those that would be there if nothing were wrong with them.</summary>
internal static class PluginPrinter
{
    public static void Print(PluginCatalog catalog, IReadOnlyList<string> directories, bool json, TextWriter output)
    {
        // Each is loaded here, so that the catalog knows all that can be.
        var problems = catalog.External.Found.Select(plugin => (plugin, Problem: catalog.External.ProblemOf(plugin))).Where(found => found.Problem is not null).ToList();
        var usable = catalog.Plugins.Where(plugin => problems.TrueForAll(broken => broken.plugin.Folder.Location != plugin.Location)).ToList();
        if (json)
        {
            output.WriteLine(JsonText.Of(new
            {
                Directories = directories,
                Plugins = usable.Select(plugin => new { Kind = Word(plugin), plugin.Name, plugin.Version, Path = plugin.Location, plugin.Description, Settings = plugin.Settings.Select(Describe) }),
                Broken = problems.Select(broken => new { broken.plugin.Folder.Name, Path = broken.plugin.Folder.Location, broken.plugin.Manifest?.Version, broken.Problem }),
            }));
            return;
        }

        foreach (var plugin in usable)
        {
            output.WriteLine($"{Word(plugin)} {plugin.Name} ({(plugin.Location is { } location ? $"{plugin.Version}, {location}" : plugin.Version)}): {plugin.Description}");
            foreach (var setting in plugin.Settings)
                output.WriteLine($"    --{setting.Name,-24} {setting.Description}");
        }

        foreach (var (plugin, problem) in problems)
            output.WriteLine($"broken {plugin.Folder.Name} ({plugin.Folder.Location}): {problem}");
    }

    private static object Describe(SettingDescriptor setting) => new
    {
        setting.Name,
        setting.Description,
        setting.ValueName,
        setting.Secret,
        Default = setting is { Secret: true, Default: not null } ? "***" : Shown(setting.Default),
        setting.EnvironmentVariable,
    };

    private static object? Shown(object? value) => value switch
    {
        null or bool or int or double or string => value,
        TimeSpan duration => duration.TotalSeconds,
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static string Word(PluginDescriptor plugin) => plugin.Kind == PluginKind.Watcher ? "watcher" : "monitor";
}
