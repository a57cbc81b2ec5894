using VpcRouter.Plugins;
using VpcRouter.Settings;

namespace VpcRouter.Monitors.Multi;

/// <summary>Makes the monitors that <c>multi</c> is told to run, all or none.</summary>
internal static class SubMonitorFactory
{
    public static IReadOnlyList<PluginInstance> Create(MultiSettings settings, string ownName, IPluginFactory factory)
    {
        var names = MultiSettings.Split(settings.Plugins);
        if (Problem(names, ownName) is { } problem)
            throw new SettingsException([new SettingError(MultiSettings.PluginsName, settings.Plugins.Length == 0 ? null : settings.Plugins, problem)]);
        if (settings.Mode.Votes > names.Count)
            throw new SettingsException([new SettingError(MultiSettings.ModeName, settings.Mode.ToString(), $"asks for more votes than --{MultiSettings.PluginsName} names monitors; give 1 to {names.Count}, any or all")]);
        var made = new List<PluginInstance>();
        var errors = new List<SettingError>();
        try
        {
            foreach (var name in names)
            {
                try
                {
                    made.Add(factory.Create(PluginKind.Monitor, name));
                }
                catch (SettingsException e)
                {
                    errors.AddRange(e.Errors);
                }
            }

            if (errors.Count > 0)
                throw new SettingsException([.. errors.Distinct()]);
            return made;
        }
        catch
        {
            // A constructor can't await; what was made has not run yet, so there is nothing to wait for.
            foreach (var instance in made)
                Discard(instance);
            throw;
        }
    }

    private static void Discard(PluginInstance instance)
    {
        try
        {
            instance.Plugin.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (Exception)
        {
            // What the operator must read is why the plugins can't be made, not that one of them doesn't go quietly.
        }
    }

    private static string? Problem(IReadOnlyList<string> names, string ownName)
    {
        if (names is [""])
            return "is required; give monitor names separated by : or ,";
        if (names.Contains(""))
            return "holds an empty name; give monitor names separated by one : or ,";
        if (names.Contains(ownName, StringComparer.OrdinalIgnoreCase))
            return $"names {ownName} itself; give other monitors";
        var twice = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? null : $"names {twice.Key} twice; give each monitor once";
    }
}
